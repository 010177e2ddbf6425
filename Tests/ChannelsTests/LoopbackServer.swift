// A raw HTTP server on 127.0.0.1 that can misbehave on purpose: a test scripts what happens to
// each request. Runs on threads of its own until it is stopped.
import Dispatch
import Foundation
import Glibc
import Synchronization

final class LoopbackServer: Sendable {
  /// What to do with a request.
  enum Reaction: Sendable {
    case answer(status: Int, body: String)
    /// An answer whose length is announced and whose bytes never stop.
    case endless
    /// Closes the connection without a byte.
    case hangUp
    /// Keeps the connection and says nothing.
    case silence
  }

  struct Seen: Sendable {
    var head: String
    var body: String
    /// Which connection it came on, from 0.
    var connection: Int
  }

  private struct State {
    var seen: [Seen] = []
    var connections: [Int32] = []
    var isStopped = false
  }

  let port: UInt16
  private let listener: Int32
  private let state = Mutex(State())
  private let react: @Sendable (Int, Seen) -> Reaction

  /// `react` gets the number of the request, from 0 over all connections.
  ///
  /// Connections stand at once, and are read from once the `gate` opens.
  init(gate: DispatchSemaphore? = nil, _ react: @escaping @Sendable (Int, Seen) -> Reaction) throws
  {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(listener, raw, length) == 0 && listen(listener, 64) == 0
          && getsockname(listener, raw, &length) == 0
      }
    }
    guard isBound else { throw CocoaError(.fileNoSuchFile) }
    port = UInt16(bigEndian: address.sin_port)
    self.listener = listener
    self.react = react
    Thread.detachNewThread { [self] in
      gate?.wait()
      acceptAll()
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var seen: [Seen] { state.withLock(\.seen) }

  func stop() {
    let open = state.withLock { state in
      state.isStopped = true
      return state.connections
    }
    // The accepting thread closes it: the number must not be another's while it may still ask.
    shutdown(listener, Int32(SHUT_RDWR))
    for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
  }

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else {
        close(listener)
        return
      }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      let number = state.withLock { state in
        state.connections.append(connection)
        return state.isStopped ? -1 : state.connections.count - 1
      }
      Thread.detachNewThread { [self] in serve(connection, number) }
    }
  }

  private func serve(_ connection: Int32, _ number: Int) {
    var pending: [UInt8] = []
    while let request = read(connection, &pending, number) {
      let index = state.withLock { state in
        state.seen.append(request)
        return state.seen.count - 1
      }
      guard respond(react(index, request), on: connection) else { break }
    }
    shutdown(connection, Int32(SHUT_RDWR))
  }

  private func respond(_ reaction: Reaction, on connection: Int32) -> Bool {
    switch reaction {
    case .answer(let status, let body):
      let head =
        "HTTP/1.1 \(status) Said\r\nContent-Type: text/plain\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n"
      return write(head + body, to: connection)
    case .endless:
      let chunk = String(repeating: "x", count: 65_536)
      guard write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", to: connection) else {
        return false
      }
      while write(chunk, to: connection) {}
      return false
    case .hangUp: return false
    case .silence:
      var byte: UInt8 = 0
      // Until the other side closes.
      return recv(connection, &byte, 1, 0) > 0 && false
    }
  }

  private func write(_ text: String, to connection: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { bytes in
        send(connection, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// One request with its body, by Content-Length.
  private func read(_ connection: Int32, _ pending: inout [UInt8], _ number: Int) -> Seen? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = Array(pending).firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
        let line = head.split(separator: "\r\n").first {
          $0.lowercased().hasPrefix("content-length:")
        }
        let length = line.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        if pending.count >= end.upperBound + length {
          let body = pending[end.upperBound..<end.upperBound + length]
          let seen = Seen(
            head: head,
            body: String(decoding: body, as: UTF8.self),
            connection: number
          )
          pending.removeFirst(end.upperBound + length)
          return seen
        }
      }
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      pending += buffer[..<count]
    }
  }
}
