// Raw webhooks as the relay handed them over, and what became of each.
import GRDB
import Model

import struct Foundation.Data

/// A webhook as the relay keeps it.
package struct RawEvent: Equatable, Sendable {
  package var seq: Int64
  package var source: String
  package var receivedAt: Timestamp
  package var path: String
  package var query: String
  package var contentType: String
  /// Hex of the body's SHA-256.
  package var sha256: String
  package var body: [UInt8]

  package init(
    seq: Int64,
    source: String,
    receivedAt: Timestamp,
    path: String,
    query: String,
    contentType: String,
    sha256: String,
    body: [UInt8]
  ) {
    self.seq = seq
    self.source = source
    self.receivedAt = receivedAt
    self.path = path
    self.query = query
    self.contentType = contentType
    self.sha256 = sha256
    self.body = body
  }
}

/// A row of the journal.
///
/// `id` is what people call the event's number.
package struct JournalEntry: Equatable, Sendable {
  package typealias State = EventState

  package var id: Int64
  package var raw: RawEvent
  package var state: State
  package var reason: String?
  package var summary: String
}

/// How far the feed has been read.
package struct FeedCursor: Equatable, Sendable {
  /// The relay log's own id; another one means another log, read from 0.
  package var log: String
  package var after: Int64

  package init(log: String, after: Int64) {
    self.log = log
    self.after = after
  }
}

extension LeadStore {
  package func feedCursor() throws -> FeedCursor? {
    try read { database in
      guard let log = try database.setting("feed.log") else { return nil }
      return FeedCursor(log: log, after: Int64(try database.setting("feed.after") ?? "") ?? 0)
    }
  }

  /// Keeps a page of the feed and moves the cursor, in one transaction; returns how many were new.
  ///
  /// A log that the journal has not seen may repeat what another one brought (a relay restored
  /// from a backup): the same body at the same moment is the same event.
  package func keep(_ events: [RawEvent], cursor: FeedCursor) throws -> Int {
    try writeQuietly { database in
      let known = try database.setting("feed.log")
      let isOtherLog = try known != nil && database.setting("feed.first_log") != cursor.log
      if known == nil { try database.setSetting("feed.first_log", to: cursor.log) }
      var kept = 0
      for event in events {
        let repeated =
          try isOtherLog
          && Bool.fetchOne(
            database.cachedStatement(
              sql: "SELECT 1 FROM journal WHERE sha256 = ? AND received_at = ?"
            ),
            arguments: [event.sha256, event.receivedAt.milliseconds]
          ) ?? false
        guard !repeated else { continue }
        try database.cachedStatement(
          sql: """
            INSERT INTO journal
              (log, seq, source, received_at, path, query, content_type, sha256, body, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending') ON CONFLICT DO NOTHING
            """
        ).execute(arguments: [
          cursor.log, event.seq, event.source, event.receivedAt.milliseconds, event.path,
          event.query, event.contentType, event.sha256, event.body.databaseValue,
        ])
        kept += database.changesCount
      }
      try database.setSetting("feed.log", to: cursor.log)
      try database.setSetting("feed.after", to: String(cursor.after))
      return kept
    }
  }

  /// The oldest events that have not been applied yet.
  package func pendingEvents(limit: Int) throws -> [JournalEntry] {
    try read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT \(JournalEntry.columns) FROM journal WHERE state = 'pending'
            ORDER BY id LIMIT ?
            """
        ),
        arguments: [limit]
      ).map(JournalEntry.init(row:))
    }
  }

  package func event(_ id: Int64) throws -> JournalEntry? {
    try read {
      try Row.fetchOne(
        $0,
        sql: "SELECT \(JournalEntry.columns) FROM journal WHERE id = ?",
        arguments: [id]
      ).map(JournalEntry.init(row:))
    }
  }

  /// Every event, oldest first, without its body.
  package func eachEvent(_ body: (JournalEntry) throws -> Void) throws {
    try read { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, seq, source, received_at, path, query, content_type, sha256, x'', state,
            reason, summary
          FROM journal ORDER BY id
          """
      )
      while let row = try cursor.next() { try body(JournalEntry(row: row)) }
    }
  }

  /// Puts events back in line to be applied: those named, or all that are parked.
  @discardableResult
  package func replay(_ ids: [Int64]?) throws -> Int {
    try writeQuietly { database in
      guard let ids else {
        try database.execute(
          sql: "UPDATE journal SET state = 'pending', reason = NULL WHERE state = 'parked'"
        )
        return database.changesCount
      }
      for id in ids {
        try database.execute(
          sql: """
            UPDATE journal SET (state, reason) = (
              -- Erased: there is nothing left to apply.
              SELECT CASE WHEN erased_at IS NOT NULL AND length(body) = 0
                THEN state ELSE 'pending' END, NULL)
            WHERE id = ?
            """,
          arguments: [id]
        )
        guard database.changesCount == 1 else { throw StoreError.noSuchEvent(id) }
      }
      return ids.count
    }
  }

  /// Drops applied events that are older than `time`, at most `limit`; returns how many events.
  ///
  /// They come in the order of their time, so it looks no further than the first that is kept: the
  /// journal may hold millions.
  @discardableResult
  package func pruneJournal(before time: Timestamp, limit: Int = 500) throws -> Int {
    try writeQuietly { database in
      try database.execute(
        sql: """
          DELETE FROM journal WHERE id IN (
            SELECT id FROM journal WHERE state = 'applied' AND received_at < ?1
              AND id < ifnull((SELECT id FROM journal WHERE received_at BETWEEN ?1 AND ?3
                ORDER BY id LIMIT 1), 9223372036854775807)
            ORDER BY id LIMIT ?2)
          """,
        // A row from a clock that was ahead doesn't keep what came after it.
        arguments: [time.milliseconds, limit, clock.now().milliseconds + .day]
      )
      let pruned = database.changesCount
      // Receipts of messages that another app sent: nobody will ever ask for them.
      try database.execute(
        sql: "DELETE FROM early_receipt WHERE received_at < ?",
        arguments: [time.milliseconds]
      )
      return pruned
    }
  }

  /// Puts events back in line that waited for a channel the config did not name.
  package func replayUnknownAccounts() throws -> Int {
    try writeQuietly { try $0.replayUnknownAccounts() }
  }

  static let unknownAccount = "no channel in the config for"
}

extension Database {
  /// Puts events back in line whose account no channel had; returns how many.
  func replayUnknownAccounts() throws -> Int {
    try execute(
      sql: """
        UPDATE journal SET state = 'pending', reason = NULL
        WHERE state = 'parked' AND reason LIKE ?
        """,
      arguments: [LeadStore.unknownAccount + "%"]
    )
    return changesCount
  }
}

extension JournalEntry {
  static let columns = """
    id, seq, source, received_at, path, query, content_type, sha256, body, state, reason, summary
    """

  init(row: Row) {
    let body = [UInt8](row[8] as Data)
    self.init(
      id: row[0],
      raw: RawEvent(
        seq: row[1],
        source: row[2],
        receivedAt: Timestamp(milliseconds: row[3]),
        path: row[4],
        query: row[5],
        contentType: row[6],
        sha256: row[7],
        body: body
      ),
      state: State(rawValue: row[9]) ?? .pending,
      reason: row[10],
      summary: row[11]
    )
  }
}

extension [UInt8] {
  /// As a BLOB.
  var databaseValue: DatabaseValue { Data(self).databaseValue }
}
