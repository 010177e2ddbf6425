// What the screen says of channels that rest and of messages that wait: the status bar, the composer,
// the bubbles. The same words in every process, since all read the same rows.
import Model
import TerminalUI

extension AppState {
  /// Why channels send nothing now, for the status bar: pauses first, since somebody must act.
  var channelSpans: [Span] {
    let standing = health.channels.filter { $0.holds(at: now) }
      .sorted { ($0.until == nil ? 0 : 1, $0.since) < ($1.until == nil ? 0 : 1, $1.since) }
    guard let first = standing.first else { return [] }
    let channels = Set(standing.map(\.channel)).count
    let more = channels > 1 ? " (and \(counted(channels - 1, "other")))" : ""
    let style = first.until == nil ? Theme.warning : Theme.quiet
    return [Span("! " + words(first) + more, style)]
  }

  private func words(_ trouble: ChannelTrouble) -> String {
    let reason = Sanitizer.line(trouble.reason, limit: 200)
    guard let until = trouble.until else { return "\(trouble.kind.title) is paused: \(reason)" }
    return "\(trouble.kind.title) rests until \(clockTime(until, zone: zone)): \(reason)"
  }

  /// What to know before writing on a channel that rests; nil when it works.
  func channelNote(_ channel: ChannelKind?) -> String? {
    let standing = health.channels.filter { $0.kind == channel && $0.holds(at: now) }
    guard let trouble = standing.first(where: { $0.until == nil }) ?? standing.first else {
      return nil
    }
    guard let until = trouble.until else {
      return "\(trouble.kind.title) is paused: replies are kept"
    }
    return "\(trouble.kind.title) rests until \(clockTime(until, zone: zone))"
  }

  /// Why a queued message of ours has not left yet.
  func waitWords(_ message: Message) -> String {
    if isBehindAnother(message) { return "◷ waits for the message above" }
    let standing = health.channels.filter { $0.channel == message.channel && $0.holds(at: now) }
    if standing.contains(where: { $0.until == nil }) {
      return "◷ waits: \(message.channelKind.title) is paused"
    }
    if let until = standing.compactMap(\.until).max() {
      return "◷ waits until \(clockTime(until, zone: zone))"
    }
    guard let next = message.notBefore, next > now, let failure = message.failure else {
      return "◷ waiting to be sent"
    }
    let reason = Sanitizer.line(failure.title, limit: 60)
    return "◷ again at \(clockTime(next, zone: zone)): \(reason)"
  }

  /// A message of the same conversation that was written before must leave, or be settled, first.
  private func isBehindAnother(_ message: Message) -> Bool {
    let messages = opened?.thread.messages ?? []
    guard let place = messages.firstIndex(where: { $0.id == message.id }) else { return false }
    return messages[..<place].contains { other in
      guard other.thread == message.thread, other.scheduledAt == nil else { return false }
      switch other.status {
      case .queued, .sending, .unconfirmed: return true
      default: return false
      }
    }
  }
}
