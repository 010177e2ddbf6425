// The least HTTP client that does: one request a connection, over a plain socket on loopback.
import Foundation
import Glibc
import Testing

enum HTTP {
  struct Answer {
    var status: Int
    var body: Data
  }

  struct Unreachable: Error {}

  static func request(
    _ method: String,
    _ url: String,
    body: Data = Data(),
    headers: [String: String] = [:]
  ) throws -> Answer {
    let address = try #require(URL(string: url))
    let socket = try connect(port: UInt16(address.port ?? 80))
    defer { close(socket) }
    var path = address.path.isEmpty ? "/" : address.path
    if let query = address.query { path += "?" + query }
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    head += "Content-Length: \(body.count)\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    var request = Data((head + "\r\n").utf8) + body
    while !request.isEmpty {
      let sent = request.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { throw Unreachable() }
      request.removeFirst(sent)
    }
    return try parse(readAll(socket))
  }

  private static func connect(port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      throw Unreachable()
    }
    return descriptor
  }

  private static func readAll(_ socket: Int32) -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(socket, &buffer, buffer.count)
      guard count > 0 else { return data }
      data.append(contentsOf: buffer[..<count])
    }
  }

  private static func parse(_ data: Data) throws -> Answer {
    guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { throw Unreachable() }
    let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
    let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var body = Data(data[end.upperBound...])
    if head.lowercased().contains("transfer-encoding: chunked") { body = unchunk(body) }
    return Answer(status: status, body: body)
  }

  private static func unchunk(_ data: Data) -> Data {
    var rest = data
    var body = Data()
    while let line = rest.range(of: Data("\r\n".utf8)) {
      let size =
        Int(String(decoding: rest[rest.startIndex..<line.lowerBound], as: UTF8.self), radix: 16)
        ?? 0
      guard size > 0 else { break }
      let start = line.upperBound
      body.append(rest[start..<start + size])
      rest = Data(rest[(start + size + 2)...])
    }
    return body
  }
}
