// Who else is busy at the opened lead: said before two people answer it at once.
import Model
import TerminalUI

extension AppState {
  mutating func askCompany() {
    guard phase == .desk, let lead = opened?.id, opened?.companyLoading.ask() ?? false else {
      return
    }
    effects.append(.loadCompany(lead))
  }

  mutating func receive(_ company: Company) {
    guard opened?.id == company.lead else { return }
    let isStale = opened?.companyLoading.answered() ?? false
    opened?.company = company
    if opened?.isDraftAhead ?? false {
      opened?.isDraftAhead = false
      return askCompany()
    }
    if let draft = company.draft { followDraft(draft) }
    if isStale { askCompany() }
  }

  /// Another terminal of the same person has written on, or sent what stood here.
  private mutating func followDraft(_ draft: String) {
    guard let composer = opened?.composer, composer.isDraftKnown else { return }
    opened?.composer.seen = draft
    guard composer.text.text != draft else { return }
    let wasEmpty = composer.isEmpty
    guard composer.isActive else {
      opened?.composer.text = TextEditor(text: draft)
      return
    }
    opened?.composer.text.replace(with: draft)
    guard draft.isEmpty, !wasEmpty else { return }
    say("Sent or cleared in another terminal of yours · Ctrl-_ brings it back")
    notice?.isOfTyping = true
  }

  /// `Ben is typing here`, `Ben has a draft here`; nil when nobody is.
  var companyWords: String? {
    let others = opened?.company?.others ?? []
    let typing = others.filter { $0.typingEnds ?? now > now }
    let names = (typing.isEmpty ? others : typing).map { other in
      String(Sanitizer.line(other.name, limit: 60).prefix { $0 != " " })
    }
    guard let first = names.first else { return nil }
    let who = names.count == 1 ? first : "\(first) and \(names.count - 1) more"
    if typing.isEmpty {
      return who + (names.count == 1 ? " has a draft here" : " have drafts here")
    }
    return who + (names.count == 1 ? " is typing here" : " are typing here")
  }

  /// When a typing mark gets too old to be believed.
  var nextTypingEnd: Timestamp? {
    (opened?.company?.others ?? []).compactMap(\.typingEnds).filter { $0 > now }.min()
  }
}
