// What was erased or taken back is in none of the store's files, while it is open and in use.
import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ErasureProofTests {
  let fixture: TemporaryStore

  init() throws { fixture = try TemporaryStore() }

  /// The names of files in the data directory that hold one of the words.
  private func files(with words: [String]) throws -> [String] {
    let walker = FileManager.default.enumerator(atPath: fixture.directory)
    return try (walker?.compactMap { $0 as? String } ?? []).filter { name in
      // Opening the store's index of its log would cost SQLite its locks; it holds no content.
      guard !name.hasSuffix("-shm") else { return false }
      return try grep(words, name)
    }
  }

  /// In a process of its own, for the same reason.
  private func grep(_ words: [String], _ name: String) throws -> Bool {
    let grep = Process()
    grep.executableURL = URL(fileURLWithPath: "/usr/bin/grep")
    grep.arguments =
      ["-qaiF"] + words.flatMap { ["-e", $0] } + ["--", fixture.directory + "/" + name]
    try grep.run()
    grep.waitUntilExit()
    return grep.terminationStatus == 0
  }

  private func indexAll() throws { while try fixture.store.indexForSearch() {} }

  @Test func erasedWordsNamesAndNumbersAreNowhere() throws {
    let words = ["xylophonist", "Quillfeather", "4915177700011"]
    for number in 0..<40 {
      let (phone, name) = number == 20 ? (words[2], words[1]) : ("49151000\(100 + number)", "Kim")
      let text = number == 20 ? "I am a \(words[0])" : "Hello, number \(number)"
      try fixture.deliver(
        .whatsApp(text, from: phone, name: name, id: "m\(number)", at: fixture.clock.now)
      )
    }
    try indexAll()
    let lead = try #require(try fixture.leads().first { $0.name == words[1] }).id
    #expect(try !files(with: words).isEmpty, "they were never there")
    _ = try fixture.store.erase(lead, by: Actor(label: "test"))
    try indexAll()
    for word in words { #expect(try files(with: [word]) == [], "\(word)") }
    #expect(try fixture.leads().filter { $0.name == "Kim" }.count == 39)
  }

  /// Applies `event` under a webhook with that message in it.
  private func deliver(_ event: InboundEvent, under message: String, seq: Int64) throws {
    let body = #"{"entry":[{"changes":[{"value":{"messages":["# + message + "]}}]}]}"
    _ = try fixture.store.keep(
      [.sample(seq: seq, receivedAt: fixture.clock.now, body: body)],
      cursor: FeedCursor(log: "bodies", after: seq)
    )
    let row = try #require(try fixture.store.pendingEvents(limit: 100).last).id
    _ = try fixture.store.apply([fixture.decoded(row, [event])])
  }

  @Test func whatTheyTookBackIsNowhere() throws {
    let word = "zeppelinmuseum"
    for number in 0..<40 {
      try fixture.deliver(.whatsApp("Hello \(number)", id: "f\(number)", at: fixture.clock.now))
    }
    try deliver(
      .whatsApp("I work at the \(word)", id: "m1", at: fixture.clock.now),
      under: #"{"id":"m1","text":{"body":"I work at the \#(word)"}}"#,
      seq: 1001
    )
    try indexAll()
    #expect(try !files(with: [word]).isEmpty, "it was never there")
    let revoke = InboundMessage(
      providerID: "m2",
      person: [Identity(kind: .phone, value: "4915112345678")],
      profileName: nil,
      kind: .revoke,
      text: "",
      providerAt: fixture.clock.now,
      replyTo: "m1"
    )
    try deliver(
      .whatsApp(revoke),
      under: #"{"id":"m2","revoke":{"original_message_id":"m1"}}"#,
      seq: 1002
    )
    try indexAll()
    #expect(try files(with: [word]) == [])
    #expect(try fixture.messages(try fixture.lead().id).count == 41)
  }

  /// A photo from that number whose file is here already.
  private func photo(_ id: String, from phone: String, name: String, file: String) throws {
    let message = InboundMessage(
      providerID: id,
      person: [Identity(kind: .phone, value: phone)],
      profileName: name,
      kind: .image,
      text: "[photo]",
      providerAt: fixture.clock.now,
      media: [InboundMedia(kind: .image, providerID: "media-" + id, url: nil, mime: "image/jpeg")]
    )
    try fixture.deliver(.whatsApp(message))
    let folder = fixture.directory + "/media"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("the bytes of \(file)".utf8).write(to: URL(fileURLWithPath: folder + "/" + file))
    try fixture.store.pool.write { database in
      try database.execute(
        sql: """
          UPDATE attachment SET path = ?, state = 'stored'
          WHERE message_id = (SELECT id FROM message WHERE provider_id = ?)
          """,
        arguments: [file, id]
      )
    }
  }

  @Test func theirPhotosGoAndWhatAnotherPersonSentStays() throws {
    try photo("p1", from: "4915177700011", name: "Ana", file: "own.jpg")
    try photo("p2", from: "4915177700011", name: "Ana", file: "both.jpg")
    try photo("p3", from: "4915177700022", name: "Ben", file: "both.jpg")
    let leads = try fixture.leads()
    let ana = try #require(leads.first { $0.name == "Ana" }).id
    let ben = try #require(leads.first { $0.name == "Ben" }).id
    _ = try fixture.store.erase(ana, by: Actor(label: "test"))
    let left = try FileManager.default.contentsOfDirectory(atPath: fixture.directory + "/media")
    #expect(left.filter { $0.hasSuffix(".jpg") } == ["both.jpg"])
    #expect(try fixture.messages(ben).first?.media.first?.path != nil)
    #expect(try files(with: ["the bytes of own.jpg"]) == [])
  }

  @Test func whatIsHalfFetchedGoesAtOnce() throws {
    try fixture.deliver(.photo(id: "p1", at: fixture.clock.now))
    let file = try #require(try fixture.firstMessage()?.media.first)
    try fixture.store.media.prepare()
    let path = fixture.store.media.incoming(file.id)
    try Data("half a photo".utf8).write(to: URL(filePath: path))
    _ = try fixture.store.erase(try fixture.lead().id, by: Actor(label: "test"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
