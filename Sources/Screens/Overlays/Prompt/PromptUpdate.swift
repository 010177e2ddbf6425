// Keys of prompts, and what their answers do.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, prompt: PromptState) {
    if prompt.purpose == .tour { return pressTourOffer(key) }
    if key == .escape || key == .ctrl("c") { return dismissOverlay() }
    var prompt = prompt
    if case .quit = prompt.purpose {
      switch key {
      case .character("y"), .character("Y"):
        dismissOverlay()
        leave()
      case .character("n"), .character("N"), .character("q"), .enter: dismissOverlay()
      default: break
      }
      return
    }
    switch key {
    case .enter: return answer(&prompt)
    case .ctrl("j"), .altEnter:
      guard case .note = prompt.purpose else { return answer(&prompt) }
      prompt.field.insert("\n")
    default: if prompt.field.handle(key) != .ignored { prompt.error = nil }
    }
    replaceOverlay(.prompt(prompt))
  }

  private mutating func answer(_ prompt: inout PromptState) {
    let text = prompt.field.text
    guard text.contains(where: { !$0.isWhitespace }) else {
      prompt.error = "Type something, or Esc to cancel"
      return replaceOverlay(.prompt(prompt))
    }
    dismissOverlay()
    switch prompt.purpose {
    case .note(let lead, _): addNote(lead, text: text)
    case .lostReason(let lead, let stage, _): setStage(lead, stage.id, reason: text)
    case .lostReasonOfMany(let leads, let stage):
      act(on: leads, .stage(stage.id, reason: text))
    case .quit, .tour: break
    }
  }

  /// The offer stands in nobody's way: any key but its own does what it always does.
  private mutating func pressTourOffer(_ key: Key) {
    dismissOverlay()
    effects.append(.tourTaken)
    if key == .character("T") { return startTour() }
    if key != .escape { press(key) }
  }

  mutating func askForNote() {
    guard let lead = subject else { return }
    overlays.append(.prompt(PromptState(purpose: .note(lead.id, name: leadName(lead)))))
  }
}
