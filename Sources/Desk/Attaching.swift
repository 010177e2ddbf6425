// Files to send: copied into the data directory first, so that what is sent is what was chosen.
import Channels
import Model
import Store

extension FrontDesk {
  /// A message with the file at `path`, as the lead's channel takes it, and a remark on how it goes.
  ///
  /// Throws `Refusal` when there is no such file, or the channel won't have it.
  package func attach(
    _ path: String,
    caption: String,
    to lead: LeadID,
    seat: Seat
  ) throws -> (message: OutboundMessage, note: String?) {
    try attach(path, caption: caption, on: require(lead, for: seat).channelKind)
  }

  func attach(
    _ path: String,
    caption: String,
    on channel: ChannelKind
  ) throws -> (message: OutboundMessage, note: String?) {
    let source = path.trimmed
    if source.isWebAddress {
      return (OutboundMessage(.link(Self.kind(ofLink: source), url: source), text: caption), nil)
    }
    let file = try LocalFile(source)
    // Its size decides before anything is copied.
    if case .refused(let rule, let text) = SendPolicy.plan(
      mime: "application/octet-stream",
      bytes: file.bytes,
      on: channel
    ) {
      throw Refusal(rule: rule, text: "\(file.name): \(text)")
    }
    let stored: StoredFile
    do {
      stored = try media.keep(copyOf: file.path, declared: file.declaredType)
    } catch { throw Refusal(rule: "file", text: "\(file.name) can't be copied: \(error)") }
    switch SendPolicy.plan(mime: stored.type.mime, bytes: stored.bytes, on: channel) {
    case .refused(let rule, let text): throw Refusal(rule: rule, text: "\(file.name): \(text)")
    case .send(let kind, let note):
      let attached = OutboundFile(
        kind: kind,
        path: stored.path,
        mime: stored.type.mime,
        name: file.name,
        bytes: stored.bytes,
        sha256: stored.sha256
      )
      return (OutboundMessage(.file(kind), text: caption, file: attached), note)
    }
  }

  private var media: MediaFolder { MediaFolder(path: store.directory + "/media") }

  /// What an address looks like by its end; a document when it tells nothing.
  private static func kind(ofLink url: String) -> MessageKind {
    let path = url.split(whereSeparator: { $0 == "?" || $0 == "#" }).first ?? ""
    switch path.split(separator: ".").last?.lowercased() {
    case "jpg", "jpeg", "png": return .image
    case "mp4", "mov", "3gp", "webm", "avi", "ogv": return .video
    case "aac", "m4a", "mp3", "ogg", "wav", "amr": return .audio
    default: return .document
    }
  }
}
