// The files that a webhook refers to. Only references: the worker fetches them, whenever it can.
import Model

extension [InboundMedia] {
  /// A WhatsApp message has at most one file, under its type's name.
  static func whatsApp(_ message: JSONValue) -> Self {
    let type = message["type"].text ?? ""
    let body = message[type]
    let kind: MediaKind
    switch type {
    case "image": kind = .image
    case "video": kind = .video
    case "audio": kind = body["voice"].bool == true ? .voice : .audio
    case "voice": kind = .voice
    case "document": kind = .document
    case "sticker": kind = .sticker
    default: return []
    }
    let media = InboundMedia(
      kind: kind,
      providerID: body["id"].text,
      url: body["url"].text?.webAddress,
      mime: body["mime_type"].text?.mediaType,
      sha256: body["sha256"].text?.digest,
      name: body["filename"].text?.fileName
    )
    return media.providerID == nil && media.url == nil ? [] : [media]
  }

  /// Instagram and Messenger give an address for each file.
  ///
  /// Shares and stories are left where they are: a story may be shown and not kept.
  static func messaging(_ message: JSONValue) -> Self {
    message["attachments"].array.prefix(30).compactMap { item in
      let payload = item["payload"]
      guard let url = payload["url"].text?.webAddress else { return nil }
      switch item["type"].text {
      case "image":
        return InboundMedia(
          kind: payload["sticker_id"].text == nil ? .image : .sticker,
          url: url
        )
      case "video": return InboundMedia(kind: .video, url: url)
      case "audio": return InboundMedia(kind: .audio, url: url)
      case "file":
        let title = payload["title"].text ?? item["title"].text
        return InboundMedia(kind: .document, url: url, name: title?.fileName)
      default: return nil
      }
    }
  }
}

extension String {
  /// An address that can be fetched; nil for anything else.
  fileprivate var webAddress: String? {
    let isWeb = hasPrefix("https://") || hasPrefix("http://")
    return isWeb && utf8.count <= 4096 && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? self : nil
  }

  /// `type/subtype` without parameters.
  fileprivate var mediaType: String? {
    let bare = lowercased().prefix { $0 != ";" && $0 != " " }
    let isPlain = bare.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    return isPlain && bare.contains("/") && bare.utf8.count <= 100 ? String(bare) : nil
  }

  fileprivate var fileName: String? { singleLine(limit: 200).nonBlank }

  /// A SHA-256 as lower-case hex, from base64 (webhooks) or hex (the media answer); nil for others.
  var digest: String? {
    let hex = lowercased()
    if hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57) ~= $0 || (97...102) ~= $0 }) {
      return hex
    }
    guard let bytes = base64, bytes.count == 32 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  /// The bytes of base64 text; nil when it is none.
  private var base64: [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for character in utf8 where character != UInt8(ascii: "=") {
      guard let value = character.base64Value else { return nil }
      bits = (bits << 6) | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8((bits >> count) & 0xFF))
    }
    return bytes
  }
}

extension UInt8 {
  /// What a character of base64 stands for.
  fileprivate var base64Value: UInt32? {
    switch self {
    case 65...90: UInt32(self) - 65
    case 97...122: UInt32(self) - 71
    case 48...57: UInt32(self) + 4
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
