// Files that customers send, from the webhook's reference to the media folder.
import Channels
import Crypto
import Foundation
import Model
import Store
import Synchronization
import TestSupport
import Testing
import Worker

@Suite(.ownThreads) struct MediaTests {
  static let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + (0..<4000).map { UInt8($0 % 251) }
  let home: TemporaryStore

  init() throws { home = try TemporaryStore() }

  static func hash(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }

  /// What a photo's webhook refers to.
  static func reference(
    kind: MediaKind = .image,
    id: String? = "77",
    url: String? = "https://lookaside.fbsbx.com/file?mid=77",
    sha256: String? = hash(photo)
  ) -> InboundMedia {
    InboundMedia(kind: kind, providerID: id, url: url, mime: "image/jpeg", sha256: sha256)
  }

  private func receive(_ media: InboundMedia, isOnInstagram: Bool = false) throws {
    let message = InboundMessage(
      providerID: "wamid.1",
      person: [
        isOnInstagram
          ? Identity(kind: .igsid, value: "9001") : Identity(kind: .phone, value: "4915112345678")
      ],
      profileName: "Mia",
      kind: .image,
      text: "[photo]",
      providerAt: home.clock.now,
      media: [media]
    )
    try home.deliver(isOnInstagram ? .onInstagram(.message(message)) : .whatsApp(message))
  }

  private func file() throws -> Model.Attachment {
    try #require(try home.messages(try home.lead().id).first?.media.first)
  }

  private func setup(_ transport: any HTTPTransport) -> WorkerSetup {
    WorkerSetup(
      relay: nil,
      credentials: [
        "wa-main": GraphCredentials(
          kind: .whatsapp,
          account: TemporaryStore.phoneAccount,
          token: Secret("wa-token"),
          baseURL: "https://graph.facebook.com/v26.0"
        ),
        "ig-main": GraphCredentials(
          kind: .instagram,
          account: TemporaryStore.instagramAccount,
          token: Secret("ig-token"),
          baseURL: "https://graph.instagram.com/v26.0"
        ),
      ],
      journalDays: 90,
      makeTransport: { transport }
    )
  }

  @discardableResult
  private func fetch(
    with transport: any HTTPTransport
  ) throws -> Model.Attachment {
    _ = try BackgroundWorker.runOnce(
      store: home.store,
      setup: setup(transport),
      log: Bench.log
    )
    return try file()
  }

  static func answer(
    _ status: Int,
    _ body: [UInt8],
    _ headers: [HTTPHeader] = [HTTPHeader("Content-Type", "image/jpeg")]
  ) -> HTTPOutcome {
    .response(HTTPResponse(status: status, headers: headers, body: body))
  }

  @Test func aPhotoIsFetchedAtOnceAndKeptByItsHash() throws {
    try receive(Self.reference())
    let transport = ScriptedTransport { _ in Self.answer(200, Self.photo) }
    let photo = try fetch(with: transport)
    #expect(photo.state == .stored)
    #expect(photo.bytes == Int64(Self.photo.count))
    #expect(photo.path == Self.hash(Self.photo) + ".jpg")
    let path = home.store.media.fullPath(try #require(photo.path))
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(Self.photo))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(home.store.media.files(in: "incoming", olderThan: 0).isEmpty)
    #expect(transport.requests.map(\.bearer) == [Secret("wa-token")])
  }

