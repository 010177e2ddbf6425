// Keys of the set-up form and the answers to it.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, setup: SetupState) {
    var setup = setup
    if setup.isBusy && key != .ctrl("c") { return }
    let last = setup.fields.count - 1
    switch key {
    case .ctrl("c"), .ctrl("z"), .ctrl("l"): return pressFormKey(key)
    case .tab, .down: setup.entry = setup.entry == last ? 0 : setup.entry + 1
    case .backTab, .up: setup.entry = setup.entry == 0 ? last : setup.entry - 1
    case .escape: setup.error = nil
    // Keys typed before the screen was up come with Enter as Ctrl-J.
    case .enter, .ctrl("j"):
      if setup.entry < last { setup.entry += 1 } else { submit(&setup) }
    default: if setup.fields[setup.entry].handle(key) == .changed { setup.error = nil }
    }
    phase = .setup(setup)
  }

  private mutating func submit(_ setup: inout SetupState) {
    if let problem = setup.problem {
      setup.entry = problem.entry
      setup.error = problem.reason
      return
    }
    setup.isBusy = true
    setup.error = nil
    effects.append(
      .setUp(
        gym: setup.fields[0].text,
        zone: setup.fields[1].text,
        name: setup.fields[2].text,
        email: setup.fields[3].text,
        password: Secret(setup.fields[4].text)
      )
    )
  }

  mutating func failSetup(_ reason: String) {
    guard case .setup(var setup) = phase else { return }
    setup.isBusy = false
    setup.error = Sanitizer.line(reason, limit: 200)
    // The field that the reason quotes is the one to mend.
    let quoted = setup.fields.dropLast(2).firstIndex {
      !$0.isEmpty && reason.contains("\"" + $0.text + "\"")
    }
    if let quoted { setup.entry = quoted }
    phase = .setup(setup)
  }
}
