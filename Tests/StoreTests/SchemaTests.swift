// The store's file: its schema, its settings and its modes.
import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct SchemaTests {
  /// The schema as SQLite keeps it.
  ///
  /// `UPDATE_GOLDEN=1` rewrites the file; a changed shipped migration shows up in review.
  @Test func isTheOneWrittenDown() throws {
    let fixture = try TemporaryStore()
    let schema = try fixture.store.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT sql || ';' FROM sqlite_master
          WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name
          """
      )
    }
    let text = schema.joined(separator: "\n\n") + "\n"
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "schema.sql")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: path, encoding: .utf8) == text)
  }

  @Test func everyTableIsStrict() throws {
    let fixture = try TemporaryStore()
    let loose = try fixture.store.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
          """
      )
    }
    #expect(loose == [])
  }

  @Test func aNewerProgramsStoreIsRefused() throws {
    let fixture = try TemporaryStore()
    try fixture.store.pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA user_version = \(Schema.version + 1)")
      try database.execute(
        sql: "UPDATE setting SET value = '9.9' WHERE gym_id = 0 AND key = 'program.version'"
      )
    }
    #expect(
      throws: StoreError.newerSchema(
        found: Schema.version + 1,
        known: Schema.version,
        writer: "9.9"
      )
    ) { try fixture.reopened() }
  }

  @Test func runningSessionsSeeTheSchemaMove() throws {
    let fixture = try TemporaryStore()
    let watch = try ChangeWatch(store: fixture.store)
    #expect(try !watch.schemaHasMoved())
    try fixture.store.pool.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = \(Schema.version + 1)")
    }
    #expect(try watch.schemaHasMoved())
  }

  @Test func anotherOpeningChangesNothing() throws {
    let fixture = try TemporaryStore()
    let before = try fixture.store.rev()
    let again = try fixture.reopened()
    #expect(try again.rev() == before)
    #expect(try again.gyms(.everything).count == 1)
  }

  /// A store of version 8, in which messages that were taken back kept their files.
  @Test func anOlderStoreIsBroughtUpWithItsRows() throws {
    let fixture = try TemporaryStore()
    for (id, name) in [("m1", "kept"), ("m2", "taken")] {
      try fixture.deliver(.whatsApp(name, id: id, at: fixture.clock.now))
    }
    try fixture.store.pool.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          DROP TABLE dropped_file;
          DROP TABLE note_draft;
          DROP TABLE form_draft;
          ALTER TABLE attachment DROP COLUMN sent_bytes;
          DROP INDEX lead_troubled_waiting;
          DROP INDEX lead_troubled_calm;
          UPDATE message SET deleted_at = 1 WHERE provider_id = 'm2';
          INSERT INTO attachment (message_id, kind, state, path, rev)
            SELECT id, 'image', 'stored', text || '.jpg', 1 FROM message;
          PRAGMA user_version = 8;
          """
      )
    }
    let store = try fixture.reopened()
    let (version, files, dropped) = try store.read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA user_version"),
        try String.fetchAll(database, sql: "SELECT path FROM attachment"),
        try String.fetchAll(database, sql: "SELECT path FROM dropped_file")
      )
    }
    #expect(version == Schema.version)
    #expect(files == ["kept.jpg"] && dropped == ["taken.jpg"])
    #expect(try store.problems().allSatisfy { $0.contains("kept.jpg is missing") })
  }

  @Test func searchesOfAnOlderStoreAreForgotten() throws {
    let fixture = try TemporaryStore()
    for line in ["search Maria Lopez", "filter Mine"] {
      try fixture.store.rememberCommand(line, of: fixture.anna.id)
    }
    try fixture.store.pool.writeWithoutTransaction {
      try $0.execute(sql: "DROP TABLE note_draft; DROP TABLE form_draft; PRAGMA user_version = 10")
    }
    #expect(try fixture.reopened().commandHistory(of: fixture.anna.id) == ["filter Mine"])
  }

  @Test func whatIsNoDatabaseIsSaid() throws {
    let fixture = try TemporaryStore()
    let folder = fixture.directory + "/other"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: folder + "/inbox.db"))
    #expect {
      try LeadStore(directory: folder, program: "1")
    } throws: { error in
      guard case .unusable(let path, _) = error as? StoreError else { return false }
      return path == folder + "/inbox.db"
    }
  }

  @Test func acknowledgedRowsAreSynced() throws {
    let fixture = try TemporaryStore()
    let writer = try fixture.store.pool.writeWithoutTransaction { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA synchronous"),
        try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint"),
        try Int.fetchOne(database, sql: "PRAGMA foreign_keys"),
        try String.fetchOne(database, sql: "PRAGMA journal_mode")
      )
    }
    #expect(writer.0 == 2)
    #expect(writer.1 == 0)
    #expect(writer.2 == 1)
    #expect(writer.3 == "wal")
    #expect(try fixture.store.read { try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint") } == 0)
  }

  @Test func onlyTheOwnerReadsTheFiles() throws {
    let fixture = try TemporaryStore()
    for name in ["inbox.db", "inbox.db-wal", "inbox.db-shm", "write.lock"] {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: fixture.directory + "/" + name
      )
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
  }
}
