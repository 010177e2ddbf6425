// Keys of prompts, and what their answers do.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, prompt: PromptState) {
    if prompt.purpose == .tour { return pressTourOffer(key) }
    if key == .escape || key == .ctrl("c") { return leave(prompt) }
    var prompt = prompt
    if case .split(let lead, let parts, _) = prompt.purpose {
      switch key {
      case .character("y"), .character("Y"):
        dismissOverlay()
        sendParts(parts, to: lead)
      case .character("n"), .character("N"), .enter: dismissOverlay()
      default: break
      }
      return
    }
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
    if case .gone(_, let into) = prompt.purpose {
      guard key == .enter else { return }
      dismissOverlay()
      guard let into else { return focus(.inbox) }
      open(into)
      return startReply()
    }
    guard !prompt.isBusy else { return }
    switch key {
    case .enter: return answer(&prompt)
    case .tab:
      guard case .attach = prompt.purpose else { break }
      effects.append(.completePath(prompt.field.text))
    case .ctrl("j"), .altEnter:
      guard case .note = prompt.purpose else { return answer(&prompt) }
      prompt.field.insert("\n")
      keepTyped(prompt)
    default:
      let outcome = prompt.field.handle(key)
      if outcome != .ignored { prompt.error = nil }
      if outcome == .changed { keepTyped(prompt) }
    }
    replaceOverlay(.prompt(prompt))
  }

  mutating func keepTyped(_ prompt: PromptState) {
    keepNote(prompt)
    keepBegun(.prompt(prompt))
  }

  /// Notes are journaled while they are typed, as replies are, and apart from them.
  mutating func keepNote(_ prompt: PromptState, now: Bool = false) {
    guard case .note(let lead, _) = prompt.purpose else { return }
    let text = prompt.field.text
    effects.append(.saveDraft(.note(lead), text: text, seen: prompt.seen, now: now))
  }

  /// What was begun of a note; what is typed already stays below it.
  mutating func receiveNote(_ lead: LeadID, text: String) {
    changeNote(lead) { prompt in
      guard prompt.seen == nil else { return false }
      prompt.seen = text
      return !text.isEmpty && prompt.putAbove(text)
    }
  }

  mutating func meetNote(_ lead: LeadID, text: String) {
    changeNote(lead) { !$0.field.text.contains(text) && $0.putAbove(text) }
  }

  /// Keeps what `change` has written into the open note.
  private mutating func changeNote(_ lead: LeadID, _ change: (inout PromptState) -> Bool) {
    for place in overlays.indices {
      guard case .prompt(var prompt) = overlays[place], case .note(lead, _) = prompt.purpose else {
        continue
      }
      let isChanged = change(&prompt)
      overlays[place] = .prompt(prompt)
      if isChanged { keepNote(prompt) }
    }
  }

  /// A note is kept for its lead: nothing typed is lost by a slip.
  private mutating func leave(_ prompt: PromptState) {
    dismissOverlay()
    forgetBegun(.prompt(prompt))
    guard case .note(let lead, _) = prompt.purpose else { return }
    keepNote(prompt, now: true)
    let isBlank = prompt.field.text.allSatisfy(\.isWhitespace)
    if opened?.id == lead { opened?.detail?.begunNote = isBlank ? nil : prompt.field.text }
    if !isBlank { say("The note is kept: c goes on with it") }
  }

  private mutating func answer(_ prompt: inout PromptState) {
    let text = prompt.field.text
    guard text.contains(where: { !$0.isWhitespace }) else {
      prompt.error = "Type something, or Esc to cancel"
      return replaceOverlay(.prompt(prompt))
    }
    if case .attach(let lead) = prompt.purpose {
      dismissOverlay()
      forgetBegun(.prompt(prompt))
      return attach(text, to: lead)
    }
    if let problem = outboundAnswer(prompt.purpose, text) {
      prompt.error = problem
      return replaceOverlay(.prompt(prompt))
    }
    overlays.removeAll { $0 == .prompt(prompt) }
    forgetBegun(.prompt(prompt))
    switch prompt.purpose {
    case .note(let lead, _): addNote(lead, text: text)
    case .lostReason(let lead, let stage, _): setStage(lead, stage.id, reason: text)
    case .lostReasonOfMany(let leads, let stage):
      act(on: leads, .stage(stage.id, reason: text))
    case .later, .attach, .choices, .place, .deleteReply, .deleteTemplate, .erase, .split, .quit,
      .gone, .tour:
      break
    }
  }

  /// Carries out what was asked for about a message; returns why it can't be.
  private mutating func outboundAnswer(
    _ purpose: PromptState.Purpose,
    _ typed: String
  ) -> String? {
    switch purpose {
    case .later: return sendLater(typed)
    case .choices(let lead): return sendChoices(typed, to: lead)
    case .place(let lead): return sendPlace(typed, to: lead)
    case .erase(let size, _): return erase(size, typed: typed)
    case .deleteReply, .deleteTemplate: return deleteTemplate(purpose, typed: typed)
    case .note, .lostReason, .lostReasonOfMany, .attach, .split, .tour, .quit, .gone: return nil
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
    effects.append(.loadDraft(.note(lead.id)))
  }
}
