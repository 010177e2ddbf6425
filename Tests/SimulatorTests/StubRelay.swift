// A relay for tests: keeps what is posted, with its signature, and answers as it is told.
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

actor StubRelay {
  struct Post: Sendable {
    var body: [UInt8]
    var signature: String?
    var agent: String?

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  private(set) var posts: [Post] = []
  /// Answers to the next posts; 200 once they are used up.
  private var statuses: [Int] = []

  func refuse(_ statuses: [Int]) { self.statuses = statuses }

  func receive(_ post: Post) -> Int {
    let status = statuses.isEmpty ? 200 : statuses.removeFirst()
    if status == 200 { posts.append(post) }
    return status
  }

  /// Runs a server on a free port for as long as `body` takes.
  static func with<Result: Sendable>(
    _ body: @Sendable @escaping (StubRelay, Int) async throws -> Result
  ) async throws -> Result {
    let relay = StubRelay()
    let (ports, port) = AsyncStream<Int>.makeStream()
    let router = Router()
    router.post("/webhooks/meta") { request, _ in
      let bytes = try await request.body.collect(upTo: 3 << 20)
      let name = HTTPField.Name("X-Hub-Signature-256")
      let status = await relay.receive(
        Post(
          body: Array(bytes.readableBytesView),
          signature: name.flatMap { request.headers[$0] },
          agent: request.headers[.userAgent]
        )
      )
      return Response(status: .init(code: status))
    }
    var logger = Logger(label: "stub")
    logger.logLevel = .critical
    let application = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
      logger: logger
    )
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        try await application.run()
        return nil
      }
      group.addTask {
        for await number in ports { return try await body(relay, number) }
        return nil
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  /// Waits until `isMet` holds for what has been posted, at most five minutes.
  func wait(until isMet: @Sendable ([Post]) -> Bool) async throws -> [Post] {
    let deadline = ContinuousClock.now + .seconds(300)
    while !isMet(posts) {
      guard ContinuousClock.now < deadline else { throw TooLate(seen: posts.map(\.text)) }
      try await Task.sleep(for: .milliseconds(10))
    }
    return posts
  }

  struct TooLate: Error { var seen: [String] }
}
