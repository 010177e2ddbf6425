// Carries out the effects around messages of every kind and templates. Calls to WhatsApp run on a queue of
// their own: a slow answer holds no other effect.
import Channels
import Desk
import Dispatch
import Glibc
import Model
import Screens
import Settings
import Store

extension EffectRunner {
  private static let calls = DispatchQueue(label: "inbox.effects.whatsapp")

  /// The answer to an effect of this file; nil for others, and where none is awaited.
  func outbound(_ effect: AppEffect, _ seat: Seat) throws -> Loaded? {
    switch effect {
    case .sendMessages(let lead, let messages): return sendMessages(lead, messages, seat)
    case .attach(let lead, let path, let caption, let replyTo):
      do {
        // The caption is on disk before it goes, and gone from there with the sending.
        storeDrafts()
        var (message, note) = try desk.attach(path, caption: caption, to: lead, seat: seat)
        message.replyTo = replyTo
        try desk.send(lead, [message], undo: true, by: seat)
        onSend()
        return .attached(lead: lead, caption: caption, note: note)
      } catch { return .attachRefused(lead: lead, path: path, reason: Self.words(error)) }
    case .completePath(let typed):
      return .completions(typed: typed, paths: PathCompletion.paths(beginningWith: typed))
    case .sendTemplate(let lead, let template, let values):
      return orRefused {
        let message = try desk.message(template, values: values, to: lead, seat: seat)
        try desk.send(lead, [message], undo: true, by: seat)
        onSend()
        return .templateSent(lead)
      }
    case .saveReply(let id, let name, let body):
      return orRefused {
        .templateSaved(
          note: try desk.saveReply(id, name: name, body: body, by: seat),
          isReversible: true
        )
      }
    case .deleteReply(let id):
      return .templateSaved(note: try desk.deleteReply(id, by: seat), isReversible: true)
    case .syncTemplates: return .acted(note: try desk.syncTemplates())
    case .submitTemplate(let template, let examples):
      call { [self] in
        let note = try desk.submit(
          template,
          examples: examples,
          through: access(to: template),
          by: seat
        )
        return .templateSaved(note: note, isReversible: false)
      }
      return nil
    case .deleteTemplate(let template):
      call { [self] in
        .templateSaved(
          note: try desk.delete(template, through: access(to: template), by: seat),
          isReversible: false
        )
      }
      return nil
    default: return nil
    }
  }

  /// What can't be queued gives its words back: nothing typed is lost.
  private func sendMessages(
    _ lead: LeadID,
    _ messages: [OutboundMessage],
    _ seat: Seat
  ) -> Loaded? {
    do {
      try desk.send(lead, messages, undo: true, by: seat)
      onSend()
      return nil
    } catch {
      let typed = messages.filter { $0.content.kind.takesDraft }
      let text = typed.map(\.text).joined(separator: "\n")
      guard !text.isEmpty else { return .failed(reason: Self.words(error)) }
      giveBack(text, to: lead)
      return .replyRefused(lead: lead, text: text, reason: Self.words(error))
    }
  }

  private func access(to template: WhatsAppTemplate) throws -> FrontDesk.TemplateAccess {
    try installation.templateAccess(account: template.account)
  }

  private func call(_ work: @escaping @Sendable () throws -> Loaded) {
    Self.calls.async { [self] in report(orRefused(work)) }
  }

  private func orRefused(_ work: () throws -> Loaded) -> Loaded {
    do { return try work() } catch { return .templateRefused(reason: Self.words(error)) }
  }
}

extension Installation {
  /// How to reach WhatsApp about the templates of a business account.
  func templateAccess(account: String) throws -> FrontDesk.TemplateAccess {
    let channel = configuration.channels.first {
      $0.kind == .whatsapp && $0.businessAccount == account
    }
    guard let channel else {
      throw Refusal(
        rule: "template",
        text: "No channel of the config has the business_account_id \(account)"
      )
    }
    return FrontDesk.TemplateAccess(
      graph: GraphClient(transport: Installation.makeTransport()),
      credentials: GraphCredentials(channel)
    )
  }
}

/// What Tab offers for a path.
enum PathCompletion {
  /// More are of no use on a screen.
  private static let most = 200

  static func paths(beginningWith typed: String) -> [String] {
    var path = typed
    var home = ""
    if typed.hasPrefix("~/"), let folder = getenv("HOME") {
      home = String(cString: folder)
      path = home + typed.dropFirst()
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "./"
    let start = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory), found.count < most {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(start), name != ".", name != "..",
        start.hasPrefix(".") || !name.hasPrefix(".")
      else { continue }
      var status = stat()
      guard stat(folder + name, &status) == 0 else { continue }
      let end = status.st_mode & S_IFMT == S_IFDIR ? "/" : ""
      let whole = (slash == nil ? "" : folder) + name + end
      found.append(home.isEmpty ? whole : "~" + whole.dropFirst(home.count))
    }
    return found.sorted()
  }
}
