// The photo and the voice note that customers send: tiny, but a viewer can open them.
import Foundation

extension MediaShelf.Item {
  /// A gradient, 48 by 32.
  static let photo = Self(mime: "image/jpeg", bytes: decoded(jpeg))
  /// A second of silence, Opus in Ogg.
  static let voiceNote = Self(mime: "audio/ogg", bytes: decoded(ogg))

  private static func decoded(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map { Array($0) } ?? []
  }

  private static let jpeg = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVt \
    VkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8 \
    fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAgADADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA \
    AAT/xAAVEAEBAAAAAAAAAAAAAAAAAAAAE//EABYBAQEBAAAAAAAAAAAAAAAAAAACBP/EABURAQEAAAAAAAAAAAAA \
    AAAAAAAS/9oADAMBAAIRAxEAPwCGRJZIku0QjkSWSJFkI5ElkiRZCyRJZIkyW1QjkSWSJFkI5ElkiRZD/9k=
    """
  private static let ogg = """
    T2dnUwACAAAAAAAAAAA0EgAAAAAAAJC1h3EBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAADQSAAAB \
    AAAA85/ybgETT3B1c1RhZ3MDAAAAc2ltAAAAAE9nZ1MABIC7AAAAAAAANBIAAAIAAACb5qWQMgMDAwMDAwMDAwMD \
    AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD+P/++P/++P/++P/++P/++P/++P/++P/++P/+ \
    +P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/+ \
    +P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/+
    """
}
