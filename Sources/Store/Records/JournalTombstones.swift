// Takes what its author deleted out of the raw webhooks. The row's id, times and hash stay, and so
// does what others said in the same batch.
import GRDB
import Model

import struct Foundation.Data

extension Database {
  /// Replaces what journal rows hold of messages (by provider id) with tombstones.
  ///
  /// A replay of such a row decodes each tombstone to a notice: nothing comes back. The caller names the
  /// rows; `message.journal_id` and `message_repeat` know those of a message.
  func eraseFromJournal(_ rows: [Int64], mentioning messages: Set<String>) throws {
    let eraser = JournalEraser(messages: messages)
    for id in rows {
      let body = try Data.fetchOne(
        cachedStatement(sql: "SELECT body FROM journal WHERE id = ?"),
        arguments: [id]
      )
      guard let body, let json = try? JSONValue.parse([UInt8](body)) else { continue }
      let rest = eraser.erase(json)
      guard rest != json else { continue }
      try cachedStatement(
        sql: """
          UPDATE journal SET body = ?, erased_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000
          WHERE id = ?
          """
      ).execute(arguments: [rest.encodedBytes().databaseValue, id])
    }
  }
}

/// Finds the smallest items of a webhook that speak of a message, and empties them.
struct JournalEraser {
  var messages: Set<String>

  /// The webhook without them.
  func erase(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      if value["erased"].bool == true { return value }
      return .object(members.map { JSONValue.Member($0.key, erase($0.value)) })
    case .array(let items):
      return .array(
        items.map { item in
          // What an inner list holds is emptied there; what is left speaks for the whole item.
          let rest = erase(item)
          return speaks(rest) ? tombstone(rest) : rest
        }
      )
    case .null, .bool, .number, .string: return value
    }
  }

  /// Where other messages, or news about this one, name it without holding its words.
  private static let mentions: Set<String> = [
    "context", "reply_to", "reaction", "read", "delivery",
  ]

  private func speaks(_ value: JSONValue) -> Bool {
    guard value["erased"].bool != true else { return false }
    switch value {
    case .object(let members):
      return members.contains { member in
        isMessage(member, of: value) || !Self.mentions.contains(member.key) && speaks(member.value)
      }
    case .array(let items): return items.contains(where: speaks)
    case .null, .bool, .number, .string: return false
    }
  }

  /// A receipt names its message by the same key and holds no words.
  private func isMessage(_ member: JSONValue.Member, of whole: JSONValue) -> Bool {
    guard ["id", "mid", "original_message_id"].contains(member.key), whole["status"].text == nil
    else {
      return false
    }
    return member.value.text.map(messages.contains) ?? false
  }

  /// Which item it was and when.
  private func tombstone(_ item: JSONValue) -> JSONValue {
    let id = item["id"].text ?? item["message"]["mid"].text ?? item["message_edit"]["mid"].text
    var members = [JSONValue.Member("erased", true)]
    if let id { members.append(JSONValue.Member("id", .string(id))) }
    if let time = item["timestamp"].text {
      members.append(JSONValue.Member("timestamp", .string(time)))
    }
    return .object(members)
  }
}
