// What is typed into questions and forms about a lead and not answered yet: kept while it is typed, so
// that a lost line loses none of it. An answer ends it, and Esc.
import Model
import TerminalUI

/// Texts of forms by the form, and of those by the field.
struct BegunForms: Equatable {
  private var texts: [String: [String: String]] = [:]

  init() {}

  /// One value a line, the last word of each form counts; empty for what is not ours.
  init(kept: String) {
    for line in kept.split(separator: "\n") {
      guard let value = try? JSONValue.parse(String(line)) else { continue }
      for form in value.members {
        let fields = form.value.members.map { ($0.key, $0.value.text ?? "") }
        texts[form.key] = Dictionary(fields) { _, last in last }
      }
    }
  }

  /// Empty when nothing is begun.
  var kept: String {
    guard !texts.isEmpty else { return "" }
    let forms = texts.sorted { $0.key < $1.key }.map { name, fields in
      let members = fields.sorted { $0.key < $1.key }
        .map { JSONValue.Member($0.key, .string($0.value)) }
      return JSONValue.Member(name, .object(members))
    }
    return JSONValue.object(forms).encoded()
  }

  /// The fields' texts; nil when nothing is begun, and setting that forgets the form.
  subscript(form: String) -> [String: String]? {
    get { texts[form] }
    set { texts[form] = newValue }
  }

  /// These and the others, of which these go before where both have a form.
  func over(_ others: BegunForms) -> BegunForms {
    var both = self
    both.texts.merge(others.texts) { mine, _ in mine }
    return both
  }
}

/// Those about a lead, and what the store had of them when it was last looked at.
struct LeadForms: Equatable {
  var forms = BegunForms()
  var seen: String?
}

/// A question or a form about a lead, as it is kept.
private struct BegunForm {
  var lead: LeadID
  var name: String
  /// Nil while nothing is typed that would be lost.
  var fields: [String: String]?
}

extension Overlay {
  private static let answer = "answer"

  /// Nil for what asks for a word only, and for what is kept elsewhere: notes, templates.
  fileprivate var begun: BegunForm? {
    switch self {
    case .prompt(let prompt):
      guard let (lead, name) = prompt.purpose.form else { return nil }
      let text = prompt.field.text
      let isBlank = text.allSatisfy(\.isWhitespace)
      return BegunForm(lead: lead, name: name, fields: isBlank ? nil : [Self.answer: text])
    case .templateForm(let form):
      let template = form.template
      return BegunForm(
        lead: form.lead,
        name: "whatsapp \(template.account) \(template.name) \(template.language)",
        fields: form.isChanged ? form.values : nil
      )
    case .help, .palette, .picker, .templateEditor: return nil
    }
  }

  fileprivate mutating func restore(_ fields: [String: String]) {
    switch self {
    case .prompt(var prompt):
      prompt.field.replace(with: fields[Self.answer] ?? "")
      self = .prompt(prompt)
    case .templateForm(var form):
      for place in form.fields.indices {
        guard let text = fields[form.fields[place].gap.key] else { continue }
        form.fields[place].editor.replace(with: text)
      }
      self = .templateForm(form)
    case .help, .palette, .picker, .templateEditor: break
    }
  }
}

extension PromptState.Purpose {
  fileprivate var form: (LeadID, String)? {
    switch self {
    case .lostReason(let lead, _, _): (lead, "lost")
    case .lostReasonOfMany(let leads, _): leads.first.map { ($0, "lost, many") }
    case .later(let lead): (lead, "later")
    case .attach(let lead): (lead, "file")
    case .choices(let lead): (lead, "choices")
    case .place(let lead): (lead, "place")
    case .note, .tour, .deleteReply, .deleteTemplate, .erase, .split, .quit, .gone: nil
    }
  }
}

extension AppState {
  /// Opens a question or a form, with what was begun of it.
  mutating func put(_ overlay: Overlay) {
    overlays.append(overlay)
    if let begun = overlay.begun { effects.append(.loadDraft(.form(begun.lead))) }
  }

  /// Called whenever the texts of the form may have changed.
  mutating func keepBegun(_ overlay: Overlay) {
    guard let begun = overlay.begun else { return }
    keepForm(begun, begun.fields, now: false)
  }

  /// It was answered, or dropped knowingly.
  mutating func forgetBegun(_ overlay: Overlay) {
    guard let begun = overlay.begun else { return }
    keepForm(begun, nil, now: true)
  }

  private mutating func keepForm(_ begun: BegunForm, _ fields: [String: String]?, now: Bool) {
    var kept = begunForms[begun.lead] ?? LeadForms()
    guard kept.forms[begun.name] != fields else { return }
    kept.forms[begun.name] = fields
    begunForms[begun.lead] = kept
    effects.append(
      .saveDraft(.form(begun.lead), text: kept.forms.kept, seen: kept.seen, now: now)
    )
  }

  /// What the store has: it goes into the form that waits for it, unless something is typed there.
  mutating func receiveForms(_ lead: LeadID, text: String) {
    var forms = BegunForms(kept: text)
    defer { begunForms[lead] = LeadForms(forms: forms, seen: text) }
    guard var overlay = overlays.last, let begun = overlay.begun, begun.lead == lead else { return }
    if let typed = begun.fields {
      forms[begun.name] = typed
    } else if let fields = forms[begun.name] {
      overlay.restore(fields)
      replaceOverlay(overlay)
      say("What you had begun stands here again")
    }
  }

  /// Begun in another terminal: it stays, beside what is begun here.
  mutating func meetForms(_ lead: LeadID, text: String) {
    let mine = begunForms[lead] ?? LeadForms()
    begunForms[lead] = LeadForms(
      forms: mine.forms.over(BegunForms(kept: text)),
      seen: mine.seen
    )
  }
}
