// A person at the terminal: types keys written as text, sees effects and the screen. The store
// behind it answers as far as a test says.
import Model
import TerminalUI

@testable import Screens

/// Drives the app without a terminal.
struct Session {
  var state: AppState
  var effects: [AppEffect] = []
  var now = Sample.now

  init(columns: Int = 120, rows: Int = 40, start: AppState.Start = .login) {
    state = AppState(
      size: Size(columns: columns, rows: rows),
      now: Sample.now,
      start: start
    )
  }

  /// Signed in, with the sample gym's rows on screen.
  static func desk(columns: Int = 120, rows: Int = 40) -> Session {
    var session = Session(columns: columns, rows: rows)
    session.load(.signedIn(Screens.Session(user: Sample.ana)))
    session.load(.gym(Sample.book))
    session.load(.inbox(Sample.page()))
    session.send(.health(Sample.health))
    session.effects = []
    return session
  }

  mutating func send(_ event: AppEvent) { effects += update(&state, event, now: now) }

  mutating func load(_ answer: Loaded) { send(.loaded(answer)) }

  /// Types text; `<Enter>`, `<C-T>` and the like are keys of that name.
  mutating func type(_ text: String) {
    var rest = Substring(text)
    while let first = rest.first {
      if first == "<", let end = rest.firstIndex(of: ">") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        if let key = Key(notation: "<" + name + ">") { send(.terminal(.key(key))) }
        rest = rest[rest.index(after: end)...]
      } else {
        send(.terminal(.key(.character(first))))
        rest = rest.dropFirst()
      }
    }
  }

  /// Opens the first lead with its conversation and details.
  mutating func openFirst() {
    type("<Enter>")
    load(.thread(Sample.thread()))
    load(.lead(Sample.detail))
  }

  mutating func wait(_ milliseconds: Int64) {
    now = now + milliseconds
    send(.tick)
  }

  /// The effects since the last look.
  mutating func took() -> [AppEffect] {
    defer { effects = [] }
    return effects
  }

  /// The same but for the keeping of what is typed into forms.
  mutating func acts() -> [AppEffect] {
    took().filter { effect in
      switch effect {
      case .saveDraft(let key, _, _, _), .loadDraft(let key): key.kind != .form
      default: true
      }
    }
  }

  var screen: [String] { view(state).textLines() }
  var text: String { screen.joined(separator: "\n") }
}
