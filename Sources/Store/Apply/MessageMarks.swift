// What becomes of a message later. Reactions, edits and deletions are rows of their own that point at the
// message they are about; its words and marks are derived from them, so that their order of arrival
// makes no difference.
import GRDB
import Model

import struct Foundation.Data

extension Database {
  /// Puts a reaction, edit or deletion on the bubble it is about, if that is here; returns the bubble.
  @discardableResult
  func attach(mark: Int64, channel: String, about target: String, rev: Int64) throws -> Int64? {
    let bubble = try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT bubble.id FROM message AS mark JOIN message AS bubble
            ON bubble.channel_id = mark.channel_id AND bubble.provider_id = mark.reply_to
          WHERE mark.id = ? AND bubble.id <> mark.id
            AND bubble.kind NOT IN ('reaction', 'edit', 'revoke')
            AND (mark.kind = 'reaction' OR mark.direction = bubble.direction)
          """
      ),
      arguments: [mark]
    )
    guard let bubble else {
      try forgetRevoked(channel: channel, target: target, rev: rev)
      return nil
    }
    try cachedStatement(sql: "UPDATE message SET shown_on = ? WHERE id = ?")
      .execute(arguments: [bubble, mark])
    try deriveMarks(of: bubble, rev: rev)
    return bubble
  }

  /// A reaction of ours that has been taken goes onto its bubble, as one of theirs does; until then it is a
  /// line that says where it stands and can be called back.
  func showReaction(_ message: Int64, channel: String, rev: Int64) throws {
    let target = try String.fetchOne(
      cachedStatement(
        sql: """
          SELECT reply_to FROM message WHERE id = ? AND kind = 'reaction' AND shown_on IS NULL
            AND reply_to IS NOT NULL
          """
      ),
      arguments: [message]
    )
    if let target { try attach(mark: message, channel: channel, about: target, rev: rev) }
  }

  /// Gives a message that has just come what came about it before; true when there was something.
  @discardableResult
  func adoptMarks(message: Int64, channel: String, providerID: String, rev: Int64) throws -> Bool {
    let isAwaited = try Bool.fetchOne(
      cachedStatement(
        sql: """
          SELECT 1 FROM message INDEXED BY message_ahead
          WHERE channel_id = ? AND reply_to = ? AND shown_on IS NULL
            AND kind IN ('reaction', 'edit', 'revoke')
          """
      ),
      arguments: [channel, providerID]
    )
    guard isAwaited != nil else { return false }
    try cachedStatement(
      sql: """
        UPDATE message SET shown_on = ?1
        WHERE channel_id = ?2 AND reply_to = ?3 AND shown_on IS NULL AND id <> ?1
          AND kind IN ('reaction', 'edit', 'revoke')
          AND EXISTS (SELECT 1 FROM message AS bubble WHERE bubble.id = ?1
            AND bubble.kind NOT IN ('reaction', 'edit', 'revoke')
            AND (message.kind = 'reaction' OR message.direction = bubble.direction))
        """
    ).execute(arguments: [message, channel, providerID])
    guard changesCount > 0 else { return false }
    try deriveMarks(of: message, rev: rev)
    return true
  }

  /// Derives a message's words and marks anew from what is attached to it.
  func deriveMarks(of bubble: Int64, rev: Int64) throws {
    let marks = try BubbleMarks(
      rows: Row.fetchAll(
        cachedStatement(
          sql: """
            SELECT message.kind, message.text, message.provider_at, message.direction, user.email,
              message.status, message.id
            FROM message LEFT JOIN user ON user.id = message.author_id
            WHERE message.shown_on = ? ORDER BY message.provider_at, message.id
            """
        ),
        arguments: [bubble]
      )
    )
    let list =
      marks.reactions.isEmpty ? nil : JSONValue.array(marks.reactions.map(\.json)).encoded()
    try cachedStatement(
      sql: """
        UPDATE message SET rev = ?1, reactions = ?2, edited_at = ?3, deleted_at = ?4,
          first_text = CASE WHEN ?4 IS NOT NULL OR ?5 IS NULL THEN NULL
            ELSE ifnull(first_text, text) END,
          text = CASE WHEN ?4 IS NOT NULL THEN '' ELSE ifnull(?5, text) END,
          content = CASE WHEN ?4 IS NULL THEN content END
        WHERE id = ?6
        """
    ).execute(arguments: [
      rev, list, marks.edit?.at, marks.deletedAt, marks.edit?.text, bubble,
    ])
    // A reaction that was taken back was never an answer.
    for direction in [MessageDirection.inbound, .outbound] {
      let taken = marks.takenBack[direction]
      try cachedStatement(
        sql: """
          UPDATE message SET deleted_at = CASE WHEN (provider_at, id) <= (?1, ?2) THEN ?1 END
          WHERE shown_on = ?3 AND kind = 'reaction' AND direction = ?4
          """
      ).execute(arguments: [taken?.at, taken?.id, bubble, direction.rawValue])
    }
    if marks.deletedAt != nil {
      try dropMedia(ofMessage: bubble)
      try forgetWords(of: bubble, rev: rev)
    }
  }

  /// Blanks what else holds the words of a deleted message: its edits, and the webhooks they came in.
  private func forgetWords(of bubble: Int64, rev: Int64) throws {
    try cachedStatement(
      sql: """
        UPDATE message SET text = '', content = NULL, rev = ? WHERE shown_on = ? AND kind = 'edit'
        """
    ).execute(arguments: [rev, bubble])
    let id: String? = try String.fetchOne(
      cachedStatement(sql: "SELECT provider_id FROM message WHERE id = ?"),
      arguments: [bubble]
    )
    guard let id else { return }
    let rows = try Int64.fetchAll(
      cachedStatement(
        sql: """
          SELECT journal_id FROM message WHERE id = ?1 AND journal_id IS NOT NULL
          UNION SELECT journal_id FROM message WHERE shown_on = ?1 AND kind = 'edit'
            AND journal_id IS NOT NULL
          UNION SELECT journal_id FROM message_repeat WHERE message_id = ?1
            OR message_id IN (SELECT id FROM message WHERE shown_on = ?1 AND kind = 'edit')
          """
      ),
      arguments: [bubble]
    )
    try eraseFromJournal(rows, mentioning: [id])
  }

  /// The words of a deleted message that never came: its edits may have brought them.
  private func forgetRevoked(channel: String, target: String, rev: Int64) throws {
    let rows = try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT id, kind, journal_id FROM message WHERE channel_id = ? AND reply_to = ?
            AND shown_on IS NULL AND kind IN ('reaction', 'edit', 'revoke')
          """
      ),
      arguments: [channel, target]
    )
    guard rows.contains(where: { $0[1] == MessageKind.revoke.rawValue }) else { return }
    let edits = rows.filter { $0[1] == MessageKind.edit.rawValue }
    for row in edits {
      try cachedStatement(sql: "UPDATE message SET text = '', content = NULL, rev = ? WHERE id = ?")
        .execute(arguments: [rev, row[0] as Int64])
    }
    try eraseFromJournal(edits.compactMap { $0[2] as Int64? }, mentioning: [target])
  }
}

/// What the rows attached to a message come to.
private struct BubbleMarks {
  var edit: (at: Int64, text: String)?
  var deletedAt: Int64?
  var reactions: [Reaction] = []
  /// The newest word that a reaction is gone: those before it count no more.
  var takenBack: [MessageDirection: (at: Int64, id: Int64)] = [:]

  /// `rows` by time, oldest first.
  init(rows: [Row]) {
    var last: [MessageDirection: Reaction] = [:]
    for row in rows {
      let text: String = row[1]
      let at: Int64 = row[2]
      switch MessageKind(rawValue: row[0]) {
      case .edit: edit = (at, text)
      case .revoke: deletedAt = deletedAt ?? at
      case .reaction:
        let direction = MessageDirection(rawValue: row[3]) ?? .inbound
        guard MessageStatus(rawValue: row[5]) != .failed else { continue }
        let ours: String = row[4] ?? "gym"
        last[direction] = Reaction(from: direction == .inbound ? "customer" : ours, emoji: text)
        if text.isEmpty { takenBack[direction] = (at, row[6]) }
      default: break
      }
    }
    reactions = [.inbound, .outbound].compactMap { last[$0] }.filter { !$0.emoji.isEmpty }
  }
}
