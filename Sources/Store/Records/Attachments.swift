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
    attachment.bytes, attachment.path, attachment.duration_ms, attachment.error
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
      problem: row[9]
    )
  }
}

extension LeadStore {
  /// Where the files of messages lie.
  package var mediaDirectory: String { directory + "/media" }
}
