// `inbox message …`: conversations for scripts.
import ArgumentParser
import Desk
import Model
import Settings
import Store

struct MessageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "message",
    abstract: "Read conversations; decide on messages of unknown fate.",
    subcommands: [List.self, Resolve.self]
  )

  struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say whether a message that is maybe sent was, or send it again.",
      discussion: "Look in the provider's own app first: sending again may send it twice."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The message's id.") var id: Int64
    @Flag(help: "It has arrived: mark it as sent.") var sent = false
    @Flag(help: "It has not arrived: send it again.") var again = false

    func validate() throws {
      guard sent != again else { throw ValidationError("give one of --sent and --again") }
    }

    func run() throws {
      let desk = try common.open().desk
      let status = try desk.store.message(MessageID(id))?.status
      guard status == .unconfirmed else {
        let words =
          status.map { "is \($0.rawValue), not maybe sent (unconfirmed)" } ?? "does not exist"
        throw ExitError(.failed, "message \(id) \(words): there is nothing to decide")
      }
      Output.line(try desk.resolve(MessageID(id), sendAgain: again, by: .commandLine))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A lead's messages in the thread's order, oldest first."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Option(help: "The lead's id.") var lead: Int64
    @Option(help: "At most the newest so many.") var limit: Int?

    func run() throws {
      let store = try common.open().store
      let messages = try store.messages(
        of: LeadID(lead),
        limit: limit ?? .max - 1,
        scope: .everything
      )
      guard let messages else { throw StoreError.noSuchLead(LeadID(lead)) }
      var authors: [UserID: String] = [:]
      for user in try store.users() { authors[user.id] = user.email }
      if json.isJSON {
        for message in messages {
          Output.object {
            write(message, authors: authors, folder: store.media.path, to: &$0)
          }
        }
      } else {
        Output.table(
          messages.map {
            [
              $0.providerAt.rfc3339, $0.direction.rawValue, $0.status.rawValue,
              $0.author.flatMap { authors[$0] } ?? "-", $0.words,
            ]
          }
        )
      }
    }

    private func write(
      _ message: Message,
      authors: [UserID: String],
      folder: String,
      to writer: inout JSONWriter
    ) {
      writer.field("id", message.id.rawValue)
      writer.field("lead", message.lead.rawValue)
      writer.field("direction", message.direction.rawValue)
      writer.field("kind", message.kind.rawValue)
      writer.field("text", message.text)
      writer.field("provider_id", message.providerID)
      writer.field("provider_at", message.providerAt.rfc3339)
      writer.field("received_at", message.receivedAt.rfc3339)
      writer.field("status", message.status.rawValue)
      writer.field(
        "error",
        message.failure.map { ["code": JSONValue($0.code), "title": .string($0.title)] } ?? .null
      )
      writer.field("author", message.author.flatMap { authors[$0] })
      writer.field("channel", message.channel)
      writer.field("reply_to", message.replyTo)
      writer.field("reactions", .array(message.reactions.map(\.json)))
      writer.field("media", .array(message.media.map { $0.json(folder: folder) }))
      writer.field("edited", message.editedAt != nil)
      writer.field("deleted", message.deletedAt != nil)
      writer.field("edited_at", message.editedAt?.rfc3339)
      writer.field("deleted_at", message.deletedAt?.rfc3339)
      writer.field("first_text", message.firstText)
      writer.field("delivered_after_failure_at", message.deliveredAfterAll?.rfc3339)
      writer.field("content", message.content.flatMap { try? JSONValue.parse($0) } ?? .null)
    }
  }
}

extension Attachment {
  /// As scripts see it; `path` is the file's full path once it is here.
  fileprivate func json(folder: String) -> JSONValue {
    [
      "kind": .string(kind == .voice ? "audio" : kind.rawValue),
      "voice": .bool(kind == .voice),
      "mime": JSONValue(mime),
      "bytes": JSONValue(bytes),
      "path": JSONValue(path.map { folder + "/" + $0 }),
      "state": .string(state.rawValue),
      "name": JSONValue(name),
      "duration_ms": JSONValue(duration),
      "error": JSONValue(problem),
    ]
  }
}
