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
  /// Something was written that no list shows: a draft, perhaps.
  case draftsChanged
  case health(WorkerHealth)
}

/// Answers to effects.
///
/// Each says what it answers, so that a late one can be dropped.
package enum Loaded: Sendable {
  case signedIn(Session)
  case signInFailed(reason: String)
  /// Whoever is signed in here has been disabled.
  case dismissed
  /// Reference data of the gym: asked at sign-in and whenever it changes.
  case gym(GymBook)
  /// The signed-in user's choices about the screen.
  case preferences([String: String])
  case inbox(InboxPage)
  case lead(LeadDetail)
  /// The lead is gone (merged, erased).
  case leadMissing(LeadID, into: LeadSummary?)
  case thread(ThreadPage)
  case dashboard(Dashboard)
  case draft(DraftKey, text: String)
  /// Typed in another terminal of the user, and stored above what is typed here.
  case draftMet(DraftKey, text: String)
  case company(Company)
  case memory(history: [String], hasTakenTour: Bool)
  /// What the user's own editor made of the draft.
  case edited(lead: LeadID, text: String)
  /// Messages with the words that were searched for, newest first.
  case found(lead: LeadID, SearchTerms, [MessageID])
  case journal(JournalPage)
  case event(JournalDetail)
  case notices([AdminNotice])
  /// Notices about the accounts that nobody has marked as read.
  case unreadNotices(Int)
  case leadToOpen(LeadSummary)
  case toErase(ErasureSize)
  /// A file or link was opened, or is at a place that `copy` names.
  case shown(note: String, copy: String?)
  /// A picture for the chat; nil when the file is none that can be drawn.
  case preview(AttachmentID, MediaPreview?)
  case noPreviews(reason: String)
  /// A reply was not stored (the gate is closed, the store is full): its text comes back.
  case replyRefused(lead: LeadID, text: String, reason: String)
  /// The file is queued; `note` says how it goes.
  case attached(lead: LeadID, caption: String, note: String?)
  /// The file at `path` can't go, and why.
  case attachRefused(lead: LeadID, path: String, reason: String)
  case completions(typed: String, paths: [String])
  case templateSent(LeadID)
  /// A saved reply or a WhatsApp template was kept or deleted.
  case templateSaved(note: String, isReversible: Bool)
  case templateRefused(reason: String)
  /// The set-up form's answer: nil is success.
  case setupDone(Session)
  case setupFailed(reason: String)
  /// An act went through; `note` is shown for a moment, with the key that takes it back.
  ///
  /// `lead` is the one that it was about, when it was one.
  case acted(note: String, isReversible: Bool = false, lead: LeadID? = nil)
  /// `effect` is the question that has no other answer, so that it can be asked again.
  case failed(reason: String, of: AppEffect? = nil)
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
  package var whatsAppTemplates: [WhatsAppTemplate]
  /// WhatsApp business accounts of the gym's channels: templates belong to one.
  package var businessAccounts: [String]

  package init(
    gym: Gym,
    zone: ZoneRules,
    stages: [Stage],
    users: [User],
    templates: [Template],
    undoSendSeconds: Int,
    whatsAppTemplates: [WhatsAppTemplate] = [],
    businessAccounts: [String] = []
  ) {
    self.gym = gym
    self.zone = zone
    self.stages = stages
    self.users = users
    self.templates = templates
    self.undoSendSeconds = undoSendSeconds
    self.whatsAppTemplates = whatsAppTemplates
    self.businessAccounts = businessAccounts
  }
}
