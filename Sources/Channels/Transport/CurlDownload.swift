// Answers that are too large for memory: their bytes go on as they come. On the thread that
// performs the transfer.
import Glibc

/// Takes the body of a successful answer, piece by piece.
package protocol BodySink: AnyObject {
  /// The answer's status and headers, before its first byte; false ends the transfer.
  func begin(status: Int, headers: [HTTPHeader]) -> Bool
  /// The next bytes; false ends the transfer.
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool
}

extension HTTPTransport {
  /// For transports that answer from memory.
  package func download(_ request: HTTPRequest, into sink: any BodySink) -> HTTPOutcome {
    let outcome = perform(request)
    guard case .response(var response) = outcome, (200..<300).contains(response.status) else {
      return outcome
    }
    guard sink.begin(status: response.status, headers: response.headers),
      response.body.withUnsafeBytes({ sink.write($0) })
    else { return .unknown(reason: "the answer was not taken") }
    response.body = []
    return .response(response)
  }
}

extension CurlTransport {
  package func download(_ request: HTTPRequest, into sink: any BodySink) -> HTTPOutcome {
    perform(request, sink: sink)
  }
}

extension CurlExchange {
  /// Gives bytes to the sink; nil when there is none, or the answer is no success.
  func passOn(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard let sink, let status, (200..<300).contains(status) else { return nil }
    if !sinkHasBegun {
      sinkHasBegun = true
      guard sink.begin(status: status, headers: headers) else { return 0 }
    }
    return sink.write(bytes) ? bytes.count : 0
  }

  /// The number in the status line.
  private var status: Int? {
    let words = head.prefix { $0 != UInt8(ascii: "\r") }.split(separator: UInt8(ascii: " "))
    return words.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }
}
