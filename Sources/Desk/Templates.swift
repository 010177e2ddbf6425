// The gym's own saved replies and WhatsApp's templates: reading, writing, and the calls that make, change
// and delete them at WhatsApp. Only owners and admins may change anything.
import Channels
import Model
import Store

extension FrontDesk {
  /// How to reach WhatsApp about a business account's templates.
  package struct TemplateAccess: Sendable {
    package var graph: GraphClient
    package var credentials: GraphCredentials

    package init(graph: GraphClient, credentials: GraphCredentials) {
      self.graph = graph
      self.credentials = credentials
    }
  }

  /// Makes or changes a saved reply.
  package func saveReply(
    _ id: TemplateID?,
    name: String,
    body: String,
    by seat: Seat
  ) throws -> String {
    try requireAdmin(seat)
    let title = name.trimmed
    guard !title.isEmpty, title.count <= 60 else {
      throw Refusal(rule: "template", text: "A saved reply needs a name of at most 60 characters")
    }
    guard !body.trimmed.isEmpty else {
      throw Refusal(rule: "template", text: "A saved reply needs a text")
    }
    guard let gym = try store.gyms(seat.scope).first else {
      throw Refusal(rule: "gym", text: "there is no gym yet; run inbox setup")
    }
    let isTaken = try store.templates(seat.scope).contains {
      $0.gym == gym.id && $0.name == title && $0.id != id
    }
    guard !isTaken else {
      throw Refusal(rule: "template", text: "There is a saved reply “\(title)” already")
    }
    let change = try store.saveTemplate(
      id,
      gym: gym.id,
      name: title,
      body: body,
      by: seat.actor
    )
    undoLog.did(.reply(from: change.before, to: change.after), by: seat)
    return id == nil ? "Saved reply “\(title)” added" : "Saved reply “\(title)” changed"
  }

  package func deleteReply(_ id: TemplateID, by seat: Seat) throws -> String {
    try requireAdmin(seat)
    if let reply = try store.deleteTemplate(id, by: seat.actor) {
      undoLog.did(.reply(from: reply, to: nil), by: seat)
    }
    return "Saved reply deleted"
  }

  /// Sends a template to WhatsApp's review; `examples` are by the gaps' keys.
  package func submit(
    _ template: WhatsAppTemplate,
    examples: [String: String],
    through access: TemplateAccess,
    by seat: Seat
  ) throws -> String {
    try requireAdmin(seat)
    let problems = TemplateRules.problems(
      name: template.name,
      language: template.language,
      template.components
    )
    if let first = problems.first { throw Refusal(rule: "template", text: first) }
    let missing = template.components.gaps.first { gap in
      if case .media = gap.place { return false }
      return examples[gap.key]?.contains { !$0.isWhitespace } != true
    }
    if let missing {
      throw Refusal(
        rule: "template",
        text: "Give an example for {{\(missing.name)}}: WhatsApp's reviewers want to see one"
      )
    }
    let isNew = template.providerID == nil
    let outcome =
      isNew
      ? access.graph.create(template, examples: examples, access.credentials)
      : access.graph.change(template, examples: examples, access.credentials)
    let kept = try value(of: outcome)
    try store.keepTemplate(kept)
    try store.audit(isNew ? "template_created" : "template_changed", kept.name, by: seat.actor)
    let note =
      kept.category == template.category ? "" : " as \(kept.category.rawValue.lowercased())"
    return kept.status == .approved
      ? "\(kept.name) is approved\(note)" : "\(kept.name) is in WhatsApp's review\(note)"
  }

  package func delete(
    _ template: WhatsAppTemplate,
    through access: TemplateAccess,
    by seat: Seat
  ) throws -> String {
    try requireAdmin(seat)
    try value(of: access.graph.delete(template, access.credentials))
    try store.forgetTemplate(
      template.name,
      language: template.providerID == nil ? nil : template.language,
      account: template.account
    )
    try store.audit("template_deleted", template.name, by: seat.actor)
    return "\(template.name) is deleted at WhatsApp"
  }

  /// A message made of a WhatsApp template and the values for its gaps, ready for the gate.
  ///
  /// A media header's value is a path or a public address.
  package func message(
    _ template: WhatsAppTemplate,
    values: [String: String],
    to lead: LeadID,
    seat: Seat
  ) throws -> OutboundMessage {
    if let gap = template.components.missing(values).first {
      throw Refusal(rule: "placeholder", text: "\(template.name): fill in \(gap.label)")
    }
    let channel = try channel(for: template, lead: lead, seat: seat)
    var message = OutboundMessage(
      .template(template.message(values)),
      text: template.components.preview(values),
      channel: channel
    )
    if case .media(let kind) = template.components.header, let path = values["header.file"],
      !path.isWebAddress
    {
      let attached = try attach(path, caption: "", on: .whatsapp)
      guard attached.message.content.kind == kind else {
        throw Refusal(
          rule: "file",
          text: "\(template.name) wants a \(kind.rawValue) in its header, \(path) is none"
        )
      }
      message.file = attached.message.file
    }
    return message
  }

  /// The channel of the template's account that knows the lead best: where they wrote, else any.
  private func channel(
    for template: WhatsAppTemplate,
    lead: LeadID,
    seat: Seat
  ) throws -> String {
    guard let detail = try store.lead(lead, scope: seat.scope) else {
      throw StoreError.noSuchLead(lead)
    }
    let own = try store.channels().filter { $0.businessAccount == template.account }.map(\.id)
    let known = detail.threads.first { own.contains($0.channel) }?.channel
    guard let channel = known ?? own.first else {
      throw Refusal(
        rule: "template_missing",
        text: "No channel of the config has the business account of \(template.name)"
      )
    }
    return channel
  }

  /// The template called `name`, or `name:language` where there are several.
  package func whatsAppTemplate(named name: String, seat: Seat) throws -> WhatsAppTemplate {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let found = try store.whatsAppTemplates(seat.scope).filter {
      $0.name == parts.first && (parts.count < 2 || $0.language == parts[1])
    }
    guard let first = found.first else {
      throw Refusal(
        rule: "template_missing",
        text: "There is no template \(name); `inbox template list` shows them"
      )
    }
    guard found.count == 1 else {
      let languages = found.map { "\($0.name):\($0.language)" }.joined(separator: ", ")
      throw Refusal(rule: "template_language", text: "\(name) has several languages: \(languages)")
    }
    return first
  }

  /// Asks the worker to read WhatsApp's templates anew.
  package func syncTemplates() throws -> String {
    try store.wantTemplates()
    return "The worker reads WhatsApp's templates now"
  }

  private func value<Value>(of outcome: GraphReply<Value>) throws -> Value {
    switch outcome {
    case .found(let value): return value
    case .refused(let error):
      throw Refusal(rule: "whatsapp", text: "WhatsApp refused it: \(error.userText)")
    case .unreachable(let reason):
      throw Refusal(rule: "whatsapp", text: "WhatsApp can't be reached: \(reason)")
    }
  }

  /// Scripts on the machine act as administrators.
  func requireAdmin(_ seat: Seat) throws {
    guard let id = seat.actor.user else { return }
    let user = try store.users().first { $0.id == id }
    guard let user, user.role != .staff, !user.isDisabled else {
      throw Refusal(rule: "role", text: "Only an owner or admin may do this: ask one of them")
    }
  }
}
