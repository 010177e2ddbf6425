// Choosing a WhatsApp template for a lead, filling it in, sending it.
import Model
import TerminalUI

extension AppState {
  /// Templates of WhatsApp that can go out now.
  var sendableTemplates: [WhatsAppTemplate] {
    (book?.whatsAppTemplates ?? []).filter { $0.refusal == nil }
  }

  /// The lead can be reached by template: it wrote on WhatsApp, or its phone number is known.
  func takesTemplates(_ lead: LeadSummary) -> Bool {
    guard !sendableTemplates.isEmpty, !(opened?.id == lead.id && opened?.thread.isErased == true)
    else { return false }
    if lead.channelKind == .whatsapp { return true }
    guard let detail = opened?.detail, detail.summary.id == lead.id else { return false }
    return detail.identities.contains { $0.kind == .phone }
  }

  /// `isUnasked` when it was a reply that somebody meant to write.
  mutating func pickWhatsAppTemplate(isUnasked: Bool = false) {
    guard let lead = subject ?? opened?.summary else { return }
    effects.append(.loadGym)
    guard !sendableTemplates.isEmpty else {
      return say("WhatsApp has no approved template here: g t shows them all")
    }
    let known = placeholderValues(lead)
    let items = sendableTemplates.map { template in
      let form = TemplateFormState(lead: lead.id, leadName: "", template: template, known: known)
      return PickerState.Item(
        title: Sanitizer.line(template.name, limit: 60) + " · " + template.language,
        detail: template.category.rawValue.lowercased() + "\n"
          + Sanitizer.paragraph(form.preview, limit: 2000),
        choice: .whatsAppTemplate(template)
      )
    }
    var picker = PickerState(
      title: "WhatsApp template to " + leadName(lead),
      subject: lead,
      items: items,
      showsPreview: true
    )
    picker.isUnasked = isUnasked
    overlays.append(.picker(picker))
  }

  mutating func fillIn(_ template: WhatsAppTemplate, for row: LeadSummary?) {
    guard let row else { return }
    put(
      .templateForm(
        TemplateFormState(
          lead: row.id,
          leadName: leadName(row),
          template: template,
          known: placeholderValues(row)
        )
      )
    )
  }

  mutating func press(_ key: Key, form: TemplateFormState) {
    var form = form
    let isLeaving = form.isLeaving
    form.isLeaving = false
    switch key {
    case .escape, .ctrl("c"):
      guard form.isChanged, !isLeaving, !form.isBusy else {
        if !form.isBusy { forgetBegun(.templateForm(form)) }
        return dismissOverlay()
      }
      form.isLeaving = true
    case .tab, .down, .ctrl("j"):
      form.cursor = min(form.cursor + 1, max(0, form.fields.count - 1))
    case .backTab, .up: form.cursor = max(0, form.cursor - 1)
    case .enter:
      if form.cursor + 1 < form.fields.count, !form.template.components.missing(form.values).isEmpty
      {
        form.cursor += 1
      } else {
        return send(form)
      }
    default:
      guard form.fields.indices.contains(form.cursor) else { break }
      if form.fields[form.cursor].editor.handle(key) != .ignored { form.error = nil }
      keepBegun(.templateForm(form))
    }
    replaceOverlay(.templateForm(form))
  }

  private mutating func send(_ form: TemplateFormState) {
    guard !form.isBusy else { return }
    var form = form
    if let gap = form.template.components.missing(form.values).first {
      form.error = "Fill in \(gap.label)"
      form.cursor = form.fields.firstIndex { $0.gap == gap } ?? form.cursor
      return replaceOverlay(.templateForm(form))
    }
    form.isBusy = true
    replaceOverlay(.templateForm(form))
    effects.append(.sendTemplate(form.lead, form.template, values: form.values))
    say("Sending \(form.template.name) …")
  }

  /// The template is queued: its form is done with.
  mutating func templateSent(_ lead: LeadID) {
    if case .templateForm(let form) = overlays.last, form.lead == lead {
      dismissOverlay()
      forgetBegun(.templateForm(form))
    }
    sent([OutboundMessage(.template(TemplateMessage(name: "", language: "")), text: "")], to: lead)
    say("Template queued", of: lead, hint: undoHint())
  }

  /// The desk says no: the form, where it is still open, says why.
  mutating func templateRefused(_ reason: String) {
    switch overlays.last {
    case .templateForm(var form):
      form.error = Sanitizer.line(reason, limit: 300)
      form.isBusy = false
      replaceOverlay(.templateForm(form))
    case .templateEditor(var editor):
      editor.error = Sanitizer.line(reason, limit: 300)
      editor.isBusy = false
      replaceOverlay(.templateEditor(editor))
    default: complain(reason)
    }
  }
}
