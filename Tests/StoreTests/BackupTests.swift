// Copies taken while others write, and going back to one.
import Foundation
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct BackupTests {
  @Test func aCopyIsWholeAndComesBackWithItsQueueInDoubt() throws {
    let fixture = try TemporaryStore()
    let store = fixture.store
    try fixture.deliver(.whatsApp("Hello", id: "m1", at: TemporaryStore.start))
    let lead = try fixture.lead().id
    _ = try store.enqueue(lead, kind: .text, text: "in the copy", undo: 0, by: .system)
    let file = store.directory + "/copy.db"
    try store.backup(to: file)
    #expect(throws: BackupError.exists(path: file)) { try store.backup(to: file) }
    #expect(try store.lastBackupAt() == store.clock.now())

    try store.addNote(lead, text: "after the copy", by: .system)
    try store.restore(from: file)
    let detail = try #require(try store.lead(lead, scope: .everything))
    #expect(detail.notes.isEmpty)
    #expect(try store.outboxCounts() == OutboxCounts(queued: 0, sending: 0, unconfirmed: 1))
    #expect(try store.claim() == nil)
    #expect(try store.problems().isEmpty)
  }

  @Test func whatIsNoBackupChangesNothing() throws {
    let fixture = try TemporaryStore()
    let store = fixture.store
    try fixture.deliver(.whatsApp("Hello", id: "m1", at: TemporaryStore.start))
    let lead = try fixture.lead().id
    let file = store.directory + "/noise"
    try Data("not a database, but long enough to look at".utf8)
      .write(to: URL(fileURLWithPath: file))
    #expect(throws: BackupError.self) { try store.restore(from: file) }
    #expect(throws: BackupError.self) { try store.restore(from: file + "-missing") }
    #expect(try store.lead(lead, scope: .everything) != nil)
  }

  @Test func aRunningWorkerIsNotPulledFromUnder() throws {
    let fixture = try TemporaryStore()
    let file = fixture.store.directory + "/copy.db"
    try fixture.store.backup(to: file)
    let lease = try AdvisoryLock(path: fixture.store.directory + "/worker.lock")
    try #require(lease.tryLock())
    #expect(throws: BackupError.inUse) { try fixture.store.restore(from: file) }
  }
}
