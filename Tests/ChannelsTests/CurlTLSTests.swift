// Certificates: an unknown authority is not trusted, a named one is. Needs the openssl program to
// play the server; skipped without it.
import Channels
import Foundation
import Glibc
import Model
import TestSupport
import Testing

@Suite(.ownThreads, .timeLimit(.minutes(30)), .enabled(if: TLSServer.isPossible))
struct CurlTLSTests {
  @Test func trustsOnlyTheNamedAuthority() throws {
    let server = try TLSServer()
    defer { server.stop() }
    let request = HTTPRequest(method: .get, url: "https://localhost:\(server.port)/")
    let trusting = CurlTransport(caFile: server.certificate.path)
    // The server needs a moment to listen.
    let deadline = ContinuousClock.now + .seconds(300)
    var outcome = trusting.perform(request)
    while case .notSent = outcome, ContinuousClock.now < deadline {
      outcome = trusting.perform(request)
    }
    guard case .response(let response) = outcome else { throw Unexpected(outcome: outcome) }
    #expect(response.status == 200)

    let outcomeWithoutTrust = CurlTransport().perform(request)
    guard case .notSent(let reason) = outcomeWithoutTrust else {
      throw Unexpected(outcome: outcomeWithoutTrust)
    }
    #expect(reason.contains("60"))

    let otherName = HTTPRequest(method: .get, url: "https://127.0.0.1:\(server.port)/")
    guard case .notSent = CurlTransport(caFile: server.certificate.path).perform(otherName) else {
      throw Unexpected(outcome: outcome)
    }
  }

  private struct Unexpected: Error { var outcome: HTTPOutcome }
}

/// `openssl s_server` with a certificate for `localhost` made on the spot.
private final class TLSServer {
  static let program = "/usr/bin/openssl"
  static var isPossible: Bool { access(program, X_OK) == 0 }

  let port: UInt16
  let certificate: URL
  private let folder: URL
  private let process = Process()

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "inbox-tls-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    certificate = folder.appending(path: "cert.pem")
    let key = folder.appending(path: "key.pem")
    try Self.run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", key.path, "-out", certificate.path, "-days", "2", "-subj", "/CN=localhost",
      "-addext", "subjectAltName=DNS:localhost",
    ])
    // A port that was just free; s_server can't tell us one of its own choice.
    let probe = try LoopbackServer { _, _ in .hangUp }
    port = probe.port
    probe.stop()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = [
      "s_server", "-accept", "\(port)", "-cert", certificate.path, "-key", key.path, "-www",
      "-quiet",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  func stop() {
    // Not SIGTERM: a child of a test's thread has it blocked.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  private static func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }
}
