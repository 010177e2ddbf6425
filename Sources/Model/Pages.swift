// Windows on long lists: what a screen asks the store for and what it gets.

/// A window of the inbox in its order: needs-reply first, longest waiting on top, then by last
/// activity.
package struct InboxPage: Equatable, Sendable {
  package var query: InboxQuery
  package var rows: [LeadSummary]
  /// There are leads before and after the window.
  package var hasBefore: Bool
  package var hasAfter: Bool
  /// Of the whole list, not of the window.
  package var total: Int
  package var waiting: Int
  /// Rows before the window's first, for the scroll position.
  package var offset: Int
  /// Of a search: what was found of each row's lead.
  package var hits: [LeadID: SearchHit] = [:]

  package init(
    query: InboxQuery,
    rows: [LeadSummary],
    hasBefore: Bool,
    hasAfter: Bool,
    total: Int,
    waiting: Int,
    offset: Int
  ) {
    self.query = query
    self.rows = rows
    self.hasBefore = hasBefore
    self.hasAfter = hasAfter
    self.total = total
    self.waiting = waiting
    self.offset = offset
  }
}

/// Which part of the inbox is wanted.
package struct InboxQuery: Equatable, Sendable {
  package enum Anchor: Equatable, Sendable {
    case top
    case bottom
    /// The window that has this lead about its middle.
    case around(LeadID)
  }

  package enum Filter: Equatable, Sendable, CaseIterable {
    /// Everything but leads that are closed and need no reply.
    case open
    case mine
    case unassigned
    case needsReply
    /// Their last message failed, or is maybe sent.
    case troubled
    /// Closed leads too.
    case all
  }

  package var anchor: Anchor
  package var filter: Filter
  /// Rows wanted, at most 400.
  package var limit: Int
  /// Finds among all leads instead: names first, then the newest words.
  package var search: String?

  package init(anchor: Anchor, filter: Filter, limit: Int, search: String? = nil) {
    self.anchor = anchor
    self.filter = filter
    self.limit = limit
    self.search = search
  }
}

/// Which part of a conversation is wanted, in messages.
package enum ThreadWindow: Equatable, Sendable {
  case newest(Int)
  case oldest(Int)
  /// A message with so many before it and after it.
  case around(MessageID, older: Int, newer: Int)
}

/// A window of a lead's conversation, oldest first.
package struct ThreadPage: Equatable, Sendable {
  package var lead: LeadID
  package var messages: [Message]
  package var hasOlder: Bool
  /// The window ends before the newest message.
  package var hasNewer: Bool
  /// Until when WhatsApp and the like let us write freely; nil when the channel has no window.
  package var windowClosesAt: Timestamp?
  /// Why nothing can be sent now, in words with the next step; nil when it can.
  package var closedReason: String?
  /// The free window is over and only a person may still answer, for some days.
  package var isHumanAgent: Bool
  /// The person was erased: what is left of the messages says when they were, and no more.
  package var isErased: Bool

  package init(
    lead: LeadID,
    messages: [Message],
    hasOlder: Bool,
    hasNewer: Bool = false,
    windowClosesAt: Timestamp?,
    closedReason: String?,
    isHumanAgent: Bool = false,
    isErased: Bool = false
  ) {
    self.lead = lead
    self.messages = messages
    self.hasOlder = hasOlder
    self.hasNewer = hasNewer
    self.windowClosesAt = windowClosesAt
    self.closedReason = closedReason
    self.isHumanAgent = isHumanAgent
    self.isErased = isErased
  }
}
