// `inbox notice …`: what providers say of the gym's own accounts.
import ArgumentParser
import Desk
import Model
import Store

struct NoticeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Notices about your accounts: quality, limits, restrictions, bans.",
    subcommands: [List.self, Read.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Notices, newest first.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Flag(help: "Only those that nobody has read.") var unread = false
    @Option(help: "At most this many.") var limit: Int?

    func run() throws {
      let store = try common.open().store
      let notices = try store.notices(.everything, unreadOnly: unread, limit: limit ?? .max)
      guard !json.isJSON else {
        for notice in notices { Output.object { notice.write(to: &$0) } }
        return
      }
      var rows = [["ID", "AT", "SEVERITY", "CHANNEL", "READ", "NOTICE"]]
      for notice in notices {
        let words = [notice.notice.title, notice.notice.detail].filter { !$0.isEmpty }
        rows.append([
          notice.id.description, notice.notice.at.rfc3339, notice.notice.severity.rawValue,
          notice.channel ?? "-", notice.isUnread ? "-" : "read", words.joined(separator: ". "),
        ])
      }
      Output.table(rows)
    }
  }

  struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Mark notices as read.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The notices' ids.") var ids: [Int64] = []
    @Flag(help: "All of them.") var all = false

    func validate() throws {
      guard all != !ids.isEmpty else { throw ValidationError("Name the notices' ids, or --all.") }
    }

    func run() throws {
      let ids = all ? nil : ids.map { NoticeID($0) }
      Output.error(try common.open().desk.readNotices(ids, by: .commandLine))
    }
  }
}

extension AdminNotice {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.field("id", id.rawValue)
    writer.field("at", notice.at.rfc3339)
    writer.field("kind", notice.kind)
    writer.field("severity", notice.severity.rawValue)
    writer.field("title", notice.title)
    writer.field("detail", notice.detail)
    writer.field("channel", channel)
    writer.field("account", account)
    writer.field("read_at", readAt?.rfc3339)
    writer.field("read_by", readBy)
  }
}
