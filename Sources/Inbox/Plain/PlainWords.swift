// How the plain mode says what the screen shows: whole sentences, every state in words, nothing that
// a screen reader would have to spell.
import Desk
import Model
import Screens
import Store
import TerminalUI

extension PlainDesk {
  private var now: Timestamp { WallClock.system.now() }
  private var zone: ZoneRules { book?.zone ?? .utc }

  func name(_ lead: LeadSummary) -> String {
    let name = Sanitizer.line(lead.name, limit: 120)
    return name.isEmpty ? "No name yet" : name
  }

  /// Whom a sentence is about.
  func name(of lead: LeadID) -> String {
    (try? desk.store.lead(lead, scope: seat.scope)).map { name($0.summary) } ?? "this lead"
  }

  private func stageName(_ lead: LeadSummary) -> String {
    book?.stages.first { $0.id == lead.stage }.map { Sanitizer.line($0.name) } ?? "no stage"
  }

  private func ownerName(_ lead: LeadSummary) -> String {
    if lead.owner == seat.actor.user { return "yours" }
    let owner = book?.users.first { $0.id == lead.owner }
    return owner.map { "of " + Sanitizer.line($0.name) } ?? "of nobody"
  }

  /// A row of a list.
  func words(_ lead: LeadSummary) -> String {
    var parts = [name(lead), lead.channelKind.title, stageName(lead)]
    if let since = lead.waitingSince {
      parts.append("waiting for " + longAge(from: since, to: now))
    }
    if lead.unread > 0 { parts.append("\(lead.unread) unread") }
    let says = lead.previewDirection == .outbound ? "Gym: " : "Customer: "
    // The store keeps the beginning of a message for lists.
    let isCut = lead.preview.unicodeScalars.count >= 160
    return parts.joined(separator: ", ") + ". " + says
      + Sanitizer.line(lead.preview, limit: 160) + (isCut ? " …" : "")
  }

  func identity(_ lead: LeadSummary) -> String {
    "\(name(lead)), \(lead.channelKind.title), stage \(stageName(lead)), \(ownerName(lead))."
  }

  func messages(_ messages: [Message], of detail: LeadDetail) -> [String] {
    guard !messages.isEmpty else { return ["No messages yet."] }
    var lines: [String] = []
    var day = ""
    for message in messages {
      let title = dayTitle(message.providerAt, now: now, zone: zone)
      if title != day { lines.append(title + ":") }
      day = title
      lines.append(words(message))
    }
    return lines
  }

  private func words(_ message: Message) -> String {
    let time = clockTime(message.providerAt, zone: zone)
    let text = Sanitizer.line(message.words, limit: 8_000)
    guard message.direction == .outbound else { return "Customer, \(time): \(text)" }
    var author = "Gym"
    if let user = message.author {
      let name = book?.users.first { $0.id == user }.map { Sanitizer.line($0.name) }
      author = user == seat.actor.user ? "You" : name ?? "Colleague"
    }
    return "\(author), \(time), \(state(message)): \(text)"
  }

  private func state(_ message: Message) -> String {
    switch message.status {
    case .received, .sent: "sent"
    case .queued: "waiting to be sent"
    case .sending: "being sent"
    case .delivered: "delivered"
    case .read: "read"
    case .failed: "not sent, " + (message.failure.map { Sanitizer.line($0.title) } ?? "refused")
    case .unconfirmed: "maybe sent, the connection broke"
    }
  }
}
