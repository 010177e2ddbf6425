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

@Suite struct ProcessTests {
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
/// Ends by SIGKILL at a random moment.
private func writeUntilKilled(folder: String, lead: LeadID, name: String) throws {
  let promises = open(folder + "/promised." + name, O_WRONLY | O_CREAT | O_APPEND, 0o600)
  try #require(promises >= 0)
  let store = try LeadStore(directory: folder, program: "test")
  let moment = DispatchTime.now() + .milliseconds(Int.random(in: 50...1500))
  DispatchQueue.global().asyncAfter(deadline: moment) { kill(getpid(), SIGKILL) }
  for number in 0... {
    let text = "\(name).\(number)"
    try store.addNote(lead, text: text, by: .system)
    let line = Array((text + "\n").utf8)
    _ = line.withUnsafeBytes { write(promises, $0.baseAddress, $0.count) }
    if number % 3 == 0 { try store.checkpoint(past: 0) }
  }
}
