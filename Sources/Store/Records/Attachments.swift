// The files of messages: which there are, what is to be fetched, and what became of it. The bytes
// are in the media folder.
import GRDB
import Model

extension Application {
  /// Notes the files that a new message refers to; the worker fetches them.
  func attach(_ media: [InboundMedia], to message: Int64) throws {
    for (position, item) in media.enumerated() {
      try database.cachedStatement(
        sql: """
          INSERT INTO attachment
            (message_id, position, kind, state, provider_id, url, mime, name, sha256, rev)
          VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        message, position, item.kind.rawValue, item.providerID, item.url, item.mime, item.name,
        item.sha256, rev,
      ])
    }
  }
}

extension Database {
  /// Gives messages their files.
  func addMedia(to messages: inout [Message]) throws {
    guard !messages.isEmpty else { return }
    let ids = "[" + messages.map { String($0.id.rawValue) }.joined(separator: ",") + "]"
    let rows = try Row.fetchCursor(
      cachedStatement(
        sql: """
          SELECT attachment.message_id, \(Attachment.columns)
          FROM json_each(?) JOIN attachment ON attachment.message_id = json_each.value
          ORDER BY attachment.message_id, attachment.position
          """
      ),
      arguments: [ids]
    )
    var found: [Int64: [Attachment]] = [:]
    while let row = try rows.next() { found[row[0], default: []].append(Attachment(row: row)) }
    guard !found.isEmpty else { return }
    for place in messages.indices {
      messages[place].media = found[messages[place].id.rawValue] ?? []
    }
  }
}

extension Attachment {
  static let columns = """
    attachment.id, attachment.kind, attachment.state, attachment.name, attachment.mime,
    attachment.bytes, attachment.path, attachment.duration_ms, attachment.error,
    attachment.sent_bytes
    """

  /// From a row that has something before the `columns`.
  init(row: Row) {
    self.init(
      id: AttachmentID(row[1]),
      kind: MediaKind(rawValue: row[2]) ?? .document,
      state: State(rawValue: row[3]) ?? .failed,
      name: row[4],
      mime: row[5],
      bytes: row[6],
      path: row[7],
      duration: row[8],
      problem: row[9],
      sentBytes: row[10]
    )
  }
}

/// A file that the worker is to fetch.
package struct WantedMedia: Equatable, Sendable {
  package var id: AttachmentID
  /// The channel it came on, by the config's name.
  package var channel: String
  package var kind: MediaKind
  package var providerID: String?
  package var url: String?
  package var mime: String?
  /// What it has to be, where the provider says so.
  package var sha256: String?
  /// Tries before this one.
  package var attempts: Int
  /// When its message came in: addresses and ids live from then.
  package var receivedAt: Timestamp
}

extension LeadStore {
  /// The files of messages.
  package var media: MediaFolder { MediaFolder(path: directory + "/media") }

  /// The files that are due to be fetched, longest due first.
  package func wantedMedia(limit: Int) throws -> [WantedMedia] {
    let now = clock.now().milliseconds
    return try read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT attachment.id, message.channel_id, attachment.kind, attachment.provider_id,
              attachment.url, attachment.mime, attachment.sha256, attachment.attempts,
              message.received_at
            FROM attachment JOIN message ON message.id = attachment.message_id
            WHERE attachment.state = 'waiting' AND attachment.not_before <= ?
            ORDER BY attachment.not_before, attachment.id LIMIT ?
            """
        ),
        arguments: [now, limit]
      ).map { row in
        WantedMedia(
          id: AttachmentID(row[0]),
          channel: row[1],
          kind: MediaKind(rawValue: row[2]) ?? .document,
          providerID: row[3],
          url: row[4],
          mime: row[5],
          sha256: row[6],
          attempts: row[7],
          receivedAt: Timestamp(milliseconds: row[8])
        )
      }
    }
  }

  /// One file of a lead in scope.
  package func attachment(_ id: AttachmentID, scope: Scope) throws -> Attachment? {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT attachment.message_id, \(sql: Attachment.columns) FROM attachment
        JOIN message ON message.id = attachment.message_id
        JOIN thread ON thread.id = message.thread_id
        JOIN lead ON lead.person_id = thread.person_id
        WHERE attachment.id = \(id.rawValue) AND \(scope.leads("lead")) LIMIT 1
        """
      return try request.fetchOne(database).map(Attachment.init(row:))
    }
  }

  /// When the next file is due that isn't yet; nil when there is none.
  package func nextMediaDue(after time: Timestamp) throws -> Timestamp? {
    try read { database in
      try Int64.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT not_before FROM attachment WHERE state = 'waiting' AND not_before > ?
            ORDER BY not_before LIMIT 1
            """
        ),
        arguments: [time.milliseconds]
      ).map(Timestamp.init(milliseconds:))
    }
  }

  /// The file is here.
  ///
  /// False when nobody wants it any more: its message was deleted meanwhile.
  package func keepMedia(_ id: AttachmentID, _ file: StoredFile) throws -> Bool {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE attachment SET state = 'stored', path = ?, sha256 = ?, bytes = ?, mime = ?,
            duration_ms = ?, url = NULL, error = NULL, rev = ?
          WHERE id = ? AND state = 'waiting'
          """,
        arguments: [
          file.path, file.sha256, file.bytes, file.type.mime, file.duration, rev, id.rawValue,
        ]
      )
      return database.changesCount == 1
    }
  }

  /// This try went wrong; the next is at `time`.
  ///
  /// A fresh address takes the old one's place; nil forgets it.
  package func postponeMedia(
    _ id: AttachmentID,
    until time: Timestamp,
    reason: String,
    url: String?
  ) throws {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE attachment SET attempts = attempts + 1, not_before = ?, error = ?, url = ?, rev = ?
          WHERE id = ? AND state = 'waiting'
          """,
        arguments: [time.milliseconds, reason, url, rev, id.rawValue]
      )
    }
  }

  /// There will be no file; `isUnwanted` when we would not have it.
  package func giveUpMedia(_ id: AttachmentID, reason: String, isUnwanted: Bool) throws {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE attachment SET attempts = attempts + 1, state = ?, error = ?, rev = ?
          WHERE id = ? AND state = 'waiting'
          """,
        arguments: [isUnwanted ? "refused" : "failed", reason, rev, id.rawValue]
      )
    }
  }

  /// Puts the files of a lead's messages in line again that could not be fetched; returns how many.
  package func retryMedia(of lead: LeadID) throws -> Int {
    try write { database, rev in
      try database.execute(
        sql: """
          UPDATE attachment SET state = 'waiting', attempts = 0, not_before = 0, error = NULL, rev = ?
          WHERE state IN ('failed', 'waiting') AND error IS NOT NULL AND message_id IN (
            SELECT message.id FROM lead JOIN thread ON thread.person_id = lead.person_id
            JOIN message ON message.thread_id = thread.id
            WHERE lead.id = ? AND message.direction = 'in')
          """,
        arguments: [rev, lead.rawValue]
      )
      return database.changesCount
    }
  }

  /// Removes files that no message has any more and that have lain about for an hour, and
  /// beginnings that nothing has been added to for a day.
  package func sweepMedia() throws {
    media.remove(media.files(in: "incoming", olderThan: 24 * 3600), in: "incoming")
    try removeUnused(media.files(olderThan: 3600))
  }

  /// Removes what messages that were taken back had, where no other message has it.
  package func removeDroppedFiles() throws {
    let paths = try read { try String.fetchAll($0, sql: "SELECT path FROM dropped_file LIMIT 500") }
    guard !paths.isEmpty else { return }
    try removeUnused(paths)
    try writeQuietly { database in
      try database.execute(
        sql: "DELETE FROM dropped_file WHERE path IN (SELECT value FROM json_each(?))",
        arguments: [JSONValue.array(paths.map { .string($0) }).encoded()]
      )
    }
  }

  /// Removes those of the files that no message has.
  package func removeUnused(_ names: [String]) throws {
    guard !names.isEmpty else { return }
    let known = try read { database in
      Set(
        try String.fetchAll(
          database,
          sql: "SELECT path FROM attachment WHERE path IN (SELECT value FROM json_each(?))",
          arguments: [JSONValue.array(names.map { .string($0) }).encoded()]
        )
      )
    }
    media.remove(names.filter { !known.contains($0) })
  }
}

extension Database {
  /// Forgets the files of a message that was taken back; the worker removes those that no other has.
  func dropMedia(ofMessage message: Int64) throws {
    try cachedStatement(
      sql: """
        INSERT INTO dropped_file SELECT DISTINCT path FROM attachment
        WHERE message_id = ? AND path IS NOT NULL ON CONFLICT DO NOTHING
        """
    ).execute(arguments: [message])
    try cachedStatement(sql: "DELETE FROM attachment WHERE message_id = ?")
      .execute(arguments: [message])
  }
}
