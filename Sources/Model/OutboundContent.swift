// What a message of ours is beside its words. Composed by Desk, kept as JSON in `message.content`, turned
// into a provider's request by Channels, drawn by the screens.

/// The kind of an outbound message with everything that kind needs.
///
/// The words a person reads (text, caption, body, a template's text) are the message's own text, files are
/// its attachments, and the quoted message (for a reaction: its target) is its `replyTo`.
package enum OutboundContent: Equatable, Sendable {
  case text
  /// The message's first attachment.
  case file(MessageKind)
  /// A picture, video, sound or document that the provider fetches from a public address.
  case link(MessageKind, url: String)
  case place(Place)
  /// No emoji takes the reaction back.
  case reaction(emoji: String?)
  case choices(Choices)
  case template(TemplateMessage)

  /// What the thread calls it.
  package var kind: MessageKind {
    switch self {
    case .text: .text
    case .file(let kind), .link(let kind, _): kind
    case .place: .location
    case .reaction: .reaction
    case .choices: .interactive
    case .template: .template
    }
  }
}

extension MessageKind {
  /// Its words stand in the composer before they are sent, and come back there.
  ///
  /// A reaction, a place or a template is made beside it and leaves the draft alone.
  package var takesDraft: Bool {
    switch self {
    case .reaction, .location, .contacts, .template, .sticker: false
    default: true
    }
  }
}

/// A point on the map.
package struct Place: Equatable, Sendable {
  package var latitude: Double
  package var longitude: Double
  package var name: String?
  package var address: String?

  package init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil) {
    self.latitude = latitude
    self.longitude = longitude
    self.name = name
    self.address = address
  }
}

/// Answers that the customer picks from; the question is the message's text.
package struct Choices: Equatable, Sendable {
  package enum Style: String, Sendable, CaseIterable {
    /// WhatsApp's reply buttons, at most three.
    case buttons
    /// WhatsApp's list, opened by a button, at most ten rows.
    case list
    /// Instagram's and Messenger's suggestions above the keyboard, at most thirteen.
    case quickReplies = "quick_replies"
  }

  package struct Row: Equatable, Sendable {
    /// Comes back in the answer.
    package var id: String
    package var title: String
    package var detail: String?

    package init(id: String, title: String, detail: String? = nil) {
      self.id = id
      self.title = title
      self.detail = detail
    }
  }

  package var style: Style
  package var rows: [Row]
  /// The words on the button that opens a list.
  package var opener: String?

  package init(style: Style, rows: [Row], opener: String? = nil) {
    self.style = style
    self.rows = rows
    self.opener = opener
  }
}

/// A WhatsApp template with what fills its gaps; its text as the customer reads it is the message's.
package struct TemplateMessage: Equatable, Sendable {
  /// A value for one gap; `name` only in templates whose gaps are named.
  package struct Parameter: Equatable, Sendable {
    package var name: String?
    package var text: String

    package init(name: String? = nil, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A button that takes something: the end of its address, a code, a payload.
  package struct Button: Equatable, Sendable {
    /// From 0, in the template's order.
    package var index: Int
    /// `url`, `quick_reply` or `copy_code`.
    package var kind: String
    package var text: String

    package init(index: Int, kind: String, text: String) {
      self.index = index
      self.kind = kind
      self.text = text
    }
  }

  package var name: String
  package var language: String
  package var header: [Parameter]
  /// A public address for a picture, video or document in the header; an attachment serves as well.
  package var headerMedia: MessageKind?
  package var headerURL: String?
  package var body: [Parameter]
  package var buttons: [Button]

  package init(
    name: String,
    language: String,
    header: [Parameter] = [],
    headerMedia: MessageKind? = nil,
    headerURL: String? = nil,
    body: [Parameter] = [],
    buttons: [Button] = []
  ) {
    self.name = name
    self.language = language
    self.header = header
    self.headerMedia = headerMedia
    self.headerURL = headerURL
    self.body = body
    self.buttons = buttons
  }
}

/// A file that goes with a message, stored under the data directory's `media/`.
package struct OutboundFile: Equatable, Sendable {
  /// The attachment's row; 0 before it has one.
  package var id: Int64
  package var kind: MessageKind
  /// Relative to `media/`.
  package var path: String
  package var mime: String
  /// What the customer sees a document called.
  package var name: String
  package var bytes: Int64
  package var sha256: String
  /// The provider's id once it is uploaded, and when that was.
  package var providerID: String?
  package var uploadedAt: Timestamp?

  package init(
    id: Int64 = 0,
    kind: MessageKind,
    path: String,
    mime: String,
    name: String,
    bytes: Int64,
    sha256: String,
    providerID: String? = nil,
    uploadedAt: Timestamp? = nil
  ) {
    self.id = id
    self.kind = kind
    self.path = path
    self.mime = mime
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.providerID = providerID
    self.uploadedAt = uploadedAt
  }
}

/// A message as somebody composed it.
package struct OutboundMessage: Equatable, Sendable {
  package var content: OutboundContent
  /// What a person reads in the thread; for a text, a caption or a question what the customer reads.
  package var text: String
  /// The quoted message's provider id, or the one a reaction is for.
  package var replyTo: String?
  package var file: OutboundFile?
  /// Not before then; nil is as soon as the undo window is over.
  package var sendAt: Timestamp?
  /// The config's id of the channel it leaves by; nil is where the lead wrote last.
  package var channel: String?
  package var priority = SendPriority.human

  package init(
    _ content: OutboundContent = .text,
    text: String,
    replyTo: String? = nil,
    file: OutboundFile? = nil,
    sendAt: Timestamp? = nil,
    channel: String? = nil
  ) {
    self.content = content
    self.text = text
    self.replyTo = replyTo
    self.file = file
    self.sendAt = sendAt
    self.channel = channel
  }
}
