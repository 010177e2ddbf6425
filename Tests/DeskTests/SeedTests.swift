// The seeded gym: what the demo shows first, and synthetic leads that repeat themselves.
import Desk
import Foundation
import Model
import Store
import Testing

private let now = Timestamp(seconds: 1_790_000_000)

/// A desk over a store in a folder of its own, which goes with `body`.
private func withDesk(_ body: (FrontDesk) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "seed-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let clock = WallClock { now }
  let store = try LeadStore(directory: folder, clock: clock, program: "test")
  try body(FrontDesk(store: store, undoSendSeconds: 0))
}

private func listed(_ desk: FrontDesk) throws -> [ListedLead] {
  var leads: [ListedLead] = []
  try desk.store.eachLead(scope: .everything) { leads.append($0) }
  return leads
}

@Suite struct SeedTests {
  @Test func theDemoHasFortyLeadsOfWhomTenWait() throws {
    try withDesk { desk in
      #expect(try desk.seedDemo(seed: 1) == 40)
      let leads = try listed(desk)
      let waiting = leads.compactMap(\.summary.waitingSince)
      #expect(waiting.count == 10)
      #expect(waiting.allSatisfy { now - $0 < 24 * .hour })
      // Two have less than two hours of their window left.
      #expect(waiting.count { now - $0 > 22 * .hour } == 2)
      #expect(Set(leads.map(\.summary.stage)).count == 12)
      #expect(leads.count { $0.summary.previewStatus == .failed } == 1)
      #expect(leads.allSatisfy { now - $0.summary.createdAt < 31 * .day })
      #expect(try desk.seedDemo(seed: 1) == 0)
    }
  }

  @Test func aSeedGivesTheNumbersAskedForAndRepeatsItself() throws {
    func names() throws -> [String] {
      var names: [String] = []
      try withDesk { desk in
        var totals: [Int] = []
        #expect(try desk.seed(leads: 700, messages: 2500, seed: 3) { totals.append($0) } == 700)
        #expect(totals == [500, 700])
        let leads = try listed(desk)
        names = leads.map(\.summary.name)
        #expect(leads.allSatisfy { $0.summary.lastMessageAt <= now })
      }
      return names
    }
    let first = try names()
    #expect(first.count == 700)
    #expect(try names() == first)
  }
}
