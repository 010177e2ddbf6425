// The app as the main loop drives it: events into `update`, effects to the runner or the terminal,
// `view` to a frame. Main thread only.
import Model
import Screens
import TerminalUI

final class AppClient: RuntimeClient {
  private var state: AppState
  private let terminal: Terminal
  private let runner: EffectRunner
  private let outfit: Outfit
  private let clock = WallClock.system
  private var isDirty = true
  private var isLeaving = false
  var background: AppBackground?

  init(state: AppState, terminal: Terminal, runner: EffectRunner, outfit: Outfit) {
    self.state = state
    self.outfit = outfit
    self.terminal = terminal
    self.runner = runner
  }

  func handle(_ event: RuntimeEvent<AppEvent>) -> Bool {
    let appEvent: AppEvent
    switch event {
    case .terminal(let event): appEvent = .terminal(event)
    case .message(let event): appEvent = event
    case .tick: appEvent = .tick
    }
    for effect in update(&state, appEvent, now: clock.now()) { carryOut(effect) }
    isDirty = true
    return !isLeaving
  }

  func frame(_ size: Size) -> Canvas? {
    guard isDirty, frameHeldUntil(state).map({ $0 <= clock.now() }) ?? true else { return nil }
    isDirty = false
    return view(state)
  }

  func millisecondsToTick() -> Int? {
    nextDeadline(state).map { max(0, Int($0 - clock.now())) }
  }

  /// Hands the work over before the process stops, and takes it up again after.
  func suspend(_ terminal: Terminal) {
    runner.flushDrafts()
    background?.pause()
    terminal.suspend()
    background?.resume()
    isDirty = true
  }

  /// The draft in the user's own editor, with the whole terminal; the worker goes on meanwhile.
  private func editOutside(_ lead: LeadID, text: String) {
    runner.flushDrafts()
    let editor = OutsideEditor(directory: runner.directory) { [terminal] in
      terminal.runOutside($0)
    }
    let outcome = editor.edit(text)
    terminal.redraw()
    isDirty = true
    switch outcome {
    case .edited(let text): runner.report(.edited(lead: lead, text: text))
    case .failed(let reason): runner.report(.failed(reason: reason))
    }
  }

  private func carryOut(_ effect: AppEffect) {
    switch effect {
    case .editOutside(let lead, let text): editOutside(lead, text: text)
    case .notify(let text): outfit.notify(text, on: terminal)
    case .setTheme(let name): terminal.setScheme(outfit.scheme(named: name))
    case .title(let title): terminal.setTitle(title)
    case .copy(let text):
      if !terminal.copy(text) { runner.report(.failed(reason: "That is too long to copy")) }
    case .setMouse(let on): terminal.setMouse(on)
    case .redraw: terminal.redraw()
    case .suspend: suspend(terminal)
    case .quit: isLeaving = true
    default: runner.carryOut(effect)
    }
  }
}
