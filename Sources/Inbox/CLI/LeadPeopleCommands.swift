// `inbox lead add|merge|unmerge|erase|consent`: who a lead is.
import ArgumentParser
import Desk
import Glibc
import Model
import Settings
import Store

extension LeadCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write down a lead who has not written yet; prints its id."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Option(help: "Their name.") var name: String
    @Option(help: "A phone number; national ones belong to the gym's country.") var phone: String?
    @Option(help: "An e-mail address.") var email: String?
    @Option(help: "The gym's id or name; needed when there are several.") var gym: String?
    @Option(help: "Where they came from, in a word.") var source = "manual"
    @Option(help: "What brought them, in a line.") var headline: String?

    func run() throws {
      let entry = FrontDesk.Entry(
        gym: gym,
        name: name,
        phone: phone,
        email: email,
        source: source,
        headline: headline
      )
      let lead = try common.open().desk.add(entry, by: .commandLine)
      if json.isJSON {
        Output.object { $0.field("id", lead.rawValue) }
      } else {
        Output.line(lead.description)
      }
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make two leads one.",
      discussion: "`inbox lead unmerge` takes it back."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The lead that goes into the other.") var id: Int64
    @Argument(help: "The lead that remains.") var into: Int64

    func run() throws {
      let desk = try common.open().desk
      Output.error(try desk.merge(LeadID(id), into: LeadID(into), by: .commandLine))
    }
  }

  struct Unmerge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a lead's newest merge back.",
      discussion: """
        ID is either of the two leads. Messages that came since the merge go to the person they came \
        from; replies, to the one who had written last.
        """
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The lead that remained, or the one that is gone.") var id: Int64

    func run() throws {
      Output.error(try common.open().desk.unmerge(LeadID(id), by: .commandLine))
    }
  }

  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forget a person for good: names, conversations, notes, files, raw webhooks.",
      discussion: "It can't be undone. Backups made before still hold the person."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Argument(help: "The lead's id.") var id: Int64
    @Flag(help: "Don't ask.") var yes = false

    func run() throws {
      let desk = try common.open().desk
      let lead = LeadID(id)
      let size = try desk.erasureSize(lead, for: .commandLine)
      if !yes { try confirm(size) }
      let erasure = try desk.erase(lead, by: .commandLine)
      if json.isJSON {
        Output.object {
          $0.field("lead", id)
          $0.field("messages", erasure.messages)
          $0.field("notes", erasure.notes)
          $0.field("files", erasure.files)
          $0.field("events", erasure.events)
        }
      } else {
        Output.error(
          "erased lead \(id): \(erasure.messages) messages, \(erasure.notes) notes, "
            + "\(erasure.files) files, \(erasure.events) raw webhooks"
        )
      }
    }

    private func confirm(_ size: Erasure) throws {
      guard isatty(STDIN_FILENO) == 1 else {
        throw ExitError(.usage, "erasing asks first: run it at a terminal, or add --yes")
      }
      let question =
        "This forgets lead \(id) for good: \(size.messages) messages, \(size.notes) notes, "
        + "\(size.files) files. Type \(id) to go on"
      guard Prompt.line(question) == String(id) else {
        throw ExitError(.failed, "nothing was erased")
      }
    }
  }

  struct RecordConsent: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "consent",
      abstract: "Record what somebody said about being written to."
    )

    enum Decision: String, ExpressibleByArgument, CaseIterable {
      case `in`, out
    }

    @OptionGroup var common: CommonOptions
    @Argument(help: "The lead's id.") var id: Int64
    @Argument(help: "in or out.") var decision: Decision
    @Option(help: "whatsapp, instagram or messenger.") var channel = "whatsapp"
    @Flag(help: "Advertising only; answers still go out.") var marketing = false
    @Option(help: "How you know.") var reason = "told the staff"

    func run() throws {
      guard let kind = ChannelKind(rawValue: channel) else {
        throw ExitError(
          .usage,
          "no channel kind \"\(channel)\"; say whatsapp, instagram or messenger"
        )
      }
      Output.error(
        try common.open().desk.recordConsent(
          LeadID(id),
          decision == .in ? .optedIn : .optedOut,
          category: marketing ? .marketing : .all,
          on: kind,
          reason: reason,
          by: .commandLine
        )
      )
    }
  }
}

extension LeadStore {
  /// The error for a lead that isn't there: where it went, when it was merged.
  func missing(_ lead: LeadID) -> any Error {
    let merge = (try? merges(of: lead))?.first { !$0.isUndone && $0.lead == lead }
    guard let merge else { return StoreError.noSuchLead(lead) }
    return ExitError(
      .noInput,
      "lead \(lead) was merged into lead \(merge.into); `inbox lead unmerge \(lead)` takes it back"
    )
  }
}
