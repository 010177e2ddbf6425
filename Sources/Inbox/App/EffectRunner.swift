// Carries out the app's effects against the desk, off the main thread, in the order in which they
// were asked for; answers go through the mailbox.
import Desk
import Dispatch
import Glibc
import Logging
import Model
import Screens
import Settings
import Store
import Synchronization
import TerminalUI

final class EffectRunner: Sendable {
  let installation: Installation
  private let mailbox: Mailbox<AppEvent>
  let queue = DispatchQueue(label: "inbox.effects", qos: .userInteractive)
  let seat = Mutex<(seat: Seat, session: Int64)?>(nil)
  /// Drafts typed but not stored yet.
  let drafts = Mutex(TypedDrafts())
  /// Choices and begun templates not stored yet, by their keys.
  let choices = Mutex<[Preference.Key: String]>([:])
  private let viewer = Viewer()
  private let drawer = PictureDrawer()
  private let sendHook = Mutex<@Sendable () -> Void>({})

  /// The data directory.
  var directory: String { installation.directory.path }

  var desk: FrontDesk { installation.desk }
  var store: LeadStore { installation.store }

  /// Called after a reply was queued.
  var onSend: @Sendable () -> Void {
    get { sendHook.withLock { $0 } }
    set { sendHook.withLock { $0 = newValue } }
  }

  init(installation: Installation, mailbox: Mailbox<AppEvent>) {
    self.installation = installation
    self.mailbox = mailbox
  }

  /// Signed in for somebody by `--as`, who is not shown around.
  private let isGuest = Atomic(false)

  func report(_ answer: Loaded) { mailbox.post(.loaded(answer)) }

  /// Signs `email` in for `--as` and reads what the first frame shows, on the calling thread.
  func greet(_ email: String) throws -> [AppEvent] {
    let (user, session) = try desk.signIn(as: email, origin: Self.origin)
    enter(user, session: session)
    isGuest.store(true, ordering: .relaxed)
    let query = InboxQuery(anchor: .top, filter: .open, limit: Self.firstPage)
    return [
      .loaded(.signedIn(Session(user: user))),
      try book().map { .loaded(.gym($0)) },
      .loaded(.preferences(try store.preferences(of: user.id))),
      .loaded(.inbox(try store.inbox(query, scope: Seat(user: user).scope))),
    ].compactMap { $0 }
  }

  /// As many rows as `update` asks for first.
  private static let firstPage = 200

  func carryOut(_ effect: AppEffect) {
    switch effect {
    case .saveDraft(let key, let text, let seen, let now):
      keepDraft(key, .init(text, isTyping: !now, seen: seen), now: now)
    case .reply(let lead, _): send(effect, taking: .reply(lead))
    case .sendMessages(let lead, let messages)
    where messages.contains { $0.content.kind.takesDraft }:
      send(effect, taking: .reply(lead))
    case .addNote(let lead, _): send(effect, taking: .note(lead))
    case .loadDraft(let key): loadDraft(key)
    case .keep(let choice): keepChoice(choice)
    default: queue.async { [self] in perform(effect) }
    }
  }

  /// Stores what is typed and ends the session.
  ///
  /// The app is gone by then.
  func finish() {
    flushDrafts()
    queue.sync {
      guard let session = seat.withLock({ $0?.session }) else { return }
      do { try desk.signOut(session: session) } catch {
        installation.log.error("ending the session: \(error)")
      }
    }
  }

  func perform(_ effect: AppEffect) {
    do {
      if let answer = try answer(to: effect) { report(answer) }
    } catch {
      installation.log.warning("\(effect.name): \(error)")
      report(.failed(reason: Self.words(error), of: effect))
    }
  }

  private func answer(to effect: AppEffect) throws -> Loaded? {
    switch effect {
    case .signIn(let email, let password): return try signIn(email, password)
    case .setUp(let gym, let zone, let name, let email, let password):
      return try setUp(gym: gym, zone: zone, name: name, email: email, password: password)
    case .signOut:
      storeDrafts()
      finishSession()
      return nil
    default: break
    }
    guard let seat = seat.withLock({ $0?.seat }) else { return nil }
    if effect.asksWhetherActive, let user = seat.actor.user, try !store.isActive(user) {
      finishSession()
      return .dismissed
    }
    return try reading(effect, seat) ?? acting(effect, seat) ?? outbound(effect, seat)
      ?? aboutPeople(effect, seat)
  }

