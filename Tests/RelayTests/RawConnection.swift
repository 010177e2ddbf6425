// A TCP connection to loopback, written and read as bytes: for clients that misbehave.
import Dispatch
import Foundation
import Testing

final class RawConnection: Sendable {
  private static let patience = 120

  private let descriptor: Int32

  /// `receiveBuffer` bytes fit between the server's answer and a client that doesn't read.
  init(port: Int, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    try #require(code == 0, "no connection to port \(port)")
    var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
    let length = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, length)
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Says that nothing more will be sent.
  func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// The server has read all that was sent, and its end, or has closed.
  ///
  /// Asked of the kernel, whose table lists the server's end as it stands: an established one still
  /// waits for the end, and of one that has it (CLOSE_WAIT) the bytes that nobody has read are
  /// counted, the end as one of them. A row that is missing says nothing, since others come and go
  /// while the table is read: a server that has closed is told by the hang-up.
  var isReadToItsEnd: Bool {
    get throws {
      if isHungUp { return true }
      let own = Self.inTable(try address(getsockname))
      let peer = Self.inTable(try address(getpeername))
      let table = try Self.wholeText("/proc/net/tcp")
      for line in table.split(separator: "\n") {
        let fields = line.split(separator: " ")
        guard fields.count > 4, fields[1] == peer, fields[2] == own else { continue }
        return fields[3] != "01" && fields[4].hasSuffix(":00000000")
      }
      return false
    }
  }

  /// Of a file whose size is not known before it is read: Foundation takes in one page of those.
  private static func wholeText(_ path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    try #require(file >= 0)
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(file, &buffer, buffer.count), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Both ends are closed.
  private var isHungUp: Bool {
    var question = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&question, 1, 0) == 1 && Int32(question.revents) & (POLLHUP | POLLERR) != 0
  }

  private func address(
    _ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) throws -> sockaddr_in {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(descriptor, $0, &size) }
    }
    try #require(code == 0)
    return address
  }

  /// As in /proc/net/tcp: the address as the machine's number, the port as such.
  private static func inTable(_ address: sockaddr_in) -> String {
    func hex(_ number: some BinaryInteger, _ width: Int) -> String {
      let text = String(number, radix: 16, uppercase: true)
      return String(repeating: "0", count: width - text.count) + text
    }
    return hex(address.sin_addr.s_addr, 8) + ":" + hex(UInt16(bigEndian: address.sin_port), 4)
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Everything until the other end closes, read on a thread that may block; two minutes without a byte
  /// are an issue.
  func readToEnd() async -> String {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: self.blockingRead()) }
    }
  }

  /// The same, on the caller's thread.
  func blockingRead() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EAGAIN {
        Issue.record("not closed, and nothing came for \(Self.patience) s")
      }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
