// Lists and messages in the plain mode: what is read out, and what the next lead is. Called by
// PlainCommands.
import Desk
import Model
import Screens
import Store
import TerminalUI

extension PlainDesk {
  private static let listLength = 20
  /// As many as the store gives at a time.
  private static let longestList = 400
  static let page = 10

  mutating func list(_ name: String) throws -> [String] {
    let filters: [String: InboxQuery.Filter] = [
      "": .open, "open": .open, "waiting": .needsReply, "mine": .mine, "all": .all,
      "unassigned": .unassigned, "trouble": .troubled,
    ]
    guard let filter = filters[name.lowercased()] else {
      return ["list knows: waiting, mine, unassigned, trouble, open, all."]
    }
    let page = try inbox(filter, limit: Self.longestList)
    listed = page.rows
    readOut = 0
    guard !listed.isEmpty else { return ["No leads here."] }
    let heading = "\(counted(page.total, "lead")), \(page.waiting) waiting for a reply."
    return [heading] + (try more())
  }

  /// The next part of the list.
  mutating func more() throws -> [String] {
    let part = listed.enumerated().dropFirst(readOut).prefix(Self.listLength)
    guard !part.isEmpty else { return ["The list is at its end."] }
    var lines = part.map { "\($0.offset + 1). " + words($0.element) }
    readOut += part.count
    if listed.count > readOut { lines.append("more goes on.") }
    return lines
  }

  private func inbox(_ filter: InboxQuery.Filter, limit: Int) throws -> InboxPage {
    try desk.store.inbox(
      InboxQuery(anchor: .top, filter: filter, limit: limit),
      scope: seat.scope
    )
  }

  mutating func open(number: String) throws -> [String] {
    if listed.isEmpty { _ = try list("") }
    guard let place = Int(number), listed.indices.contains(place - 1) else {
      return ["The last list has numbers 1 to \(listed.count)."]
    }
    return try open(listed[place - 1].id)
  }

  mutating func openNext() throws -> [String] {
    let waiting = try inbox(.needsReply, limit: 2).rows
    guard let row = waiting.first(where: { $0.id != current }) ?? waiting.first else {
      return ["Nobody is waiting."]
    }
    return try open(row.id)
  }

  mutating func open(_ lead: LeadID) throws -> [String] {
    current = lead
    readCount = Self.page
    return try read(count: Self.page)
  }

  mutating func read(count: Int) throws -> [String] {
    guard let lead = current else { return ["Open a lead first: list, then its number."] }
    guard let detail = try desk.store.lead(lead, scope: seat.scope),
      let page = try desk.thread(lead, in: .newest(count), seat: seat)
    else {
      current = nil
      return ["This lead was merged or erased."]
    }
    readCount = count
    hasOlder = page.hasOlder
    if let user = seat.actor.user { try desk.markRead(lead, by: user) }
    var lines = [identity(detail.summary)]
    if page.hasOlder { lines.append("There are older messages: older reads them.") }
    lines += messages(page.messages, of: detail)
    if let reason = page.closedReason { lines.append("No reply is possible: " + reason + ".") }
    return lines
  }
}