  private func reading(_ effect: AppEffect, _ seat: Seat) throws -> Loaded? {
    switch effect {
    case .loadGym: return try book().map { .gym($0) }
    case .loadPreferences:
      return try seat.actor.user.map { .preferences(try store.preferences(of: $0)) }
    case .loadInbox(let query):
      report(.unreadNotices(try store.unreadNotices(seat.scope)))
      return .inbox(try store.inbox(query, scope: seat.scope))
    case .loadNotices:
      report(.unreadNotices(try store.unreadNotices(seat.scope)))
      return .notices(try store.notices(seat.scope))
    case .loadLead(let lead):
      return try store.lead(lead, scope: seat.scope).map { .lead($0) }
        ?? missing(lead, seat)
    case .loadThread(let lead, let window):
      return try desk.thread(lead, in: window, seat: seat).map { .thread($0) }
        ?? missing(lead, seat)
    case .findInThread(let lead, let terms):
      let found = try store.searchThread(lead, terms, limit: 1000, scope: seat.scope)
      return .found(lead: lead, terms, found)
    case .loadMemory:
      return try seat.actor.user.map {
        .memory(
          history: try store.commandHistory(of: $0),
          hasTakenTour: try isGuest.load(ordering: .relaxed) || store.hasTakenTour($0)
        )
      }
    case .loadCompany(let lead):
      guard let user = seat.actor.user else { return nil }
      var company = try store.company(at: lead, of: user)
      if drafts.withLock({ $0.isAhead(.reply(lead)) }) { company.draft = nil }
      return .company(company)
    case .loadDashboard: return .dashboard(try desk.dashboard(seat: seat))
    case .loadDraft(let key):
      guard let user = seat.actor.user else { return nil }
      let text = try store.draft(key, of: user) ?? ""
      drafts.withLock { $0.read(key, stored: text) }
      return .draft(key, text: text)
    case .openLead(let lead):
      return try store.lead(lead, scope: seat.scope).map { .leadToOpen($0.summary) }
        ?? missing(lead, seat)
    case .loadJournal(let query): return .journal(try desk.journal(query, seat: seat))
    case .loadEvent(let id, let isRaw):
      return try desk.event(id, isRaw: isRaw, seat: seat).map { .event($0) }
    case .openFile(let id):
      let found = try desk.file(id, seat: seat)
      return viewer.show(found.file, at: found.path)
    case .openLink(let link): return viewer.show(link)
    case .loadPreview(let id, let columns, let rows):
      return try draw(id, columns: columns, rows: rows, seat)
    default: return nil
    }
  }

  private func missing(_ lead: LeadID, _ seat: Seat) throws -> Loaded {
    let into = try store.survivor(of: lead)
      .flatMap { $0 == lead ? nil : try store.lead($0, scope: seat.scope)?.summary }
    return .leadMissing(lead, into: into)
  }

  private func acting(_ effect: AppEffect, _ seat: Seat) throws -> Loaded? {
    switch effect {
    case .reply(let lead, let text): return reply(lead, text: text, seat)
    case .recall(let message):
      // The text is in the screen's draft, which is on disk before the message is gone.
      storeDrafts()
      try desk.recall(message, asDraft: false, by: seat)
      return nil
    case .resolve(let message, let sendAgain):
      defer { onSend() }
      return .acted(note: try desk.resolve(message, sendAgain: sendAgain, by: seat))
    case .setStage(let lead, let stage, let reason):
      let note = try desk.setStage(lead, to: stage, reason: reason, by: seat)
      return .acted(note: note, isReversible: true, lead: lead)
    case .assign(let lead, let user):
      let note = try desk.assign(lead, to: user, by: seat)
      return .acted(note: note, isReversible: true, lead: lead)
    case .addNote(let lead, let text): return addNote(lead, text: text, seat)
    case .noReplyNeeded(let lead):
      let note = try desk.noReplyNeeded(lead, by: seat)
      return .acted(note: note, isReversible: true, lead: lead)
    case .bulk(let leads, let act):
      let note = try bulk(leads, act, seat)
      return .acted(note: note, isReversible: true, lead: leads.count == 1 ? leads.first : nil)
    case .readNotices(let id):
      return .acted(note: try desk.readNotices(id.map { [$0] }, by: seat))
    case .markRead(let lead, _):
      if let user = seat.actor.user { try desk.markRead(lead, by: user) }
      return nil
    case .rememberCommand(let line):
      if let user = seat.actor.user { try store.rememberCommand(line, of: user) }
      return nil
    case .tourTaken:
      if let user = seat.actor.user { try store.setTourTaken(user) }
      return nil
    case .replay(let event):
      defer { onSend() }
      return .acted(note: try desk.replay(event, by: seat))
    case .fetchAgain(let lead):
      defer { onSend() }
      return .acted(note: try desk.fetchAgain(lead, by: seat))
    case .undo: return .acted(note: try desk.undo(by: seat))
    case .redo: return .acted(note: try desk.redo(by: seat))
    default: return nil
    }
  }

