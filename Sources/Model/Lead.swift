// A lead as the inbox lists it and as its own pane shows it.

/// A row of the inbox.
package struct LeadSummary: Equatable, Sendable {
  package var id: LeadID
  package var rev: Int64
  package var gym: GymID
  package var person: PersonID
  package var name: String
  package var stage: StageID
  package var owner: UserID?
  /// The thread with the newest message; replies go there.
  package var thread: ThreadID?
  package var channelKind: ChannelKind
  /// The newest message's text, and whose it is.
  package var preview: String
  package var previewDirection: MessageDirection
  /// Of that message; unconfirmed as long as any of the lead's is.
  package var previewStatus: MessageStatus
  package var lastMessageAt: Timestamp
  package var createdAt: Timestamp
  /// The first message of theirs that nobody has answered yet; nil when nothing waits.
  package var waitingSince: Timestamp?
  /// Messages of theirs that the asking user has not opened.
  package var unread: Int
  /// The asking user has a draft here.
  package var hasDraft: Bool
  /// A colleague who has one here.
  package var draftBy: UserID?

  package init(
    id: LeadID,
    rev: Int64,
    gym: GymID,
    person: PersonID,
    name: String,
    stage: StageID,
    owner: UserID?,
    thread: ThreadID?,
    channelKind: ChannelKind,
    preview: String,
    previewDirection: MessageDirection,
    previewStatus: MessageStatus,
    lastMessageAt: Timestamp,
    createdAt: Timestamp,
    waitingSince: Timestamp?,
    unread: Int,
    hasDraft: Bool
  ) {
    self.id = id
    self.rev = rev
    self.gym = gym
    self.person = person
    self.name = name
    self.stage = stage
    self.owner = owner
    self.thread = thread
    self.channelKind = channelKind
    self.preview = preview
    self.previewDirection = previewDirection
    self.previewStatus = previewStatus
    self.lastMessageAt = lastMessageAt
    self.createdAt = createdAt
    self.waitingSince = waitingSince
    self.unread = unread
    self.hasDraft = hasDraft
  }

  package var needsReply: Bool { waitingSince != nil }
}

/// Where a lead came from; the first touch never changes.
package struct Touch: Equatable, Sendable {
  /// `ad`, `link`, `channel`, `import`, `manual` and more.
  package var kind: String
  package var headline: String?
  package var url: String?
  package var at: Timestamp

  package init(kind: String, headline: String?, url: String?, at: Timestamp) {
    self.kind = kind
    self.headline = headline
    self.url = url
    self.at = at
  }
}

/// One line of a lead's history.
package struct Activity: Equatable, Sendable {
  package var id: Int64
  package var at: Timestamp
  /// A user's name, `cli:root`, or nil for the system.
  package var actor: String?
  /// `created`, `stage`, `assign`, `note`, `sent`, `recalled`, `no_reply_needed` and more.
  package var verb: String
  package var before: String?
  package var after: String?

  package init(
    id: Int64,
    at: Timestamp,
    actor: String?,
    verb: String,
    before: String?,
    after: String?
  ) {
    self.id = id
    self.at = at
    self.actor = actor
    self.verb = verb
    self.before = before
    self.after = after
  }
}

/// An internal remark about a lead; customers never see it.
package struct Note: Equatable, Sendable {
  package var id: Int64
  package var at: Timestamp
  package var author: String?
  package var text: String

  package init(id: Int64, at: Timestamp, author: String?, text: String) {
    self.id = id
    self.at = at
    self.author = author
    self.text = text
  }
}

/// Everything the lead pane shows.
package struct LeadDetail: Equatable, Sendable {
  package var summary: LeadSummary
  package var identities: [Identity]
  package var threads: [ThreadSummary]
  package var firstTouch: Touch?
  package var lastTouch: Touch?
  /// Oldest first.
  package var notes: [Note]
  /// Newest first, at most the newest 100.
  package var activity: [Activity]
  /// What they said about being written to; kinds of which they said nothing are missing.
  package var consents: [ChannelKind: Consent]
  /// Leads that may be the same person.
  package var twins: [PossibleTwin]
  /// The viewer's own note that is being typed.
  package var begunNote: String?

  package init(
    summary: LeadSummary,
    identities: [Identity],
    threads: [ThreadSummary],
    firstTouch: Touch?,
    lastTouch: Touch?,
    notes: [Note],
    activity: [Activity],
    consents: [ChannelKind: Consent] = [:],
    twins: [PossibleTwin] = [],
    begunNote: String? = nil
  ) {
    self.summary = summary
    self.identities = identities
    self.threads = threads
    self.firstTouch = firstTouch
    self.lastTouch = lastTouch
    self.notes = notes
    self.activity = activity
    self.consents = consents
    self.twins = twins
    self.begunNote = begunNote
  }
}
