// `inbox lead …`: leads for scripts.
import ArgumentParser
import Desk
import Model
import Settings
import Store

struct LeadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lead",
    abstract: "List, show and change leads.",
    subcommands: [
      List.self, Show.self, Add.self, SetStage.self, Assign.self, AddNote.self, Merge.self,
      Unmerge.self, Erase.self, RecordConsent.self,
    ]
  )
}

/// Names for the ids in lead rows.
private struct LeadNames {
  var gyms: [GymID: String] = [:]
  var stages: [StageID: String] = [:]
  var owners: [UserID: String] = [:]

  init(_ store: LeadStore) throws {
    for gym in try store.gyms(.everything) { gyms[gym.id] = gym.name }
    for stage in try store.stages(.everything) { stages[stage.id] = stage.name }
    for user in try store.users() { owners[user.id] = user.email }
  }

  func write(_ lead: ListedLead, to writer: inout JSONWriter) {
    let summary = lead.summary
    writer.field("id", summary.id.rawValue)
    writer.field("name", summary.name)
    writer.field("gym", gyms[summary.gym])
    writer.field("stage", stages[summary.stage])
    writer.field("owner", summary.owner.flatMap { owners[$0] })
    writer.field("source", lead.source)
    writer.field("channel", lead.channel)
    writer.field("phone", lead.identities.first { $0.kind == .phone }.map { "+" + $0.value })
    writer.field("username", lead.identities.first { $0.kind == .username }?.value)
    writer.field("created_at", summary.createdAt.rfc3339)
    writer.field("last_message_at", summary.lastMessageAt.rfc3339)
    writer.field("needs_reply", summary.needsReply)
    writer.field("waiting_since", summary.waitingSince?.rfc3339)
    writer.field("unread", summary.unread)
    writer.field("tags", .array([]))
    writer.field("score", .null)
  }
}

