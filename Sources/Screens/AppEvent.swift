// Everything that can happen to the app. The main loop turns each into a call of `update`.
import Model
import TerminalUI

package enum AppEvent: Sendable {
  case terminal(TerminalEvent)
  /// A deadline that the view asked for has passed; `now` moves with every event anyway.
  case tick
  /// An effect's answer.
  case loaded(Loaded)
  /// Something in the store changed, here or in another process: what is shown is asked for again.
  case storeChanged
  case health(WorkerHealth)
}

/// Answers to effects.
///
/// Each says what it answers, so that a late one can be dropped.
package enum Loaded: Sendable {
  case signedIn(Session)
  case signInFailed(reason: String)
  /// Reference data of the gym: asked at sign-in and whenever it changes.
  case gym(GymBook)
  case inbox(InboxPage)
  case lead(LeadDetail)
  /// The lead is gone (merged, erased).
  case leadMissing(LeadID)
  case thread(ThreadPage)
  case dashboard(Dashboard)
  case draft(lead: LeadID, text: String)
  /// A reply was not stored (the gate is closed, the store is full): its text comes back.
  case replyRefused(lead: LeadID, text: String, reason: String)
  /// The set-up form's answer: nil is success.
  case setupDone(Session)
  case setupFailed(reason: String)
  /// An act went through; `note` is shown for a moment ("Moved to Interested  u undo").
  case acted(note: String)
  case failed(reason: String)
}

/// Who is signed in here.
package struct Session: Equatable, Sendable {
  package var user: User

  package init(user: User) { self.user = user }
}

/// What names things: gym, its stages, people and templates.
package struct GymBook: Equatable, Sendable {
  package var gym: Gym
  package var zone: ZoneRules
  package var stages: [Stage]
  package var users: [User]
  package var templates: [Template]
  /// Seconds in which a reply can be called back; 0 is off.
  package var undoSendSeconds: Int

  package init(
    gym: Gym,
    zone: ZoneRules,
    stages: [Stage],
    users: [User],
    templates: [Template],
    undoSendSeconds: Int
  ) {
    self.gym = gym
    self.zone = zone
    self.stages = stages
    self.users = users
    self.templates = templates
    self.undoSendSeconds = undoSendSeconds
  }
}

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
    /// Closed leads too.
    case all
  }

  package var anchor: Anchor
  package var filter: Filter
  /// Rows wanted, at most 400.
  package var limit: Int

  package init(anchor: Anchor, filter: Filter, limit: Int) {
    self.anchor = anchor
    self.filter = filter
    self.limit = limit
  }
}

/// A window of a lead's conversation, oldest first.
package struct ThreadPage: Equatable, Sendable {
  package var lead: LeadID
  package var messages: [Message]
  package var hasOlder: Bool
  /// Until when WhatsApp and the like let us write freely; nil when the channel has no window.
  package var windowClosesAt: Timestamp?
  /// Why nothing can be sent now, in words with the next step; nil when it can.
  package var closedReason: String?

  package init(
    lead: LeadID,
    messages: [Message],
    hasOlder: Bool,
    windowClosesAt: Timestamp?,
    closedReason: String?
  ) {
    self.lead = lead
    self.messages = messages
    self.hasOlder = hasOlder
    self.windowClosesAt = windowClosesAt
    self.closedReason = closedReason
  }
}
