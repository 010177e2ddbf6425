// Opens the pickers, and what their keys and choices do.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, picker: PickerState) {
    var picker = picker
    let count = picker.matching.count
    switch key {
    case .escape where !picker.search.isEmpty:
      picker.search = TextEditor(kind: .singleLine)
      picker.cursor = 0
    case .escape, .ctrl("c"):
      if picker.isOfThemes { previewTheme(nil) }
      return dismissOverlay()
    case .up, .ctrl("p"): picker.cursor = max(0, picker.cursor - 1)
    case .down, .ctrl("n"): picker.cursor = max(0, min(count - 1, picker.cursor + 1))
    case .enter, .ctrl("j"): return pick(picker, at: picker.cursor)
    case .character(let digit) where picker.takesDigits && digit >= "1" && digit <= "9":
      if let number = digit.wholeNumberValue { return pick(picker, at: number - 1) }
    default: if picker.search.handle(key) != .ignored { picker.cursor = 0 }
    }
    replaceOverlay(.picker(picker))
    if picker.isOfThemes, pickable(picker, at: picker.cursor) {
      previewTheme(picker.matching[picker.cursor].choice)
    }
  }

  func pickable(_ picker: PickerState, at index: Int) -> Bool {
    picker.matching.indices.contains(index)
  }

  mutating func pick(_ picker: PickerState, at index: Int) {
    guard pickable(picker, at: index) else { return }
    dismissOverlay()
    switch picker.matching[index].choice {
    case .stage(let stage): choose(stage, for: picker.lead, marked: picker.marked)
    case .owner(let user):
      if let marked = picker.marked {
        act(on: marked, .assign(user))
      } else if let lead = picker.lead {
        assign(lead, to: user)
      }
    case .filter(let filter): filterInbox(filter)
    case .template(let template): use(template, for: picker.subject)
    case .whatsAppTemplate(let template): fillIn(template, for: picker.subject)
    case .reaction(let emoji, let target): react(emoji, to: target, lead: picker.lead)
    case .theme(let name): chooseTheme(name)
    case .openable(let openable): open(openable)
    case .samePerson, .otherPerson:
      settlePerson(picker.matching[index].choice, for: picker.lead)
    }
  }

  /// Closing as lost asks why.
  mutating func choose(_ stage: Stage, for lead: LeadID? = nil, marked: [LeadID]? = nil) {
    if let marked {
      guard stage.kind == .lost else { return act(on: marked, .stage(stage.id, reason: nil)) }
      return put(.prompt(PromptState(purpose: .lostReasonOfMany(marked, stage))))
    }
    guard let lead = lead ?? subject?.id else { return }
    if stage.kind == .lost {
      let row = inbox.row(lead) ?? opened?.summary
      let name = row.map { Wrap.truncate(leadName($0), to: 24) } ?? ""
      put(.prompt(PromptState(purpose: .lostReason(lead, stage, name: name))))
    } else {
      setStage(lead, stage.id, reason: nil)
    }
  }

  mutating func pickStage() {
    guard let lead = subject, let book else { return }
    let items = book.stages.sorted { $0.position < $1.position }.map { stage in
      PickerState.Item(
        title: Sanitizer.line(stage.name, limit: 60),
        detail: stage.kind.title,
        isCurrent: stage.id == lead.stage,
        choice: .stage(stage)
      )
    }
    openPicker("Stage of ", lead, items)
  }

  mutating func pickOwner() {
    guard let lead = subject, let book else { return }
    var items = book.users.filter { !$0.isDisabled }.map { user in
      PickerState.Item(
        title: Sanitizer.line(user.name, limit: 60),
        detail: user.id == session?.user.id ? "you" : user.role.rawValue,
        isCurrent: user.id == lead.owner,
        choice: .owner(user.id)
      )
    }
    items.append(
      PickerState.Item(title: "Nobody", isCurrent: lead.owner == nil, choice: .owner(nil))
    )
    openPicker("Assign ", lead, items)
  }

  /// About the lead, or those that are marked.
  private mutating func openPicker(
    _ what: String,
    _ lead: LeadSummary,
    _ items: [PickerState.Item]
  ) {
    let marked = markedLeads
    let whom = marked.map { counted($0.count, "lead") } ?? leadName(lead)
    var picker = PickerState(title: what + whom, subject: lead, items: items)
    picker.marked = marked
    if marked != nil {
      // What is so for one of them says nothing of the others.
      picker.cursor = 0
      for index in picker.items.indices { picker.items[index].isCurrent = false }
    }
    overlays.append(.picker(picker))
  }

  mutating func pickFilter() {
    let items = InboxQuery.Filter.allCases.map {
      PickerState.Item(
        title: $0.title,
        detail: $0.help,
        isCurrent: $0 == inbox.filter,
        choice: .filter($0)
      )
    }
    overlays.append(.picker(PickerState(title: "Show", items: items)))
  }

  mutating func pickTemplate() {
    guard let lead = subject, let book else { return }
    // Outside the window WhatsApp takes its own templates only.
    if lead.id == opened?.id, opened?.thread.closedReason != nil, takesTemplates(lead) {
      return pickWhatsAppTemplate()
    }
    guard !book.templates.isEmpty else { return say("There are no saved replies yet") }
    let values = placeholderValues(lead)
    let items = book.templates.map {
      PickerState.Item(
        title: Sanitizer.line($0.name, limit: 60),
        detail: Sanitizer.paragraph(Placeholders.fill($0.body, with: values), limit: 2000),
        choice: .template($0)
      )
    }
    overlays.append(
      .picker(
        PickerState(
          title: "Saved replies to " + leadName(lead),
          subject: lead,
          items: items,
          showsPreview: true
        )
      )
    )
  }
}

extension Stage.Kind {
  var title: String {
    switch self {
    case .open: ""
    case .parked: "parked"
    case .won: "closes as won"
    case .lost: "closes, asks why"
    }
  }
}