  @Test func anAddressThatHasRunOutIsAskedForAnew() throws {
    try receive(Self.reference())
    let transport = ScriptedTransport { request in
      if request.url.contains("/77?") {
        return .json(200, #"{"url":"https://lookaside.fbsbx.com/fresh","mime_type":"image/jpeg"}"#)
      }
      return request.url.hasSuffix("/fresh") ? Self.answer(200, Self.photo) : .json(404, "")
    }
    #expect(try fetch(with: transport).state == .stored)
    #expect(transport.requests.count == 3)
  }

  @Test func aWebPageInsteadOfAPhotoMeansThatTheAddressHasRunOut() throws {
    try receive(Self.reference(id: nil))
    let page = Array("<!DOCTYPE html><html>log in</html>".utf8)
    let photo = try fetch(
      with: ScriptedTransport { _ in
        Self.answer(200, page, [HTTPHeader("Content-Type", "text/html; charset=utf-8")])
      }
    )
    #expect(photo.state == .failed)
    #expect(photo.problem == "its address no longer works")
  }

  @Test func theTokenDoesNotFollowARedirectElsewhere() throws {
    try receive(Self.reference())
    let transport = ScriptedTransport { request in
      request.url.contains("lookaside")
        ? Self.answer(302, [], [HTTPHeader("Location", "https://cdn.example.com/a")])
        : Self.answer(200, Self.photo)
    }
    #expect(try fetch(with: transport).state == .stored)
    #expect(transport.requests.map(\.bearer) == [Secret("wa-token"), nil])
  }

  @Test(arguments: [
    "http://169.254.169.254/latest/meta-data", "https://localhost/x", "https://10.0.0.1/x",
    "https://user@lookaside.fbsbx.com/x", "file:///etc/passwd", "https://printer.local/x",
  ])
  func addressesInsideTheHouseAreNotAsked(url: String) throws {
    try receive(Self.reference(id: nil, url: url))
    let transport = ScriptedTransport { _ in Self.answer(200, Self.photo) }
    #expect(try fetch(with: transport).state == .refused)
    #expect(transport.requests.isEmpty)
  }

  @Test func instagramFilesAreFetchedWithoutTheToken() throws {
    try receive(Self.reference(id: nil, url: "https://cdn.fbsbx.com/x"), isOnInstagram: true)
    let transport = ScriptedTransport { _ in Self.answer(200, Self.photo) }
    #expect(try fetch(with: transport).state == .stored)
    #expect(transport.requests.filter { $0.url.contains("cdn.") }.map(\.bearer) == [nil])
  }

  @Test func aBrokenConnectionIsGoneOnWith() throws {
    try receive(Self.reference())
    let transport = BreakingTransport(Self.photo)
    let waiting = try fetch(with: transport)
    #expect(waiting.state == .waiting)
    #expect(waiting.problem == "cut off")
    home.clock.advance(2 * .second)
    #expect(try fetch(with: transport).state == .stored)
    #expect(transport.ranges == ["", "bytes=2002-"])
  }

  @Test func aFileWithAnotherChecksumIsFetchedAgainFromTheStart() throws {
    try receive(Self.reference())
    let isMended = Mutex(false)
    let transport = ScriptedTransport { request in
      if request.url.contains("/77?") { return .json(200, #"{"url":"https://cdn.example.com/a"}"#) }
      return Self.answer(200, isMended.withLock { $0 } ? Self.photo : Self.photo.reversed())
    }
    #expect(try fetch(with: transport).problem == "it was damaged on the way")
    isMended.withLock { $0 = true }
    home.clock.advance(2 * .second)
    #expect(try fetch(with: transport).state == .stored)
  }

  @Test func aProgramThatPassesForAPhotoIsRefused() throws {
    let program = Array("\u{7F}ELF\u{2}\u{1}\u{1}".utf8) + [0, 0, 0]
    try receive(
      InboundMedia(
        kind: .image,
        providerID: "77",
        url: "https://cdn.example.com/a",
        mime: "image/jpeg"
      )
    )
    let photo = try fetch(
      with: ScriptedTransport { _ in
        Self.answer(200, program, [HTTPHeader("Content-Type", "application/octet-stream")])
      }
    )
    #expect(photo.state == .refused)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: home.store.media.path) == ["incoming"]
    )
  }

  @Test func anAnswerThatIsTooLargeIsRefusedBeforeItComes() throws {
    try receive(Self.reference())
    let photo = try fetch(
      with: ScriptedTransport { _ in
        Self.answer(200, Self.photo, [HTTPHeader("Content-Length", "104857601")])
      }
    )
    #expect(photo.state == .refused)
    #expect(photo.problem == "larger than 100 MiB")
  }

  @Test func aFileThatCannotBeHadSaysWhyAndMayBeTriedAgain() throws {
    try receive(Self.reference())
    let isBack = Mutex(false)
    let transport = ScriptedTransport { _ in
      isBack.withLock { $0 } ? Self.answer(200, Self.photo) : graphError(100, status: 400)
    }
    let gone = try fetch(with: transport)
    #expect(gone.state == .failed)
    #expect(gone.problem == "WhatsApp no longer has it")
    isBack.withLock { $0 = true }
    #expect(try fetch(with: transport).state == .failed)
    #expect(try home.store.retryMedia(of: home.lead().id) == 1)
    #expect(try fetch(with: transport).state == .stored)
  }

  @Test func aProviderThatIsAwayIsAskedForSevenDays() throws {
    try receive(Self.reference())
    let transport = ScriptedTransport { _ in .notSent(reason: "no route") }
    #expect(try fetch(with: transport).state == .waiting)
    home.clock.advance(7 * .day)
    #expect(try fetch(with: transport).state == .failed)
  }

  @Test func aRenewedTokenIsTakenUpForFilesToo() throws {
    try receive(Self.reference(url: nil))
    let transport = ScriptedTransport { request in
      guard request.bearer?.revealed == "new" else { return graphError(190, status: 401) }
      return request.url.contains("/77?")
        ? .json(200, #"{"url":"https://lookaside.fbsbx.com/fresh","mime_type":"image/jpeg"}"#)
        : Self.answer(200, Self.photo)
    }
    var setup = setup(transport)
    var renewed = setup.credentials
    for channel in renewed.keys { renewed[channel]?.token = Secret("new") }
    setup.reload = { [renewed] in renewed }
    let worker = try BackgroundWorker(
      store: home.store,
      setup: setup,
      kind: .app,
      log: Bench.log
    ) { _ in }
    worker.start()
    defer { worker.stop() }
    #expect(try eventually { try file().problem != nil })
    home.clock.advance(.minute)
    #expect(try eventually { try file().state == .stored })
  }

  @Test func filesThatNoMessageHasAreSwept() throws {
    try receive(Self.reference())
    let photo = try fetch(with: ScriptedTransport { _ in Self.answer(200, Self.photo) })
    let path = try #require(photo.path)
    let stray = String(repeating: "a", count: 64) + ".jpg"
    try Data([1]).write(to: URL(filePath: home.store.media.fullPath(stray)))
    try home.store.removeUnused([stray, path])
    #expect(home.store.media.files(olderThan: 0) == [path])
  }
}

/// Breaks off half way at first, then gives the rest from where it is asked.
private final class BreakingTransport: HTTPTransport {
  private let bytes: [UInt8]
  private let asked = Mutex<[String]>([])

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var ranges: [String] { asked.withLock { $0 } }

  func perform(_ request: HTTPRequest) -> HTTPOutcome {
    .json(200, #"{"url":"https://lookaside.fbsbx.com/fresh"}"#)
  }

  func download(_ request: HTTPRequest, into sink: any BodySink) -> HTTPOutcome {
    let range = request.headers.first { $0.name == "Range" }?.value ?? ""
    asked.withLock { $0.append(range) }
    let start = range.isEmpty ? 0 : bytes.count / 2
    let headers = [HTTPHeader("Content-Range", "bytes \(start)-\(bytes.count - 1)/\(bytes.count)")]
    guard sink.begin(status: range.isEmpty ? 200 : 206, headers: headers) else {
      return .unknown(reason: "not taken")
    }
    let part = range.isEmpty ? bytes[..<(bytes.count / 2)] : bytes[start...]
    guard part.withUnsafeBytes({ sink.write($0) }) else { return .unknown(reason: "not taken") }
    return range.isEmpty
      ? .unknown(reason: "cut off") : .response(HTTPResponse(status: 206))
  }
}
