// `inbox --plain`: the inbox as a conversation in lines, for screen readers, dumb terminals and very
// bad lines. Reads stdin, prints to stdout; the worker runs behind it as behind the screen.
import Desk
import Glibc
import Logging
import Model
import Screens
import Settings
import Store
import TerminalUI

struct PlainMode {
  let installation: Installation

  /// Runs until the user leaves; returns the exit code.
  func run(signInAs email: String?) throws -> Int32 {
    print("Plain mode is on. help lists the commands, quit leaves.")
    let (user, session) = try signIn(email)
    defer { endSession(session) }
    let mailbox = Mailbox<AppEvent>(wake: {})
    let background = try AppBackground(installation: installation, mailbox: mailbox)
    background.start()
    defer { background.stop() }
    var desk = try PlainDesk(desk: installation.desk, seat: Seat(user: user))
    var news = PlainNews(try desk.waiting())
    print("Signed in as \(Sanitizer.line(user.name)). \(news.waiting) waiting for a reply.")
    var input = PlainInput()
    defer { input.close() }
    var interrupted: ContinuousClock.Instant?
    while !desk.isLeaving {
      for line in try news.lines(desk, events: mailbox.drain()) { print(line) }
      switch input.next("> ") {
      case .entry(let entry):
        for line in desk.take(entry) { print(line) }
        background.nudge()
      case .interrupt(let left):
        let isSecond = interrupted.map { .now - $0 < .seconds(2) } ?? false
        interrupted = .now
        print("")
        for line in desk.interrupt(left, isSecond: isSecond) { print(line) }
      case .end(let left):
        desk.setAside(left)
        return 0
      case .signal(let number, let left):
        desk.setAside(left)
        installation.log.notice("leaving: signal \(number)")
        return 128 + number
      }
    }
    return 0
  }

  private func signIn(_ email: String?) throws -> (User, Int64) {
    if let email { return try installation.desk.signIn(as: email, origin: "plain") }
    guard try !installation.store.users().isEmpty else {
      throw ExitError(.configuration, "nobody can sign in yet: run inbox setup")
    }
    guard let address = Prompt.line("E-mail"), let password = Prompt.hidden("Password") else {
      throw ExitError(.notPermitted, "no e-mail and password were given")
    }
    return try installation.desk.signIn(email: address, password: password, origin: "plain")
  }

  private func endSession(_ session: Int64) {
    do { try installation.desk.signOut(session: session) } catch {
      installation.log.error("ending the session: \(error)")
    }
  }

  private func print(_ line: String) { write(line + "\n") }

  /// Every line goes out at once and harmless, whoever reads it.
  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    if Glibc.write(STDOUT_FILENO, bytes, bytes.count) < 0, errno == EPIPE { exit(0) }
  }
}

/// What has happened since the last line, told before the next prompt and never in between.
struct PlainNews {
  private var known: [LeadID: Int64]
  private var link = WorkerHealth.Link.standby
  private(set) var waiting: Int

  init(_ page: InboxPage) {
    known = Dictionary(page.rows.map { ($0.id, $0.rev) }) { $1 }
    waiting = page.waiting
  }

  mutating func lines(_ desk: PlainDesk, events: [AppEvent]) throws -> [String] {
    var lines: [String] = []
    for case .health(let health) in events where health.link != link {
      link = health.link
      if case .down(let reason, _) = link {
        lines.append("Offline: \(Sanitizer.line(reason)).")
      }
    }
    let page = try desk.waiting()
    let fresh = page.rows.filter { $0.unread > 0 && known[$0.id] != $0.rev }
    for row in fresh.prefix(3) where row.id != desk.current {
      lines.append("New from \(desk.name(row)): \(Sanitizer.line(row.preview, limit: 160))")
    }
    if fresh.count > 3 { lines.append("And \(fresh.count - 3) more: list waiting shows them.") }
    self = PlainNews(page, link)
    return lines
  }

  private init(_ page: InboxPage, _ link: WorkerHealth.Link) {
    self.init(page)
    self.link = link
  }
}

extension PlainDesk {
  /// Those who wait, as many as news are looked for among.
  func waiting() throws -> InboxPage {
    try desk.store.inbox(
      InboxQuery(anchor: .top, filter: .needsReply, limit: 400),
      scope: seat.scope
    )
  }
}
