// The world with a clock and a way out: answers calls, wakes when something is due, posts it.
import Model

actor Simulation {
  /// What a call comes to.
  enum Outcome: Sendable {
    case answer(GraphAnswer, usage: Int)
    /// The connection closes without a word.
    case drop
  }

  private var world: World
  private let poster: WebhookPoster
  private let clock: WallClock
  private var alarm: Task<Void, Never>?
  private var isStopped = false

  init(_ world: World, poster: WebhookPoster, clock: WallClock = .system) {
    self.world = world
    self.poster = poster
    self.clock = clock
  }

  /// Starts the clock; `origin` is where this server is reached.
  func start(origin: String) {
    world.origin = origin
    setAlarm()
  }

  func stop() {
    isStopped = true
    alarm?.cancel()
  }

  // MARK: Graph API

  func graph(_ call: GraphCall) async -> Outcome {
    let request =
      call.contentType.hasPrefix("multipart/") ? nil : try? JSONParser.parse(call.body)
    let carries = World.carriesMessage(call, request)
    let fault = world.takeFault(call, carriesMessage: carries)
    if let fault, fault.drop == .before || fault.refuses && fault.drop == nil {
      await pause(fault.delayMilliseconds)
      guard fault.drop == nil else { return .drop }
      return .answer(fault.answer(trace: world.ids.trace()), usage: world.countCall())
    }
    let (answer, send) = world.answer(call, request: request, now: clock.now())
    if let send {
      let early = world.accept(send, at: clock.now())
      setAlarm()
      for webhook in early { _ = try? await poster.post(webhook) }
    }
    if let fault { await pause(fault.delayMilliseconds) }
    if fault?.drop == .after { return .drop }
    let isCut = fault?.isMalformed ?? false
    return .answer(isCut ? answer.cutOff : answer, usage: world.countCall())
  }

  func media(_ id: String) -> MediaShelf.Item? { world.media.item(id) }

  /// The fault that a download meets, after its delay.
  func mediaFault(_ path: String) async -> CallFault? {
    let fault = world.takeFault(GraphCall(method: .get, path: path), carriesMessage: false)
    if let fault { await pause(fault.delayMilliseconds) }
    return fault
  }

  /// Whether a moment in milliseconds is over.
  func isPast(_ time: Int64) -> Bool { clock.now().milliseconds > time }

  private func pause(_ milliseconds: Int64) async {
    if milliseconds > 0 { try? await Task.sleep(for: .milliseconds(milliseconds)) }
  }

  // MARK: Control

  func sentLines() -> [String] { world.sentLines }

  func say(_ request: JSON) async throws -> JSON {
    let (id, webhook, isLate) = try world.say(request, now: clock.now())
    if isLate { await pause(World.lateness) }
    return await post(webhook, of: id)
  }

  func fillForm(_ request: JSON) async throws -> JSON {
    let (id, webhook) = try world.fillForm(request, now: clock.now())
    return await post(webhook, of: id)
  }

  private func post(_ webhook: Webhook, of id: String) async -> JSON {
    do {
      let status = try await poster.post(webhook)
      return ["id": .string(id), "relay_status": .integer(status)]
    } catch {
      return [
        "id": .string(id), "relay_status": 0,
        "error": "the relay can't be reached; the webhook is kept and tried again",
      ]
    }
  }

  func arm(_ request: JSON) throws(FaultSpec.Failure) {
    try FaultSpec.arm(request, in: &world.faults)
  }

  func clearFaults() { world.faults.clear() }

  // MARK: Time

  /// Sleeps until the agenda's next entry; a newer alarm replaces an older one.
  private func setAlarm() {
    alarm?.cancel()
    guard !isStopped, let next = world.agenda.nextAt else { return }
    let wait = max(0, next - clock.now())
    alarm = Task { [weak self] in
      do { try await Task.sleep(for: .milliseconds(wait)) } catch { return }
      await self?.ring()
    }
  }

  private func ring() async {
    await poster.enqueue(world.due(by: clock.now()))
    setAlarm()
  }
}
