// Copies taken while eight others write, files that go with them, and who must not be there when one
// comes back.
import Foundation
import GRDB
import Model
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite(.ownThreads) struct BackupUnderLoadTests {
  @Test func aCopyTakenAmongEightWritersIsOneMomentsState() throws {
    let fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("Hello", id: "m1", at: TemporaryStore.start))
    let lead = try fixture.lead().id
    let stores = try (0..<8).map { _ in try fixture.reopened() }
    let isDone = Atomic(false)
    let files = (0..<3).map { fixture.directory + "/copy-\($0).db" }
    // Threads of their own: a pool as small as the machine would run the writers only.
    let writers = DispatchGroup()
    let troubles = Mutex<[String]>([])
    for (place, store) in stores.enumerated() {
      writers.enter()
      Thread.detachNewThread {
        defer { writers.leave() }
        do {
          while !isDone.load(ordering: .acquiring) {
            _ = try store.addNote(lead, text: "note of \(place)", by: .system)
            // The lock is nobody's turn: without a rest one may go without it for long.
            usleep(2000)
          }
        } catch { troubles.withLock { $0.append("\(error)") } }
      }
    }
    let outcome = Result { for file in files { try fixture.store.backup(to: file) } }
    isDone.store(true, ordering: .releasing)
    writers.wait()
    try outcome.get()
    #expect(troubles.withLock { $0 } == [])
    for file in files {
      let home = try TemporaryStore()
      try home.store.restore(from: file)
      #expect(try home.store.problems().isEmpty)
      let detail = try #require(try home.store.lead(lead, scope: .everything))
      let notes = detail.notes.count
      // Each note is one transaction with its line of history: a torn copy would have one of them.
      let history = try home.store.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM activity WHERE verb = 'note'") ?? 0
      }
      #expect(notes == history)
    }
  }

  @Test func photosGoWithTheCopyAndComeBack() throws {
    let fixture = try TemporaryStore()
    let photo = try stored(Data([0xFF, 0xD8, 0xFF, 1, 2, 3]), in: fixture)
    let file = fixture.directory + "/copy.db"
    #expect(try fixture.store.backup(to: file) == 1)
    let fresh = try TemporaryStore()
    let restored = try fresh.store.restore(from: file)
    #expect(restored.missingFiles == 0)
    #expect(try fresh.store.problems().isEmpty)
    let path = fresh.store.media.fullPath(photo)
    #expect(try Data(contentsOf: URL(filePath: path)) == Data([0xFF, 0xD8, 0xFF, 1, 2, 3]))
  }

  @Test func photosThatAreNotInTheCopyAreAskedForAgain() throws {
    let fixture = try TemporaryStore()
    _ = try stored(Data([0xFF, 0xD8, 0xFF, 4]), in: fixture)
    let file = fixture.directory + "/copy.db"
    try fixture.store.backup(to: file)
    try FileManager.default.removeItem(atPath: file + ".media")
    let fresh = try TemporaryStore()
    #expect(try fresh.store.restore(from: file).missingFiles == 1)
    let photo = try #require(try fresh.firstMessage()?.media.first)
    #expect(photo.state == .waiting)
    #expect(photo.path == nil)
    #expect(photo.problem == "not in the backup that was restored")
  }

  @Test func aMissingFileIsAProblem() throws {
    let fixture = try TemporaryStore()
    let photo = try stored(Data([0xFF, 0xD8, 0xFF, 5]), in: fixture)
    #expect(try fixture.store.problems().isEmpty)
    try FileManager.default.removeItem(atPath: fixture.store.media.fullPath(photo))
    #expect(try fixture.store.problems().count == 1)
  }

  @Test func nobodyElseMayHaveTheStoreOpen() throws {
    let fixture = try TemporaryStore()
    let file = fixture.directory + "/copy.db"
    try fixture.store.backup(to: file)
    var other: LeadStore? = try fixture.reopened()
    #expect(throws: BackupError.inUse) { try fixture.store.restore(from: file) }
    _ = other?.directory
    other = nil
    // A program that another test starts at this moment may hold the file until it runs.
    #expect(eventually { (try? fixture.store.restore(from: file)) != nil })
    try fixture.store.restore(from: file)
    other = try fixture.reopened()
    #expect(try other?.problems() == [])
  }

  @Test func whatWasThereIsKeptAside() throws {
    let fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("Hello", id: "m1", at: TemporaryStore.start))
    let file = fixture.directory + "/copy.db"
    try fixture.store.backup(to: file)
    try fixture.deliver(.whatsApp("Later", id: "m2", at: TemporaryStore.start))
    let former = try fixture.store.restore(from: file).former
    let messages = try fixture.messages(try fixture.lead().id)
    #expect(messages.map(\.text) == ["Hello"])
    try fixture.store.restore(from: former)
    #expect(try fixture.messages(try fixture.lead().id).count == 2)
  }

  /// A photo that was fetched; returns its name in the media folder.
  private func stored(_ bytes: Data, in fixture: TemporaryStore) throws -> String {
    try fixture.deliver(.photo(id: "wamid.1", at: fixture.clock.now))
    let store = fixture.store
    let photo = try #require(try fixture.firstMessage()?.media.first)
    try store.media.prepare()
    let path = store.media.incoming(photo.id)
    try bytes.write(to: URL(filePath: path))
    let file = try store.media.inspect(path, declared: nil)
    try store.media.adopt(path, as: file)
    #expect(try store.keepMedia(photo.id, file))
    return file.path
  }
}
