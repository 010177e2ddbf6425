// Files that belong to messages, in both directions: what a provider refers to, and what we have.

/// What sort of file a message carries.
package enum MediaKind: String, Sendable, CaseIterable {
  case image, video, audio, voice, document, sticker

  /// What a person calls it.
  package var word: String {
    switch self {
    case .image: "photo"
    case .video: "video"
    case .audio: "audio"
    case .voice: "voice note"
    case .document: "document"
    case .sticker: "sticker"
    }
  }
}

/// A message's file as the store knows it.
package struct Attachment: Equatable, Sendable {
  package enum State: String, Sendable, CaseIterable {
    /// To be fetched from the provider, now or once more later.
    case waiting
    /// Here, under `path`.
    case stored
    /// Ours, here, and at the provider too.
    case uploaded
    /// Could not be fetched or uploaded; a person may ask for another try.
    case failed
    /// Not wanted: too large, or of a type that we do not keep.
    case refused
  }

  package var id: AttachmentID
  package var kind: MediaKind
  package var state: State
  /// What its sender called it: shown, never used as a path.
  package var name: String?
  package var mime: String?
  package var bytes: Int64?
  /// Below the data directory's `media/`.
  package var path: String?
  /// Milliseconds that it plays; nil when unknown.
  package var duration: Int64?
  /// Why it is not here, in words; also the last try's while it waits for the next.
  package var problem: String?
  /// Bytes of ours that have gone up so far; nil for an upload that is quick, or has not begun.
  package var sentBytes: Int64?

  package init(
    id: AttachmentID,
    kind: MediaKind,
    state: State,
    name: String? = nil,
    mime: String? = nil,
    bytes: Int64? = nil,
    path: String? = nil,
    duration: Int64? = nil,
    problem: String? = nil,
    sentBytes: Int64? = nil
  ) {
    self.id = id
    self.kind = kind
    self.state = state
    self.name = name
    self.mime = mime
    self.bytes = bytes
    self.path = path
    self.duration = duration
    self.problem = problem
    self.sentBytes = sentBytes
  }
}

/// A file that a webhook refers to.
package struct InboundMedia: Equatable, Sendable {
  package var kind: MediaKind
  /// The provider's id, by which a fresh address can be asked for.
  package var providerID: String?
  /// Where it is for some minutes.
  package var url: String?
  package var mime: String?
  /// Lower-case hex, where the provider gives it.
  package var sha256: String?
  package var name: String?

  package init(
    kind: MediaKind,
    providerID: String? = nil,
    url: String? = nil,
    mime: String? = nil,
    sha256: String? = nil,
    name: String? = nil
  ) {
    self.kind = kind
    self.providerID = providerID
    self.url = url
    self.mime = mime
    self.sha256 = sha256
    self.name = name
  }
}

extension Message {
  /// What stands for it on one line: `[document] prices.pdf Our prices`, in both directions.
  ///
  /// Of a file of ours `text` is the caption alone, as the customer reads it.
  package var words: String {
    guard direction == .outbound, !text.hasPrefix("["),
      let file = MediaKind(rawValue: kind.rawValue), file != .sticker
    else { return text }
    let name = file == .document ? media.first?.name : nil
    return (["[" + file.word + "]", name ?? "", text]).filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
