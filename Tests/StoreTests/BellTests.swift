// The bell between processes: what is committed anywhere is heard, and nothing else.
import Model
import Store
import TestSupport
import Testing

@Suite struct BellTests {
  private let fixture: TemporaryStore
  private let lead: LeadID

  init() throws {
    fixture = try TemporaryStore()
    _ = try fixture.deliver(.whatsApp("Hi", id: "in1", at: fixture.clock.now))
    lead = try fixture.lead().id
  }

  /// Whether a wait ended long before its patience did.
  private func hears(_ bell: Bell, within patience: Int32) -> Bool {
    let start = ContinuousClock.now
    return bell.wait() && ContinuousClock.now - start < .milliseconds(Int(patience) / 2)
  }

  @Test func commitsOfAnyProcessRing() throws {
    let bell = try Bell(store: fixture.store, patience: 600_000)
    let changes = try ChangeWatch(store: fixture.store)
    for store in [try fixture.reopened(), fixture.store] {
      _ = try store.addNote(lead, text: "from somewhere", by: .system)
      #expect(hears(bell, within: 600_000))
      #expect(try changes.hasChanged())
    }
  }

  @Test func manyCommitsBetweenTwoWaitsRingOnceAndReadingNever() throws {
    let bell = try Bell(store: fixture.store, patience: 200)
    for _ in 0..<300 { _ = try fixture.store.addNote(lead, text: "again", by: .system) }
    #expect(bell.wait())
    _ = try fixture.reopened().rev()
    _ = try fixture.leads()
    #expect(!hears(bell, within: 200))
  }

  @Test func aSilencedBellLetsNobodyWait() throws {
    let bell = try Bell(store: fixture.store, patience: 600_000)
    bell.silence()
    #expect(!bell.wait())
    #expect(!bell.wait())
  }
}
