// `inbox export …`: whole tables as CSV that a spreadsheet opens without running anything in it.
import ArgumentParser
import Model
import Settings
import Store

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write leads, messages or activity to a CSV file.",
    discussion: "Cells that a spreadsheet would take for a formula begin with an apostrophe."
  )

  enum Table: String, ExpressibleByArgument, CaseIterable {
    case leads, messages, activity
  }

  @OptionGroup var common: CommonOptions
  @Argument(help: "leads, messages or activity.") var table: Table
  @Option(name: .customLong("csv"), help: "The file to write; - for standard output.")
  var file: String

  func run() throws {
    let store = try common.open().store
    let output = try ExportFile(path: file)
    do {
      switch table {
      case .leads: try writeLeads(of: store, to: output)
      case .messages: try writeMessages(of: store, to: output)
      case .activity: try writeActivity(of: store, to: output)
      }
    } catch {
      output.discard()
      throw error
    }
    try output.finish()
  }

  private func writeLeads(of store: LeadStore, to output: ExportFile) throws {
    let gyms = Dictionary(try store.gyms(.everything).map { ($0.id, $0.name) }) { $1 }
    let stages = Dictionary(try store.stages(.everything).map { ($0.id, $0.name) }) { $1 }
    let owners = Dictionary(try store.users().map { ($0.id, $0.email) }) { $1 }
    try output.write([
      "id", "name", "gym", "stage", "owner", "source", "channel", "phone", "username", "email",
      "created_at", "last_message_at", "needs_reply", "unread",
    ])
    try store.eachLead(scope: .everything) { lead in
      let summary = lead.summary
      func identity(_ kind: Identity.Kind) -> String {
        lead.identities.first { $0.kind == kind }?.value ?? ""
      }
      let phone = identity(.phone)
      try output.write([
        summary.id.description, summary.name, gyms[summary.gym] ?? "",
        stages[summary.stage] ?? "", summary.owner.flatMap { owners[$0] } ?? "", lead.source,
        lead.channel ?? "", phone.isEmpty ? "" : "+" + phone, identity(.username),
        identity(.email), summary.createdAt.rfc3339, summary.lastMessageAt.rfc3339,
        summary.needsReply ? "true" : "false", String(summary.unread),
      ])
    }
  }

  private func writeMessages(of store: LeadStore, to output: ExportFile) throws {
    try output.write([
      "id", "lead", "direction", "kind", "text", "provider_id", "provider_at", "status", "author",
      "channel",
    ])
    try store.eachMessage(scope: .everything) { message in
      try output.write([
        message.id.description, message.lead?.description ?? "", message.direction, message.kind,
        message.text, message.providerID ?? "", message.providerAt.rfc3339, message.status,
        message.author ?? "", message.channel,
      ])
    }
  }

  private func writeActivity(of store: LeadStore, to output: ExportFile) throws {
    try output.write(["id", "lead", "at", "actor", "verb", "before", "after"])
    try store.eachActivity(scope: .everything) { act in
      try output.write([
        String(act.id), act.lead?.description ?? "", act.at.rfc3339, act.actor ?? "", act.verb,
        act.before ?? "", act.after ?? "",
      ])
    }
  }
}
