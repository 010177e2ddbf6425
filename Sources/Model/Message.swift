// One message as the thread shows it, and the states a message can be in.

/// What a message holds.
///
/// Kinds that are not shown in full yet have a visible placeholder line.
package enum MessageKind: String, Sendable, CaseIterable {
  case text, image, video, audio, document, sticker, location, contacts, interactive, button
  case reaction, order, system, edit, revoke, share, story, postback, referral, template
  /// The answers of a lead form: said to the gym, on no channel that takes an answer.
  case form
  case unsupported, other
}

package enum MessageDirection: String, Sendable {
  case inbound = "in"
  case outbound = "out"
}

/// Where an outbound message stands; inbound ones are `received`.
///
/// Delivery moves up only: queued, sending, sent, delivered, read. `unconfirmed` means that the
/// request left and nobody knows whether the provider took it.
package enum MessageStatus: String, Sendable, CaseIterable {
  case received, queued, sending, sent, delivered, read, failed, unconfirmed

  /// The order of delivery; states outside it have none.
  package var deliveryRank: Int? {
    switch self {
    case .queued: 0
    case .sending: 1
    case .sent: 2
    case .delivered: 3
    case .read: 4
    case .received, .failed, .unconfirmed: nil
    }
  }
}

/// Why a message did not go out: the provider's code, where it gave one, and words for a person.
package struct MessageFailure: Hashable, Sendable {
  /// What a failure concerns beside its own message.
  package enum Reach: Hashable, Sendable {
    case message
    /// The whole channel: it rests for so many milliseconds, or until somebody has acted.
    case channel(wait: Int64?)
    /// The person, who has switched marketing messages off.
    case marketing
  }

  package var code: Int?
  package var title: String
  /// Told when the failure comes and carried out then; not kept with the message.
  package var reach: Reach

  package init(code: Int?, title: String, reach: Reach = .message) {
    self.code = code
    self.title = title
    self.reach = reach
  }
}

/// A bubble of the thread.
package struct Message: Equatable, Sendable {
  package var id: MessageID
  package var lead: LeadID
  package var thread: ThreadID
  package var channel: String
  package var channelKind: ChannelKind
  package var direction: MessageDirection
  package var kind: MessageKind
  /// What a person reads, for any kind.
  package var text: String
  package var providerID: String?
  /// When the provider says it was written (outbound: when it was composed); orders the thread.
  package var providerAt: Timestamp
  package var receivedAt: Timestamp
  package var status: MessageStatus
  package var failure: MessageFailure?
  /// Who wrote it, when one of us did.
  package var author: UserID?
  /// The quoted message's provider id.
  package var replyTo: String?
  /// Until then a queued message can be called back.
  package var undoUntil: Timestamp?
  /// Its files, in their order.
  package var media: [Attachment]
  /// When a message that was written for later will leave.
  package var scheduledAt: Timestamp?
  /// The moment before which a queued message is not tried (again).
  package var notBefore: Timestamp?
  /// What it holds beside its words, as JSON; `MessageCard` reads it.
  package var content: String?
  /// The quoted message, when it is here.
  package var quote: Quote?
  /// What stands on the bubble now.
  package var reactions: [Reaction]
  /// The words before the first edit.
  package var firstText: String?
  package var editedAt: Timestamp?
  /// Its author took it back: nothing of its words is left.
  package var deletedAt: Timestamp?
  /// The provider said that a failed message arrived after all.
  package var deliveredAfterAll: Timestamp?

  package init(
    id: MessageID,
    lead: LeadID,
    thread: ThreadID,
    channel: String,
    channelKind: ChannelKind,
    direction: MessageDirection,
    kind: MessageKind,
    text: String,
    providerID: String? = nil,
    providerAt: Timestamp,
    receivedAt: Timestamp,
    status: MessageStatus,
    failure: MessageFailure? = nil,
    author: UserID? = nil,
    replyTo: String? = nil,
    undoUntil: Timestamp? = nil,
    media: [Attachment] = [],
    scheduledAt: Timestamp? = nil,
    content: String? = nil,
    quote: Quote? = nil,
    reactions: [Reaction] = [],
    firstText: String? = nil,
    editedAt: Timestamp? = nil,
    deletedAt: Timestamp? = nil,
    deliveredAfterAll: Timestamp? = nil
  ) {
    self.id = id
    self.lead = lead
    self.thread = thread
    self.channel = channel
    self.channelKind = channelKind
    self.direction = direction
    self.kind = kind
    self.text = text
    self.providerID = providerID
    self.providerAt = providerAt
    self.receivedAt = receivedAt
    self.status = status
    self.failure = failure
    self.author = author
    self.replyTo = replyTo
    self.undoUntil = undoUntil
    self.media = media
    self.scheduledAt = scheduledAt
    self.content = content
    self.quote = quote
    self.reactions = reactions
    self.firstText = firstText
    self.editedAt = editedAt
    self.deletedAt = deletedAt
    self.deliveredAfterAll = deliveredAfterAll
  }
}

/// A conversation: one person on one of the gym's accounts.
package struct ThreadSummary: Equatable, Sendable {
  package var id: ThreadID
  package var channel: String
  package var channelKind: ChannelKind
  /// The newest message of theirs; opens the reply window.
  package var lastInboundAt: Timestamp?

  package init(
    id: ThreadID,
    channel: String,
    channelKind: ChannelKind,
    lastInboundAt: Timestamp?
  ) {
    self.id = id
    self.channel = channel
    self.channelKind = channelKind
    self.lastInboundAt = lastInboundAt
  }
}
