// The queries that read the log's database: pages of the feed, numbers for metrics and stats.
import Foundation
import GRDB
import Model
import RelayAPI

enum LogReader {
  /// A page of the feed, escaped straight from SQLite's own memory.
  static func page(
    _ database: Database,
    log: String,
    after: Int64,
    limit: Int,
    bytes: Int
  ) throws -> EncodedPage {
    var page = FeedPageEncoder(log: log)
    var next = after
    let statement = try database.cachedStatement(
      sql: """
        SELECT seq, source, received_at, path, query, content_type, sha256, body
        FROM event WHERE seq > ? ORDER BY seq LIMIT ?
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: [after, limit])
    while let row = try rows.next() {
      let mark = page.mark
      try append(row, to: &page)
      // The closing bracket and `next` take up to 32 bytes more.
      if page.bytes.count + 32 > bytes && page.count > 1 {
        page.rewind(to: mark)
        break
      }
      next = row[0]
    }
    let count = page.count
    return EncodedPage(bytes: page.finish(next: next), count: count)
  }

  private static func append(_ row: Row, to page: inout FeedPageEncoder) throws {
    try row.withUnsafeData(atIndex: 6) { hash in
      try row.withUnsafeData(atIndex: 7) { body in
        (hash ?? Data()).withUnsafeBytes { hash in
          (body ?? Data()).withUnsafeBytes { body in
            page.append(
              seq: row[0],
              source: row[1],
              receivedAt: Timestamp(milliseconds: row[2]),
              path: row[3],
              query: row[4],
              contentType: row[5],
              sha256: hash,
              body: body
            )
          }
        }
      }
    }
  }

  static func acked(_ database: Database) throws -> [String: Int64] {
    var acked: [String: Int64] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT name, through FROM client")
    while let row = try rows.next() { acked[row[0]] = row[1] }
    return acked
  }

  /// The log's name and the highest seq ever given.
  static func identity(_ database: Database) throws -> (id: String, last: Int64) {
    let row = try Row.fetchOne(
      database,
      sql: "SELECT uuid, max(high_seq, coalesce((SELECT max(seq) FROM event), 0)) FROM log"
    )
    guard let row else { throw EventLogError.unreadable("its log row is gone") }
    return (row[0], row[1])
  }

  static func status(_ database: Database, path: String) throws -> EventLogStatus {
    let (id, last) = try identity(database)
    // The count comes from the ends: seqs are dense but for failed commits, which reuse theirs.
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT seq, received_at, (SELECT max(seq) FROM event) - seq + 1
        FROM event ORDER BY seq LIMIT 1
        """
    )
    return EventLogStatus(
      id: id,
      events: row?[2] ?? 0,
      firstSeq: row?[0] ?? 0,
      lastSeq: last,
      oldestAt: row.map { Timestamp(milliseconds: $0[1]) },
      acked: try acked(database),
      bytes: FileSize.of(path) + FileSize.of(path + "-wal")
    )
  }
}