  /// A reply that can't be stored gives its text back: nothing typed is lost.
  private func reply(_ lead: LeadID, text: String, _ seat: Seat) -> Loaded? {
    do {
      _ = try desk.reply(lead, text: text, undo: true, by: seat)
      onSend()
      return nil
    } catch {
      installation.log.warning("reply: \(error)")
      giveBack(text, to: lead)
      return .replyRefused(lead: lead, text: text, reason: Self.words(error))
    }
  }

  /// A note that can't be stored with the lead is a draft again; nothing is kept of who was erased.
  private func addNote(_ lead: LeadID, text: String, _ seat: Seat) -> Loaded? {
    do {
      let note = try desk.addNote(lead, text: text, by: seat)
      return .acted(note: note, isReversible: true, lead: lead)
    } catch {
      installation.log.warning("addNote: \(error)")
      if case StoreError.noSuchLead = error { return .failed(reason: Self.words(error)) }
      drafts.withLock { $0.giveBack(text, to: .note(lead)) }
      return .failed(reason: "\(Self.words(error)) · the note is kept: c goes on with it")
    }
  }

  private func bulk(_ leads: [LeadID], _ act: BulkAct, _ seat: Seat) throws -> String {
    switch act {
    case .stage(let stage, let reason):
      try desk.setStage(leads, to: stage, reason: reason, by: seat)
    case .assign(let user): try desk.assign(leads, to: user, by: seat)
    case .noReplyNeeded: try desk.noReplyNeeded(leads, by: seat)
    }
  }

  private func book() throws -> GymBook? {
    let seat = seat.withLock { $0?.seat }
    guard let seat, let book = try desk.book(seat: seat) else { return nil }
    return GymBook(
      gym: book.gym,
      zone: book.zone,
      stages: book.stages,
      users: book.users,
      templates: book.templates,
      undoSendSeconds: Int(desk.undoSend / .second),
      whatsAppTemplates: book.whatsAppTemplates,
      businessAccounts: book.businessAccounts
    )
  }
}

// Files of messages.
extension EffectRunner {
  /// The picture is drawn elsewhere and answers by itself.
  private func draw(_ id: AttachmentID, columns: Int, rows: Int, _ seat: Seat) throws -> Loaded? {
    guard drawer.isAvailable else {
      return .noPreviews(reason: "Pictures need chafa: apt install chafa on this machine")
    }
    let (file, path) = try desk.file(id, seat: seat)
    // By what it is: only pictures are given to it.
    guard file.mime?.hasPrefix("image/") == true else { return .preview(id, nil) }
    drawer.draw(path, columns: columns, rows: rows) { [self] in report(.preview(id, $0)) }
    return nil
  }
}

// Signing in and out.
extension EffectRunner {
  private func signIn(_ email: String, _ password: Secret) throws -> Loaded {
    do {
      let (user, session) = try desk.signIn(
        email: email,
        password: password,
        origin: Self.origin
      )
      enter(user, session: session)
      return .signedIn(Session(user: user))
    } catch let refusal as Refusal {
      installation.log.notice("sign-in refused for \(email)")
      return .signInFailed(reason: refusal.text)
    }
  }

  private func setUp(
    gym: String,
    zone: String,
    name: String,
    email: String,
    password: Secret
  ) throws -> Loaded {
    do {
      let user = try desk.setUp(
        gym: gym,
        zone: zone,
        name: name,
        email: email,
        password: password
      )
      enter(user, session: try store.startSession(user.id, origin: Self.origin))
      return .setupDone(Session(user: user))
    } catch let refusal as Refusal { return .setupFailed(reason: refusal.text) }
  }

  private func enter(_ user: User, session: Int64) {
    seat.withLock { $0 = (Seat(user: user), session) }
    installation.log.notice("signed in: \(user.email)")
  }

  private func finishSession() {
    let session = seat.withLock { seat in
      defer { seat = nil }
      return seat?.session
    }
    guard let session else { return }
    do { try desk.signOut(session: session) } catch {
      installation.log.error("ending the session: \(error)")
    }
  }

  /// Where the person sits, as far as it can be told.
  private static var origin: String {
    Environment.process["SSH_CONNECTION"].map { "ssh \($0.prefix { $0 != " " })" } ?? "local"
  }

  static func words(_ error: any Error) -> String {
    switch error {
    case let refusal as Refusal: refusal.text
    case StoreError.noSuchLead: "this lead was merged or erased meanwhile"
    case let error as StoreError: error.description
    default: "\(error)"
    }
  }
}

extension AppEffect {
  /// The case's name alone: its values may be private.
  fileprivate var name: String {
    String("\(self)".prefix { $0 != "(" })
  }
}

extension AppEffect {
  /// Before each act, and with the list, which is read again at every change of the store: whoever was
  /// disabled is out at once, and opening a lead asks nothing more.
  fileprivate var asksWhetherActive: Bool {
    if case .loadInbox = self { true } else { isAct }
  }
}
