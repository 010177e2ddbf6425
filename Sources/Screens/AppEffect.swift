// What `update` asks of the outside. The executable carries effects out off the main thread and
// answers with `AppEvent.loaded`.
import Model

package enum AppEffect: Equatable, Sendable {
  case signIn(email: String, password: Secret)
  case setUp(gym: String, zone: String, name: String, email: String, password: Secret)
  case loadGym
  case loadInbox(InboxQuery)
  case loadLead(LeadID)
  /// A window of the lead's messages, over all its threads.
  case loadThread(LeadID, ThreadWindow)
  /// The lead's messages with these words, newest first.
  case findInThread(LeadID, SearchTerms)
  /// Who else types or has a draft at the lead.
  case loadCompany(LeadID)
  case loadDashboard
  case loadDraft(DraftKey)
  case loadJournal(JournalQuery)
  case loadNotices
  /// One event of the journal; `isRaw` hides nothing, and is written down.
  case loadEvent(Int64, isRaw: Bool)
  /// A lead that is not in the list, to be opened.
  case openLead(LeadID)
  /// What was run before, and whether the user has been shown around.
  case loadMemory
  case rememberCommand(String)
  case tourTaken
  /// Kept 300 ms after the last key; at once, and no longer typing, when `now`.
  ///
  /// `seen` is what the store had when the screen last looked, nil when it has not looked.
  case saveDraft(DraftKey, text: String, seen: String?, now: Bool)

  case reply(LeadID, text: String)
  /// Messages of any kind, in their order or none.
  case sendMessages(LeadID, [OutboundMessage])
  /// A file of this machine, or a public address, with its caption.
  case attach(LeadID, path: String, caption: String, replyTo: String?)
  /// Files and folders that begin like this.
  case completePath(String)
  case sendTemplate(LeadID, WhatsAppTemplate, values: [String: String])
  case saveReply(TemplateID?, name: String, body: String)
  case deleteReply(TemplateID)
  /// Sends a template to WhatsApp's review.
  case submitTemplate(WhatsAppTemplate, examples: [String: String])
  case deleteTemplate(WhatsAppTemplate)
  case syncTemplates
  /// Calls a queued message back; its text is in the draft already.
  case recall(MessageID)
  /// "It was sent" or "send again" for an unconfirmed message.
  case resolve(MessageID, sendAgain: Bool)
  case setStage(LeadID, StageID, reason: String?)
  case assign(LeadID, UserID?)
  /// The first becomes part of the second.
  case merge(LeadID, into: LeadID)
  case tellApart(LeadID, LeadID)
  /// Asks what `erase` would take away.
  case sizeErasure(LeadID)
  case erase(LeadID)
  /// The draft in the user's own editor.
  case editOutside(LeadID, text: String)
  case addNote(LeadID, text: String)
  /// Takes the lead out of those that wait without an answer.
  case noReplyNeeded(LeadID)
  /// One act on many leads.
  case bulk([LeadID], BulkAct)
  /// The signed-in user has read the lead's conversation up to this message.
  case markRead(LeadID, through: MessageID)
  /// Reverses the user's last reversible act.
  case undo
  case redo

  /// Has one event of the journal applied again; nil for all that are parked.
  case replay(Int64?)
  /// Marks a notice about the accounts as read; nil for all.
  case readNotices(NoticeID?)
  /// Fetches files of the lead's messages again that could not be fetched.
  case fetchAgain(LeadID)
  /// Shows a file or a page where there is a viewer, else says where it is.
  case openFile(AttachmentID)
  case openLink(String)
  /// A picture in block characters, off the main thread.
  case loadPreview(AttachmentID, columns: Int, rows: Int)

  /// Text for the terminal's clipboard.
  case copy(String)
  /// Tells somebody who looks elsewhere; never with a customer's words.
  case notify(String)
  /// The terminal window's title.
  case title(String)
  case setMouse(Bool)
  /// Paints everything in the colours of this theme.
  case setTheme(String)
  case loadPreferences
  /// Remembers a choice of the signed-in user.
  case keep(Preference)
  case redraw
  case suspend
  case signOut
  case quit
}

extension AppEffect {
  /// Something is done to a lead, a message or a template, not only asked or shown.
  package var isAct: Bool {
    switch self {
    case .reply, .sendMessages, .attach, .sendTemplate, .saveReply, .deleteReply, .submitTemplate,
      .deleteTemplate, .recall, .resolve, .setStage, .assign, .merge, .tellApart, .erase, .addNote,
      .noReplyNeeded, .bulk, .undo, .redo, .replay:
      true
    default: false
    }
  }
}
