// Files by their address, as the provider's media hosts give them: for five minutes, whole or from a
// byte on, WhatsApp's to those with a token. Faults whose `match` names the path strike here too.
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

struct MediaRoutes: Sendable {
  let simulation: Simulation

  func add(to router: Router<SimulatorContext>) {
    router.get("/_media/:id", use: downloadWithToken)
    router.get("/_public/:id", use: download)
  }

  /// WhatsApp's media: the address alone is not enough.
  @Sendable private func downloadWithToken(
    _ request: Request,
    _ context: SimulatorContext
  ) async throws -> Response {
    guard GraphRoutes.token(request.headers[.authorization]) != nil else {
      return Response(status: .unauthorized)
    }
    let expiry = request.uri.queryParameters["expires"].flatMap { Int64($0) }
    if let expiry, await simulation.isPast(expiry) { return Response(status: .notFound) }
    return try await download(request, context)
  }

  /// A file that a customer sent or the gym uploaded, or anybody's profile picture.
  @Sendable private func download(
    _ request: Request,
    _ context: SimulatorContext
  ) async throws -> Response {
    let id = try context.parameters.require("id")
    let fault = await simulation.mediaFault(request.uri.path)
    if fault?.drop == .before {
      context.channel.close(promise: nil)
      return Response(status: .internalServerError)
    }
    if let fault, fault.refuses {
      let answer = fault.answer(trace: "sim")
      return Response(
        status: .init(code: answer.status),
        headers: [.contentType: answer.contentType],
        body: .init(byteBuffer: ByteBuffer(bytes: answer.body))
      )
    }
    let found = await simulation.media(id)
    guard let item = found ?? (id == "profile" ? .photo : nil) else {
      return Response(status: .notFound)
    }
    return response(item, request.headers[.range], isCut: fault?.drop == .after)
  }

  private func response(_ item: MediaShelf.Item, _ range: String?, isCut: Bool) -> Response {
    let size = item.bytes.count
    var headers: HTTPFields = [.contentType: item.mime]
    var part = item.bytes[...]
    var status = HTTPResponse.Status.ok
    if let start = range.flatMap(Self.start) {
      guard start < size else { return Response(status: .rangeNotSatisfiable) }
      part = item.bytes[start...]
      status = .partialContent
      headers[.contentRange] = "bytes \(start)-\(size - 1)/\(size)"
    }
    let bytes = Array(part)
    guard isCut else {
      return Response(
        status: status,
        headers: headers,
        body: .init(byteBuffer: ByteBuffer(bytes: bytes))
      )
    }
    // Half of what was announced, then the connection breaks.
    let body = ResponseBody(contentLength: bytes.count) { writer in
      try await writer.write(ByteBuffer(bytes: bytes.prefix((bytes.count + 1) / 2)))
      throw CutOff()
    }
    return Response(status: status, headers: headers, body: body)
  }

  /// The first byte of `bytes=100-`.
  private static func start(_ range: String) -> Int? {
    guard range.hasPrefix("bytes=") else { return nil }
    return range.dropFirst(6).split(separator: "-").first.flatMap { Int($0) }
  }

  private struct CutOff: Error {}
}
