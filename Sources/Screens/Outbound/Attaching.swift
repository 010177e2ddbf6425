// Files, places and answers to choose from: what a message can carry beside its words. Each asks in a
// prompt; the composer's text is the caption or the question.
import Model
import TerminalUI

extension AppState {
  mutating func ask(_ purpose: (LeadID) -> PromptState.Purpose) {
    guard let opened else { return }
    if let reason = opened.thread.closedReason { return complain(reason) }
    put(.prompt(PromptState(purpose: purpose(opened.id))))
  }

  /// Sends the file at a path of this machine, or a public address, with what is typed as its caption.
  ///
  /// The prompt stays open until the file is queued.
  mutating func attach(_ path: String, to lead: LeadID) {
    let caption = opened?.id == lead ? opened?.composer.text.text.trimmedMessage ?? "" : ""
    effects.append(
      .attach(lead, path: path, caption: caption, replyTo: opened?.composer.quote?.providerID)
    )
    var prompt = PromptState(purpose: .attach(lead))
    prompt.field.replace(with: path)
    prompt.isBusy = true
    overlays.append(.prompt(prompt))
  }

  /// The file is on its way: its caption no longer waits in the composer.
  mutating func attached(_ lead: LeadID, caption: String, note: String?) {
    if let place = attachment(to: lead)?.place { overlays.remove(at: place) }
    if opened?.id == lead {
      // The store's draft is gone: what was typed since has to be kept anew.
      if opened?.composer.text.text.trimmedMessage == caption {
        emptyComposer()
      } else {
        keepDraft(now: true)
      }
    }
    sent([OutboundMessage(.file(.document), text: caption)], to: lead)
    say("Queued" + (note.map { ": " + $0 } ?? ""), of: lead, hint: undoHint())
  }

  /// The file can't go: the prompt says why and keeps its path.
  mutating func attachRefused(_ lead: LeadID, path: String, reason: String) {
    guard let found = attachment(to: lead), found.prompt.field.text == path else {
      return complain("Not sent: " + reason)
    }
    var prompt = found.prompt
    prompt.isBusy = false
    prompt.error = Sanitizer.line(reason, limit: 300)
    overlays[found.place] = .prompt(prompt)
  }

  /// The prompt whose file is on its way to this lead.
  private func attachment(to lead: LeadID) -> (place: Int, prompt: PromptState)? {
    for (place, overlay) in overlays.enumerated() {
      if case .prompt(let prompt) = overlay, prompt.isBusy, prompt.purpose == .attach(lead) {
        return (place, prompt)
      }
    }
    return nil
  }

  /// What goes with the file.
  var captionNote: String {
    let caption = Sanitizer.line(opened?.composer.text.text.trimmedMessage ?? "", limit: 300)
    return caption.isEmpty
      ? "Without a caption: write it in the reply first"
      : "With what you have written as its caption: “\(Wrap.truncate(caption, to: 60))”"
  }

  /// Tab in the prompt asks what is there; the answer completes what was typed then.
  mutating func receiveCompletions(typed: String, paths: [String]) {
    guard case .prompt(var prompt) = overlays.last, case .attach = prompt.purpose,
      prompt.field.text == typed
    else { return }
    guard let first = paths.first else {
      prompt.error = "There is no such file"
      return replaceOverlay(.prompt(prompt))
    }
    let common = paths.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    if common.count > typed.count { prompt.field.replace(with: common) }
    prompt.choices = paths.count > 1 ? paths.map { Self.lastPart($0) } : []
    prompt.error = nil
    replaceOverlay(.prompt(prompt))
  }

  private static func lastPart(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return Sanitizer.line(name, limit: 60) + (path.hasSuffix("/") ? "/" : "")
  }

  /// `Yes | No | Later`: buttons, a list when there are more than three, quick replies on Instagram and
  /// Messenger.
  mutating func sendChoices(_ typed: String, to lead: LeadID) -> String? {
    guard let opened, opened.id == lead else { return nil }
    let titles = typed.split(separator: "|").map { $0.trimmed }
    let question = opened.composer.text.text.trimmedMessage
    guard !question.isEmpty else { return "Write the question first, then its answers" }
    guard titles.count > 0, titles.allSatisfy({ !$0.isEmpty }) else {
      return "Answers are separated by |, such as Yes | No"
    }
    let style: Choices.Style =
      opened.summary.channelKind == .whatsapp
      ? titles.count > 3 ? .list : .buttons : .quickReplies
    let rows = titles.enumerated().map { Choices.Row(id: "answer-\($0 + 1)", title: $1) }
    let message = OutboundMessage(
      .choices(Choices(style: style, rows: rows, opener: style == .list ? "Choose" : nil)),
      text: question,
      replyTo: opened.composer.quote?.providerID
    )
    emptyComposer()
    sendMessages([message], to: lead)
    return nil
  }

  /// `52.5163, 13.3777, Downtown Gym, Unter den Linden 1`.
  mutating func sendPlace(_ typed: String, to lead: LeadID) -> String? {
    let parts = typed.split(separator: ",", maxSplits: 3).map {
      $0.trimmed
    }
    guard parts.count >= 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]) else {
      return "A place is latitude, longitude, name, address"
    }
    let place = Place(
      latitude: latitude,
      longitude: longitude,
      name: parts.count > 2 ? parts[2] : nil,
      address: parts.count > 3 ? parts[3] : nil
    )
    let words = [place.name, place.address].compactMap { $0 }.joined(separator: ", ")
    let text = words.isEmpty ? "\(latitude), \(longitude)" : words
    sendMessages([OutboundMessage(.place(place), text: text)], to: lead)
    return nil
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
