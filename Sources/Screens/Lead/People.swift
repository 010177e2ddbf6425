// Who a lead is: the other lead of the same person, and forgetting somebody.
import Model
import TerminalUI

extension AppState {
  /// Those that look like the same person come first, then the list's others.
  mutating func pickSamePerson() {
    guard let lead = subject else { return }
    let twins = opened?.id == lead.id ? opened?.detail?.twins ?? [] : []
    var items: [PickerState.Item] = []
    for twin in twins {
      let name = Sanitizer.line(twin.name, limit: 60)
      let reason = Sanitizer.line(twin.reason, limit: 60)
      items.append(PickerState.Item(title: name, detail: reason, choice: .samePerson(twin.lead)))
      items.append(
        PickerState.Item(title: name + " is somebody else", choice: .otherPerson(twin.lead))
      )
    }
    for row in inbox.rows where row.id != lead.id && !twins.contains(where: { $0.lead == row.id }) {
      items.append(
        PickerState.Item(
          title: leadName(row),
          detail: row.channelKind.title,
          choice: .samePerson(row.id)
        )
      )
    }
    guard !items.isEmpty else { return complain("There is no other lead in the list") }
    overlays.append(
      .picker(PickerState(title: "Same person as \(leadName(lead))?", subject: lead, items: items))
    )
  }

  /// The other lead becomes part of the one it was asked for, which stays on screen.
  mutating func settlePerson(_ choice: PickerState.Choice, for lead: LeadID?) {
    guard let lead else { return }
    switch choice {
    case .samePerson(let other): effects.append(.merge(other, into: lead))
    case .otherPerson(let other): effects.append(.tellApart(lead, other))
    default: break
    }
  }

  /// Asks once it is known how much there is to forget.
  mutating func askToErase(_ size: ErasureSize) {
    let row = opened?.id == size.lead ? opened?.summary : inbox.row(size.lead)
    guard let row else { return }
    overlays.append(.prompt(PromptState(purpose: .erase(size, name: leadName(row)))))
  }

  mutating func erase(_ size: ErasureSize, typed: String) -> String? {
    guard typed.filter({ !$0.isWhitespace }) == size.word else {
      return "Type \(size.word), or Esc to keep them"
    }
    effects.append(.erase(size.lead))
    return nil
  }

  /// What the lead pane says of it.
  func personLines(_ detail: LeadDetail, width: Int) -> [LeadLine] {
    var lines: [LeadLine] = []
    for (kind, consent) in detail.consents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for entry in consent.entries where entry.decision == .optedOut {
        let what = entry.category == .all ? "wants no messages" : "wants no marketing"
        let words = "⊘ \(kind.title): \(what) · \(shortAge(from: entry.at, to: now))"
        lines.append(LeadLine(left: [Span(Wrap.truncate(words, to: width), Theme.warning)]))
      }
    }
    for (index, twin) in detail.twins.enumerated() {
      if index == 0 { lines += section("Perhaps the same person", key: "= settle") }
      let words =
        Sanitizer.line(twin.name, limit: 60) + " · " + Sanitizer.line(twin.reason, limit: 60)
      lines.append(LeadLine(left: [Span(Wrap.truncate(words, to: width))]))
    }
    return lines
  }
}

/// What erasing somebody takes away.
package struct ErasureSize: Equatable, Sendable {
  package var lead: LeadID
  package var messages: Int
  package var notes: Int
  package var files: Int

  package init(lead: LeadID, messages: Int, notes: Int, files: Int) {
    self.lead = lead
    self.messages = messages
    self.notes = notes
    self.files = files
  }

  /// The typed answer: the number of messages, so that nobody answers out of habit.
  var word: String { messages > 0 ? String(messages) : "erase" }
}
