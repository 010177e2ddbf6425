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
  @Option(help: "The text.") var text: String
  @Flag(help: "Wait until the provider has taken it, or not.") var wait = false

  /// Longer than a post's own time limits and a retry.
  private static let patience = 120

  func run() throws {
    let desk = try common.open().desk
    let message = try desk.reply(LeadID(lead), text: text, undo: false, by: .commandLine)
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
