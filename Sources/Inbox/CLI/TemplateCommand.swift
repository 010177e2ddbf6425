// `inbox template …`: WhatsApp's templates for scripts.
import ArgumentParser
import Channels
import Desk
import Model
import Settings
import Store

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "WhatsApp's message templates.",
    subcommands: [List.self, Sync.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Templates as the last sync left them; `sync` reads them anew."
    )

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption

    func run() throws {
      let templates = try common.open().store.whatsAppTemplates()
      guard json.isJSON else {
        return Output.table(
          [["NAME", "LANGUAGE", "CATEGORY", "STATUS", "QUALITY", "VALUES", "REASON"]]
            + templates.map {
              [
                $0.name, $0.language, $0.category.rawValue.lowercased(),
                $0.status.rawValue.lowercased(), $0.quality?.lowercased() ?? "-",
                $0.components.gaps.map(\.key).joined(separator: ","), $0.refusal ?? "",
              ]
            }
        )
      }
      for template in templates {
        Output.object {
          $0.field("name", template.name)
          $0.field("language", template.language)
          $0.field("category", template.category.rawValue)
          $0.field("status", template.status.rawValue)
          $0.field("quality", template.quality)
          $0.field("reason", template.refusal)
          $0.field("values", .array(template.components.gaps.map { .string($0.key) }))
          $0.field("text", template.components.preview([:]))
          $0.field("synced_at", template.syncedAt.rfc3339)
        }
      }
    }
  }

  struct Sync: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the templates of every business account from WhatsApp now."
    )

    @OptionGroup var common: CommonOptions

    func run() throws {
      let installation = try common.open()
      let accounts = Set(installation.configuration.channels.compactMap(\.businessAccount))
      guard !accounts.isEmpty else {
        throw ExitError(
          .configuration,
          "no [[channel]] has a business_account_id, which templates belong to"
        )
      }
      for account in accounts.sorted() {
        let access = try installation.templateAccess(account: account)
        switch access.graph.templates(access.credentials) {
        case .found(let templates):
          let count = try installation.store.replaceTemplates(templates, account: account)
          Output.error("\(count) templates of \(account)")
        case .refused(let error):
          throw ExitError(
            .failed,
            "WhatsApp refused the templates of \(account): \(error.userText)"
          )
        case .unreachable(let reason):
          throw ExitError(.unavailable, "WhatsApp can't be reached: \(reason)")
        }
      }
    }
  }
}
