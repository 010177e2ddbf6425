// The worker and messages that need more than a post: files go up first, templates are kept in step.
import Channels
import Foundation
import Model
import Synchronization
import TestSupport
import Testing
import Worker

@testable import Store

@Suite(.ownThreads) struct OutboundWorkTests {
  let bench: Bench
  let lead: LeadID

  init() throws {
    bench = try Bench()
    try bench.fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try bench.fixture.lead().id
  }

  private func enqueueFile() throws -> MessageID {
    let folder = bench.fixture.directory + "/media"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/abc.jpg"))
    return try bench.store.enqueue(
      lead,
      OutboundMessage(
        .file(.image),
        text: "us",
        file: OutboundFile(
          kind: .image,
          path: "abc.jpg",
          mime: "image/jpeg",
          name: "class.jpg",
          bytes: 3,
          sha256: "abc"
        )
      ),
      undo: 0,
      by: .system
    )
  }

  /// Answers uploads with `upload`, and takes every message.
  private func run(_ upload: HTTPOutcome) throws -> (uploads: Int, posts: [JSONValue]) {
    let uploads = Mutex(0)
    let posts = Mutex<[JSONValue]>([])
    var setup = bench.setup(relay: false)
    setup.makeTransport = {
      ScriptedTransport { request in
        if request.url.hasSuffix("/media") {
          uploads.withLock { $0 += 1 }
          return upload
        }
        guard request.isSend else { return .json(404, "{}") }
        posts.withLock { $0.append((try? JSONValue.parse(request.body)) ?? .null) }
        return .json(200, #"{"messages":[{"id":"w1"}]}"#)
      }
    }
    _ = try BackgroundWorker.runOnce(store: bench.store, setup: setup, log: Bench.log, patience: 0)
    return (uploads.withLock { $0 }, posts.withLock { $0 })
  }

  @Test func aFileGoesUpBeforeItsMessage() throws {
    let message = try enqueueFile()
    let (uploads, posts) = try run(.json(200, #"{"id":"77"}"#))
    #expect(uploads == 1)
    #expect(posts.map { $0["image"]["id"].text } == ["77"])
    #expect(try bench.status(message) == .sent)
  }

  @Test func aLongUploadTellsHowFarItIs() throws {
    let message = try enqueueFile()
    let seen = Mutex<[Int64?]>([])
    let store = bench.store
    let clock = bench.fixture.clock
    var setup = bench.setup(relay: false)
    setup.makeTransport = {
      ScriptedTransport { request in
        guard request.url.hasSuffix("/media") else {
          return .json(200, #"{"messages":[{"id":"w1"}]}"#)
        }
        for sent: Int64 in [1, 2, 500] {
          if sent > 1 { clock.advance(.second) }
          request.onProgress?(sent)
          seen.withLock { $0.append(try? store.message(message)?.media.first?.sentBytes) }
        }
        return .json(503, "")
      }
    }
    _ = try BackgroundWorker.runOnce(store: store, setup: setup, log: Bench.log, patience: 0)
    #expect(seen.withLock { $0 } == [nil, 2, 3])
    #expect(try bench.status(message) == .queued)
    #expect(try store.message(message)?.media.first?.sentBytes == nil, "the next try begins anew")
  }

  @Test func anUploadThatFailsIsTriedAgainAndNothingIsPosted() throws {
    let message = try enqueueFile()
    let (_, posts) = try run(.unknown(reason: "timed out"))
    #expect(posts.isEmpty)
    #expect(try bench.status(message) == .queued)
    bench.fixture.clock.advance(.hour)
    #expect(try run(.json(200, #"{"id":"78"}"#)).posts.count == 1)
  }

  @Test func whatIsUpThereIsNotBroughtAgain() throws {
    _ = try enqueueFile()
    let item = try #require(try bench.store.claim())
    try bench.store.keepUpload(try #require(item.file).id, providerID: "55")
    try bench.store.finish(
      item.message,
      .retry(at: bench.fixture.clock.now, reason: "no connection")
    )
    let (uploads, posts) = try run(.json(500, ""))
    #expect(uploads == 0)
    #expect(posts.map { $0["image"]["id"].text } == ["55"])
  }

  @Test func aRefusedFileFailsWithTheReason() throws {
    let message = try enqueueFile()
    let refusal = #"{"error":{"message":"Media upload error","code":100}}"#
    #expect(try run(.json(400, refusal)).posts.isEmpty)
    #expect(try bench.status(message) == .failed)
  }

  @Test func aFileThatWasChangedIsNotSent() throws {
    let message = try enqueueFile()
    let path = bench.fixture.directory + "/media/abc.jpg"
    try Data([1, 2, 3, 4]).write(to: URL(fileURLWithPath: path))
    #expect(try run(.json(200, #"{"id":"77"}"#)).uploads == 0)
    #expect(try bench.status(message) == .failed)
    #expect(try bench.store.message(message)?.failure?.title.contains("changed") == true)
  }

  @Test func templatesAreReadAtTheStart() throws {
    var setup = bench.setup(relay: false)
    setup.credentials["wa-main"]?.businessAccount = "102"
    try bench.store.ensureChannel(
      ChannelAccount(
        id: "wa-main",
        kind: .whatsapp,
        gym: bench.fixture.gym.id,
        account: TemporaryStore.phoneAccount,
        businessAccount: "102"
      )
    )
    setup.makeTransport = {
      ScriptedTransport { request in
        request.url.contains("/102/message_templates")
          ? .json(
            200,
            #"{"data":[{"name":"a","language":"en","status":"APPROVED","category":"UTILITY","#
              + #""components":[{"type":"BODY","text":"Hi"}]}]}"#
          ) : .json(404, "{}")
      }
    }
    _ = try BackgroundWorker.runOnce(store: bench.store, setup: setup, log: Bench.log, patience: 0)
    #expect(try bench.store.whatsAppTemplates().map(\.name) == ["a"])
  }
}
