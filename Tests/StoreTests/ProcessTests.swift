// Eight real processes write one store, checkpoint it and die by kill -9 in the middle: what each
// had acknowledged is there, once, and the file is whole. STRESS_ROUNDS makes it longer.
import Dispatch
import Foundation
import GRDB
import Glibc
import Model
import TestSupport
import Testing

@testable import Store

@Suite(.ownThreads) struct ProcessTests {
  private static let writers = 8
  private static let rounds =
    ProcessInfo.processInfo.environment["STRESS_ROUNDS"].flatMap { Int($0) } ?? 1

  @Test func killedWritersLoseNothingTheyAcknowledged() async throws {
    let fixture = try TemporaryStore()
    try fixture.deliver(.whatsApp("hi", id: "m1", at: fixture.clock.now))
    let (folder, lead) = (fixture.directory, try fixture.lead().id.rawValue)
    for round in 0..<Self.rounds {
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<Self.writers {
          group.addTask {
            let name = "\(round).\(number)"
            await #expect(processExitsWith: .signal(SIGKILL)) {
              [folder = folder as String, lead = lead as Int64, name = name as String] in
              try writeUntilKilled(folder: folder, lead: LeadID(lead), name: name)
            }
          }
        }
      }
      try expectEveryPromiseKept(fixture)
    }
  }

  private func expectEveryPromiseKept(_ fixture: TemporaryStore) throws {
    let (notes, check) = try fixture.reopened().read { database in
      (
        try String.fetchAll(database, sql: "SELECT text FROM note"),
        try String.fetchAll(database, sql: "PRAGMA integrity_check")
      )
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.directory)
    let promised = try files.filter { $0.hasPrefix("promised.") }.flatMap { name in
      try String(contentsOfFile: fixture.directory + "/" + name, encoding: .utf8)
        .split(separator: "\n").map(String.init)
    }
    #expect(!promised.isEmpty)
    #expect(Set(promised).subtracting(notes).isEmpty, "acknowledged notes are lost")
    #expect(Set(notes).count == notes.count, "a note is there twice")
    #expect(check == ["ok"])
  }
}

/// One writer process: notes, each written down outside the store once it is committed, and a
/// checkpoint now and then.
///
/// Ends by SIGKILL at a random moment after the first.
private func writeUntilKilled(folder: String, lead: LeadID, name: String) throws {
  let promises = open(folder + "/promised." + name, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  try #require(promises >= 0)
  let store = try LeadStore(directory: folder, program: "test")
  for number in 0... {
    let text = "\(name).\(number)"
    try store.addNote(lead, text: text, by: .system)
    let line = Array((text + "\n").utf8)
    _ = line.withUnsafeBytes { write(promises, $0.baseAddress, $0.count) }
    if number == 0 {
      let moment = DispatchTime.now() + .milliseconds(Int.random(in: 50...1500))
      DispatchQueue.global().asyncAfter(deadline: moment) { kill(getpid(), SIGKILL) }
    }
    if number % 3 == 0 { try store.checkpoint(past: 0) }
  }
}

/// Eight processes apply the same webhooks, each in an order of its own.
@Suite(.ownThreads) struct IdentityRaceTests {
  @Test func theSamePeopleFromEightProcessesAreThereOnce() async throws {
    let fixture = try TemporaryStore()
    // Mia by number and business-scoped id; somebody else whose id later claims her number.
    try fixture.deliver(raceMessage("first", [Race.phone, Race.bsuid]))
    try fixture.deliver(raceMessage("other", [Race.stranger]))
    let rows = try (0..<Race.events.count).map { _ in try fixture.journalRow() }
    let (folder, first) = (fixture.directory, try #require(rows.first))
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [folder = folder as String, first = first as Int64] in
            let store = try LeadStore(directory: folder, program: "test")
            for (index, event) in Array(Race.events.enumerated()).shuffled() {
              let row = DecodedEvent(
                journal: first + Int64(index),
                receivedAt: TemporaryStore.start,
                events: [event],
                parkedReason: nil,
                summary: "race"
              )
              _ = try store.apply([row])
            }
          }
        }
      }
    }
    #expect(try fixture.leads().count == 3)
    let (doubled, messages, conflicts) = try fixture.reopened().read { database in
      (
        try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM (SELECT 1 FROM lead WHERE is_open = 1
              GROUP BY gym_id, person_id HAVING count(*) > 1)
            """
        ),
        try Int.fetchOne(database, sql: "SELECT count(*) FROM message"),
        try Int.fetchOne(
          database,
          sql: "SELECT count(*) FROM activity WHERE verb = 'identity_conflict'"
        )
      )
    }
    #expect(doubled == 0)
    #expect(messages == 2 + Race.events.count)
    #expect(conflicts == 1)
  }
}

/// What the eight apply: in any order, it comes to the same.
private enum Race {
  static let phone = Identity(kind: .phone, value: "4915112345678")
  static let bsuid = Identity(kind: .bsuid, value: "DE.mia")
  static let stranger = Identity(kind: .bsuid, value: "DE.stranger")

  static let events: [InboundEvent] =
    (0..<12).map { raceMessage("mia\($0)", $0 % 2 == 0 ? [phone] : [bsuid, phone]) }
    + (0..<6).map {
      .instagram("hi", username: "mia", messageID: "ig\($0)", at: TemporaryStore.start)
    }
    + (0..<4).map { raceMessage("claim\($0)", [stranger, phone]) }
}

private func raceMessage(_ id: String, _ person: [Identity]) -> InboundEvent {
  .whatsApp(
    InboundMessage(
      providerID: id,
      person: person,
      profileName: nil,
      kind: .text,
      text: id,
      providerAt: TemporaryStore.start
    )
  )
}
