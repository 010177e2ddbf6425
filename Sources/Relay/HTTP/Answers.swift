// The few forms of answer that machines get.
import HTTPTypes
import Hummingbird
import Model
import NIOCore

extension Response {
  static func json(_ status: HTTPResponse.Status, _ bytes: [UInt8]) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }

  static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status,
      headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
  }

  /// What is wrong, as `{"error":"…"}`.
  static func problem(_ status: HTTPResponse.Status, _ reason: String) -> Response {
    var writer = JSONWriter()
    writer.object { $0.field("error", reason) }
    return json(status, writer.bytes)
  }

  /// No token, or one that nobody has.
  static func refused(_ metrics: RelayMetrics) -> Response {
    metrics.countRefusedClient()
    var response = problem(.unauthorized, "a client's bearer token is needed")
    response.headers[.wwwAuthenticate] = "Bearer"
    return response
  }
}
