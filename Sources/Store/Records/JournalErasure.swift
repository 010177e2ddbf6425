// Takes a person out of the raw webhooks. A webhook that speaks of others too loses only the parts
// about the person; number, time and hash always stay, and nothing blanked is applied again.
import GRDB
import Model

import struct Foundation.Data

extension Database {
  /// Blanks what settled webhooks say of the people called `names`; returns how many were changed.
  ///
  /// `known` are webhooks that brought their messages. What is still pending is news of later.
  func blankWebhooks(naming names: Set<String>, known: Set<Int64>, at time: Timestamp) throws -> Int
  {
    let needles = names.filter { $0.utf8.count >= 5 }.map(needles).flatMap { $0 }
    var found: [(id: Int64, body: [UInt8])] = []
    let rows = try Row.fetchCursor(
      self,
      sql: "SELECT id, body FROM journal WHERE state <> 'pending' AND length(body) > 0"
    )
    while let row = try rows.next() {
      let data: Data = row[1]
      let isTheirs = known.contains(row[0]) || needles.contains { data.firstRange(of: $0) != nil }
      if isTheirs { found.append((row[0], Array(data))) }
    }
    var count = 0
    for (id, body) in found {
      let redaction = WebhookRedaction(names: names)
      // The letters of a name stand in many a webhook that is not about the person.
      guard known.contains(id) || redaction.concerns(body) else { continue }
      let rest = redaction.rest(of: body)
      count += 1
      // What is parked of others stays so, to be replayed.
      try execute(
        sql: """
          UPDATE journal SET body = ?1, query = '', erased_at = ?2,
            state = CASE WHEN ?3 THEN 'applied' ELSE state END,
            reason = CASE WHEN NOT ?3 THEN reason END,
            summary = CASE WHEN ?3 THEN 'erased' ELSE summary || ', partly erased' END
          WHERE id = ?4
          """,
        arguments: [rest.databaseValue, time.milliseconds, rest.isEmpty, id]
      )
    }
    return count
  }

  /// A name as it may stand in a body: providers escape `@`.
  private func needles(_ name: String) -> [Data] {
    [name, name.replacing("@", with: "\\u0040")].map { Data($0.utf8) }
  }
}

/// What is left of a webhook without some people.
struct WebhookRedaction {
  let names: Set<String>

  /// Arrays whose elements each speak of one person.
  private static let lists: Set<String> = [
    "messages", "statuses", "contacts", "message_echoes", "messaging", "standby", "threads",
    "user_preferences", "state_sync",
  ]

  /// Whether one of them is named in the body; true as well when that can't be told.
  func concerns(_ body: [UInt8]) -> Bool {
    guard let value = try? JSONValue.parse(body) else { return true }
    return names(value)
  }

  /// The body without their parts; empty when nothing of others is in it, or when that can't be told.
  func rest(of body: [UInt8]) -> [UInt8] {
    guard let value = try? JSONValue.parse(body) else { return [] }
    let rest = without(value, key: nil)
    guard !names(rest), hasItems(rest) else { return [] }
    return rest.encodedBytes()
  }

  private func without(_ value: JSONValue, key: String?) -> JSONValue {
    switch value {
    case .object(let members):
      return .object(members.map { .init($0.key, without($0.value, key: $0.key)) })
    case .array(let items) where key.map(Self.lists.contains) ?? false:
      return .array(items.filter { !names($0) })
    case .array(let items): return .array(items.map { without($0, key: nil) })
    default: return value
    }
  }

  /// Whether one of the people is named anywhere in `value`.
  private func names(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let members): members.contains { names($0.value) }
    case .array(let items): items.contains(where: names)
    case .string(let text), .number(let text):
      names.contains(text) || names.contains(text.filter { $0 != "+" && $0 != "@" })
    case .null, .bool: false
    }
  }

  private func hasItems(_ value: JSONValue, key: String? = nil) -> Bool {
    switch value {
    case .object(let members): members.contains { hasItems($0.value, key: $0.key) }
    case .array(let items):
      key.map(Self.lists.contains) ?? false
        ? !items.isEmpty : items.contains { hasItems($0) }
    default: false
    }
  }
}
