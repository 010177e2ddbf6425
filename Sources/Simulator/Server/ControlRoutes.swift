// /_sim/…: what tests and demos steer the simulator by.
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

struct ControlRoutes: Sendable {
  let simulation: Simulation

  func add(to router: Router<SimulatorContext>) {
    router.get("/_sim/sent", use: sent)
    router.post("/_sim/say", use: say)
    router.post("/_sim/form", use: form)
    router.post("/_sim/fault", use: fault)
    router.delete("/_sim/fault", use: clear)
  }

  @Sendable private func sent(_ request: Request, _ context: SimulatorContext) async -> Response {
    let lines = await simulation.sentLines()
    var buffer = ByteBuffer()
    for line in lines { buffer.writeString(line + "\n") }
    return Response(
      status: .ok,
      headers: [.contentType: "application/jsonl"],
      body: .init(byteBuffer: buffer)
    )
  }

  @Sendable private func say(
    _ request: Request,
    _ context: SimulatorContext
  ) async throws -> Response {
    try await told(request) { try await simulation.say($0) }
  }

  @Sendable private func form(
    _ request: Request,
    _ context: SimulatorContext
  ) async throws -> Response {
    try await told(request) { try await simulation.fillForm($0) }
  }

  private func told(
    _ request: Request,
    _ tell: (JSON) async throws -> JSON
  ) async throws -> Response {
    do {
      let answer = try await tell(try await json(request))
      return respond(answer, answer["relay_status"] == 200 ? .ok : .badGateway)
    } catch let failure as SayFailure {
      return respond(["error": .string(failure.reason)], .badRequest)
    } catch let failure as JSONParser.Failure {
      return respond(["error": .string("the body is not JSON: \(failure.reason)")], .badRequest)
    }
  }

  @Sendable private func fault(
    _ request: Request,
    _ context: SimulatorContext
  ) async throws -> Response {
    do {
      let body = try await json(request)
      try await simulation.arm(body)
      return respond(["armed": body], .ok)
    } catch let failure as FaultSpec.Failure {
      return respond(["error": .string(failure.reason)], .badRequest)
    } catch let failure as JSONParser.Failure {
      return respond(["error": .string("the body is not JSON: \(failure.reason)")], .badRequest)
    }
  }

  @Sendable private func clear(_ request: Request, _ context: SimulatorContext) async -> Response {
    await simulation.clearFaults()
    return respond(["armed": []], .ok)
  }

  private func json(_ request: Request) async throws -> JSON {
    let body = try await request.body.collect(upTo: SimulatorContext.largestBody)
    return try JSONParser.parse(Array(body.readableBytesView))
  }

  private func respond(_ json: JSON, _ status: HTTPResponse.Status) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(bytes: json.bytes() + [10]))
    )
  }
}
