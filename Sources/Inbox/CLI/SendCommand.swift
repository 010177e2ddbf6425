// `inbox send`: a reply from a script, through the same gate and outbox as a typed one.
import ArgumentParser
import Desk
import Dispatch
import Model
import Settings
import Store

struct SendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Reply to a lead.",
    discussion: "The worker sends it; without --wait the command ends once it is queued."
  )

  @OptionGroup var common: CommonOptions
  @OptionGroup var json: JSONOption
  @Option(help: "The lead's id.") var lead: Int64
  @Option(help: "The text.") var text: String?
  @Option(help: "A file of this machine, or a public https address.") var file: String?
  @Option(help: "The words under the file.") var caption: String?
  @Option(help: "A WhatsApp template's name, or name:language where it has several.")
  var template: String?
  @Option(
    name: .customLong("var"),
    help: "A template's value, such as 1=Maya; see `template list`."
  )
  var values: [String] = []
  @Option(help: "Quote the message with this provider id.") var replyTo: String?
  @Option(help: "Not before then, such as \"fri 9:00\", on the gym's clock.") var later: String?
  @Flag(help: "Send a text that is too long in parts.") var split = false
  @Flag(help: "Wait until the provider has taken it, or not.") var wait = false

  /// Longer than a post's own time limits and a retry.
  private static let patience = 120

  func run() throws {
    let desk = try common.open().desk
    var messages = try composed(desk)
    if let replyTo { messages[0].replyTo = replyTo }
    if let later {
      let time = try moment(later, desk)
      for index in messages.indices { messages[index].sendAt = time }
    }
    let sent = try desk.send(LeadID(lead), messages, undo: false, by: .commandLine)
    guard let message = sent.last else { return }
    let status = wait ? try outcome(of: message, store: desk.store) : .queued
    if json.isJSON {
      Output.object {
        $0.field("id", message.rawValue)
        $0.field("status", status.rawValue)
      }
    }
    switch status {
    case .failed:
      let reason = try desk.store.message(message)?.failure?.title ?? "refused"
      throw ExitError(.failed, "message \(message) was not sent: \(reason)")
    case .unconfirmed:
      throw ExitError(
        .failed,
        "nobody knows whether message \(message) was sent; look at the thread"
      )
    case .queued where wait, .sending where wait:
      throw ExitError(
        .tryLater,
        "message \(message) is still queued; is `inbox worker` running?"
      )
    default: break
    }
  }

  /// What the options describe.
  private func composed(_ desk: FrontDesk) throws -> [OutboundMessage] {
    guard [text, file, template].compactMap({ $0 }).count == 1 else {
      throw ExitError(.usage, "give one of --text, --file and --template")
    }
    let lead = LeadID(lead)
    if let file {
      let (message, note) = try desk.attach(
        file,
        caption: caption ?? "",
        to: lead,
        seat: .commandLine
      )
      if let note { Output.error(note) }
      return [message]
    }
    if let template {
      let found = try desk.whatsAppTemplate(named: template, seat: .commandLine)
      let values = try templateValues()
      return [try desk.message(found, values: values, to: lead, seat: .commandLine)]
    }
    guard split else { return [OutboundMessage(text: text ?? "")] }
    return try desk.parts(of: text ?? "", to: lead, seat: .commandLine)
  }

  private func templateValues() throws -> [String: String] {
    var found: [String: String] = [:]
    for value in values {
      let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ExitError(.usage, "--var \(value): write it as name=value")
      }
      found[String(parts[0])] = String(parts[1])
    }
    return found
  }

  private func moment(_ typed: String, _ desk: FrontDesk) throws -> Timestamp {
    let zone = try desk.store.gyms(.everything).first.flatMap { ZoneRules(named: $0.zone) } ?? .utc
    switch LaterTime.parse(typed, now: desk.store.clock.now(), zone: zone) {
    case .at(let time): return time
    case .refused(let reason): throw ExitError(.usage, "--later: \(reason)")
    }
  }

  private func outcome(of message: MessageID, store: LeadStore) throws -> MessageStatus {
    let deadline = DispatchTime.now() + .seconds(Self.patience)
    let pauses = DispatchSemaphore(value: 0)
    var status = MessageStatus.queued
    while DispatchTime.now() < deadline {
      guard let current = try store.message(message)?.status else { return status }
      status = current
      if status != .queued && status != .sending { return status }
      _ = pauses.wait(timeout: .now() + .milliseconds(100))
    }
    return status
  }
}
