// One request and its answer as libcurl's callbacks see them: bytes out, bytes in. Lives for one
// transfer, on the thread that performs it.
import CurlShim
import Glibc

final class CurlExchange {
  private let body: [UInt8]
  private let limit: Int
  /// Where a success's body goes instead of into `response`.
  let sink: (any BodySink)?
  var sinkHasBegun = false
  private(set) var response: [UInt8] = []
  private(set) var head: [UInt8] = []
  /// Body bytes that libcurl has taken.
  private(set) var taken = 0
  /// The answer was longer than allowed.
  private(set) var isTooLong = false

  /// Headers beyond this end the transfer; servers themselves stop at 8 to 64 KiB.
  private static let headLimit = 256 * 1024

  init(body: [UInt8], limit: Int, sink: (any BodySink)? = nil) {
    self.body = body
    self.limit = limit
    self.sink = sink
  }

  /// Gives the body exactly once.
  ///
  /// When libcurl asks again for a body it has had, it is repeating the request: that must not
  /// happen by itself, so the transfer ends.
  func read(into buffer: UnsafeMutableRawPointer, room: Int) -> Int {
    guard taken < body.count else { return Int(CURL_READFUNC_ABORT) }
    let count = min(room, body.count - taken)
    body.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      buffer.copyMemory(from: start + taken, byteCount: count)
    }
    taken += count
    return count
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> Int {
    if let taken = passOn(bytes) { return taken }
    guard response.count + bytes.count <= limit else {
      isTooLong = true
      return 0
    }
    response.append(contentsOf: bytes)
    return bytes.count
  }

  func writeHead(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard head.count + bytes.count <= Self.headLimit else {
      isTooLong = true
      return 0
    }
    // A new status line starts over: interim answers (100, 103) are not the answer.
    if bytes.starts(with: Array("HTTP/".utf8)) { head.removeAll(keepingCapacity: true) }
    head.append(contentsOf: bytes)
    return bytes.count
  }

  /// The header lines after the status line.
  var headers: [HTTPHeader] {
    head.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self).nonBlank ?? ""
      return HTTPHeader(String(decoding: line[..<colon], as: UTF8.self), value)
    }
  }
}

/// The functions that libcurl calls, with the exchange as their context.
enum CurlCallbacks {
  static let read: curlshim_data = { bytes, size, count, context in
    guard let bytes, let exchange = exchange(context) else { return Int(CURL_READFUNC_ABORT) }
    return exchange.read(into: bytes, room: size * count)
  }

  static let write: curlshim_data = { bytes, size, count, context in
    guard let exchange = exchange(context) else { return 0 }
    return exchange.write(UnsafeRawBufferPointer(start: bytes, count: size * count))
  }

  static let head: curlshim_data = { bytes, size, count, context in
    guard let exchange = exchange(context) else { return 0 }
    return exchange.writeHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
  }

  private static func exchange(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
    context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
  }
}
