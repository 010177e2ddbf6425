// Answers that go to a sink while they come, by the real libcurl.
import Channels
import Foundation
import Model
import TestSupport
import Testing

@Suite(.ownThreads, .timeLimit(.minutes(30))) struct CurlDownloadTests {
  /// Keeps what comes, up to a limit.
  private final class Sink: BodySink {
    var status: Int?
    var length: String?
    var bytes: [UInt8] = []
    let limit: Int

    init(limit: Int = .max) { self.limit = limit }

    func begin(status: Int, headers: [HTTPHeader]) -> Bool {
      self.status = status
      length = headers.last { $0.name.lowercased() == "content-length" }?.value
      return true
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
      self.bytes += bytes
      return self.bytes.count <= limit
    }
  }

  private func get(_ server: LoopbackServer) -> HTTPRequest {
    HTTPRequest(method: .get, url: server.url, totalTimeout: 20 * .second, maxResponseBytes: 100)
  }

  @Test func aSuccessGoesToTheSinkWhateverItsSize() throws {
    let body = String(repeating: "photo ", count: 50_000)
    let server = try LoopbackServer { _, _ in .answer(status: 200, body: body) }
    defer { server.stop() }
    let sink = Sink()
    let outcome = CurlTransport().download(get(server), into: sink)
    guard case .response(let response) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(response.status == 200)
    #expect(response.body.isEmpty)
    #expect(sink.status == 200)
    #expect(sink.length == String(body.utf8.count))
    #expect(sink.bytes == Array(body.utf8))
  }

  @Test func aRefusalDoesNotReachTheSink() throws {
    let server = try LoopbackServer { _, _ in .answer(status: 404, body: "gone") }
    defer { server.stop() }
    let sink = Sink()
    let outcome = CurlTransport().download(get(server), into: sink)
    guard case .response(let response) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(response.status == 404)
    #expect(response.body == Array("gone".utf8))
    #expect(sink.status == nil)
  }

  @Test func aSinkThatHasEnoughEndsTheTransfer() throws {
    let server = try LoopbackServer { _, _ in .endless }
    defer { server.stop() }
    let sink = Sink(limit: 1 << 20)
    let outcome = CurlTransport().download(get(server), into: sink)
    guard case .unknown = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(sink.bytes.count < 2 << 20)
  }
}