extension LeadCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All leads, oldest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption

    @Flag(help: "Only leads that wait for a reply.")
    var needsReply = false

    @Option(help: "At most this many.")
    var limit: Int?

    func run() throws {
      let store = try common.open().store
      let names = try LeadNames(store)
      var rows = [["ID", "NAME", "STAGE", "OWNER", "CHANNEL", "REPLY", "LAST MESSAGE"]]
      var count = 0
      try store.eachLead(scope: .everything) { lead in
        guard !needsReply || lead.summary.needsReply, count < limit ?? .max else { return }
        count += 1
        if json.isJSON {
          Output.object { names.write(lead, to: &$0) }
        } else {
          rows.append([
            lead.summary.id.description, lead.summary.name, names.stages[lead.summary.stage] ?? "",
            lead.summary.owner.flatMap { names.owners[$0] } ?? "-", lead.channel ?? "-",
            lead.summary.needsReply ? "waiting" : "-", lead.summary.lastMessageAt.rfc3339,
          ])
        }
      }
      if !json.isJSON { Output.table(rows) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One lead with its history.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Argument(help: "The lead's id.") var id: Int64

    func run() throws {
      let store = try common.open().store
      guard let detail = try store.lead(LeadID(id), scope: .everything) else {
        throw store.missing(LeadID(id))
      }
      let names = try LeadNames(store)
      let lead = ListedLead(
        summary: detail.summary,
        identities: detail.identities,
        source: detail.firstTouch?.kind ?? "",
        channel: detail.threads.first { $0.id == detail.summary.thread }?.channel
      )
      if json.isJSON {
        Output.object { writer in
          names.write(lead, to: &writer)
          Self.writeRest(of: detail, to: &writer)
        }
      } else {
        printText(detail, names: names)
      }
    }

    private static func writeRest(of detail: LeadDetail, to writer: inout JSONWriter) {
      writer.field("first_touch", detail.firstTouch.map(json) ?? .null)
      writer.field("last_touch", detail.lastTouch.map(json) ?? .null)
      writer.field(
        "identities",
        .array(
          detail.identities.map {
            ["kind": .string($0.kind.rawValue), "value": .string($0.value)]
          }
        )
      )
      writer.field(
        "notes",
        .array(
          detail.notes.map {
            [
              "id": JSONValue($0.id), "at": .string($0.at.rfc3339),
              "author": JSONValue($0.author), "text": .string($0.text),
            ]
          }
        )
      )
      writer.field(
        "activity",
        .array(
          detail.activity.map {
            [
              "at": .string($0.at.rfc3339), "actor": JSONValue($0.actor),
              "verb": .string($0.verb), "before": JSONValue($0.before),
              "after": JSONValue($0.after),
            ]
          }
        )
      )
    }

    private static func json(_ touch: Touch) -> JSONValue {
      [
        "kind": .string(touch.kind), "headline": JSONValue(touch.headline),
        "url": JSONValue(touch.url), "at": .string(touch.at.rfc3339),
      ]
    }

    private func printText(_ detail: LeadDetail, names: LeadNames) {
      let summary = detail.summary
      var rows = [
        ["Name", summary.name], ["Stage", names.stages[summary.stage] ?? ""],
        ["Owner", summary.owner.flatMap { names.owners[$0] } ?? "nobody"],
        ["Created", summary.createdAt.rfc3339],
        ["Last message", summary.lastMessageAt.rfc3339],
        ["Needs reply", summary.waitingSince.map { "since \($0.rfc3339)" } ?? "no"],
        ["Source", [detail.firstTouch?.kind, detail.firstTouch?.headline].joined(", ")],
      ]
      rows += detail.identities.map { [$0.kind.rawValue.capitalized, $0.value] }
      rows += detail.notes.map { ["Note", "\($0.at.rfc3339) \($0.author ?? "-"): \($0.text)"] }
      rows += detail.activity.map {
        [
          "History",
          "\($0.at.rfc3339) \($0.actor ?? "-") \($0.verb) \([$0.before, $0.after].joined(" → "))",
        ]
      }
      Output.table(rows)
    }
  }

  struct SetStage: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stage",
      abstract: "Move a lead to a stage."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The lead's id.") var id: Int64
    @Argument(help: "The stage's name.") var stage: String
    @Option(help: "Why, where the stage wants to know.") var reason: String?

    func run() throws {
      let desk = try common.open().desk
      guard let lead = try desk.store.lead(LeadID(id), scope: .everything) else {
        throw StoreError.noSuchLead(LeadID(id))
      }
      let stages = try desk.store.stages(.everything).filter { $0.gym == lead.summary.gym }
      guard let target = stages.first(where: { $0.name.lowercased() == stage.lowercased() }) else {
        let known = stages.map(\.name).joined(separator: ", ")
        throw ExitError(.noInput, "no stage \"\(stage)\"; there are: \(known)")
      }
      Output.error(
        try desk.setStage(LeadID(id), to: target.id, reason: reason, by: .commandLine)
      )
    }
  }

  struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Hand a lead to somebody.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The lead's id.") var id: Int64
    @Argument(help: "A user's e-mail, or none.") var email: String

    func run() throws {
      let desk = try common.open().desk
      var owner: UserID?
      if email != "none" {
        guard let user = try desk.store.user(email: email) else {
          throw StoreError.noSuchUser(email)
        }
        owner = user.id
      }
      Output.error(try desk.assign(LeadID(id), to: owner, by: .commandLine))
    }
  }

  struct AddNote: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "note",
      abstract: "Add an internal note."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The lead's id.") var id: Int64
    @Argument(help: "The note.") var text: String

    func run() throws {
      Output.error(
        try common.open().desk.addNote(LeadID(id), text: text, by: .commandLine)
      )
    }
  }
}

extension [String?] {
  /// Those that are there, joined.
  fileprivate func joined(_ separator: String) -> String {
    compactMap { $0 }.joined(separator: separator)
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
