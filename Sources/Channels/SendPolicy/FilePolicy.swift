// Which message a file becomes, by what is in it and how large it is. Pure; types and sizes of Meta's "Media"
// pages (WhatsApp) and Instagram's "Send messages", 2026.
import Model

package enum FilePlan: Equatable, Sendable {
  /// `note` says why it goes as something else than it looks like.
  case send(MessageKind, note: String?)
  case refused(rule: String, text: String)
}

extension SendPolicy {
  private static let megabyte: Int64 = 1 << 20
  /// A WhatsApp document; the largest that is taken at all.
  package static let documentBytes: Int64 = 100 * megabyte
  private static let captionCharacters = 1024

  private struct MediaRule {
    var kind: MessageKind
    var mimes: Set<String>
    var bytes: Int64
  }

  private static let whatsAppMedia = [
    MediaRule(kind: .image, mimes: ["image/jpeg", "image/png"], bytes: 5 * megabyte),
    MediaRule(kind: .video, mimes: ["video/mp4", "video/3gpp"], bytes: 16 * megabyte),
    MediaRule(
      kind: .audio,
      mimes: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
      bytes: 16 * megabyte
    ),
  ]

  /// What a file of this type and size can be sent as.
  ///
  /// What is too large or of another type for a picture, video or sound still goes as a document.
  package static func plan(mime: String, bytes: Int64, on channel: ChannelKind) -> FilePlan {
    guard bytes > 0 else { return .refused(rule: "file_empty", text: "The file is empty") }
    switch channel {
    case .whatsapp: return whatsAppPlan(mime: mime, bytes: bytes)
    case .instagram, .messenger:
      return .refused(rule: "file_local", text: needsAddress(channel))
    case .leadAds, .email, .sms:
      return .refused(rule: "file_channel", text: "\(channel.title) takes no files")
    }
  }

  private static func whatsAppPlan(mime: String, bytes: Int64) -> FilePlan {
    let rule = whatsAppMedia.first { $0.mimes.contains(mime) }
    if let rule, bytes <= rule.bytes { return .send(rule.kind, note: nil) }
    guard bytes <= documentBytes else {
      return .refused(
        rule: "file_size",
        text: "\(inMegabytes(bytes)), WhatsApp takes \(inMegabytes(documentBytes)): make it smaller"
      )
    }
    if let rule {
      let most = "WhatsApp takes \(rule.kind.rawValue)s of \(inMegabytes(rule.bytes))"
      return .send(.document, note: "goes as a document: \(most)")
    }
    let isMedia = ["image/", "video/", "audio/"].contains { mime.hasPrefix($0) }
    return .send(.document, note: isMedia ? "goes as a document: WhatsApp shows no \(mime)" : nil)
  }

  static func needsAddress(_ channel: ChannelKind) -> String {
    "\(channel.title) fetches files from a public address: attach an https:// link instead"
  }

  /// Sound and stickers have no caption; others have a limit.
  static func captionVerdict(_ kind: MessageKind, _ caption: String) -> SendVerdict {
    guard !caption.isEmpty else { return .open(until: nil) }
    if kind == .audio || kind == .sticker {
      return .closed(rule: "caption", text: "\(kind.rawValue) takes no words: send them apart")
    }
    let count = caption.unicodeScalars.count
    guard count > captionCharacters else { return .open(until: nil) }
    return .closed(
      rule: "too_long",
      text: "\(count) characters, a caption may have \(captionCharacters): send the words apart"
    )
  }

  private static func inMegabytes(_ bytes: Int64) -> String {
    let tenths = (bytes * 10 + megabyte - 1) / megabyte
    return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
  }
}
