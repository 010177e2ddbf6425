// Brings webhooks to the relay as Meta does: oldest first, again and again while it is away.
import Logging

actor WebhookPoster {
  /// Webhooks that wait while the relay is away; later ones are lost, and that is logged.
  static let capacity = 50_000
  /// Tries for a webhook that the relay refuses with a 4xx other than 401, 403 and 429.
  static let triesWhenRefused = 5

  private let client: RelayClient
  private let signer: WebhookSigner
  private let logger: Logger
  private var queue: ArraySlice<Webhook> = []
  private var isStopped = false
  private var isAway = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(client: RelayClient, signer: WebhookSigner, logger: Logger) {
    self.client = client
    self.signer = signer
    self.logger = logger
  }

  func enqueue(_ webhooks: [Webhook]) {
    for webhook in webhooks {
      guard queue.count < Self.capacity else {
        logger.error("webhook lost: \(Self.capacity) wait for the relay already")
        return
      }
      queue.append(webhook)
    }
    wake()
  }

  /// Posts each copy now and gives the last status.
  ///
  /// A webhook that fails joins the queue.
  func post(_ webhook: Webhook) async throws -> Int {
    do {
      let status = try await deliver(webhook)
      if status != 200 { enqueue([webhook]) }
      return status
    } catch {
      enqueue([webhook])
      throw error
    }
  }

  /// Works the queue off until `stop`; more than one at a time may run.
  func run() async {
    while !isStopped {
      guard let webhook = queue.popFirst() else {
        await withCheckedContinuation { waiting.append($0) }
        continue
      }
      await insist(webhook)
    }
  }

  func stop() async {
    isStopped = true
    wake()
    await client.close()
  }

  /// Posts until the relay takes it: after 0.2, 0.4, 0.8 … at most 5 s.
  private func insist(_ webhook: Webhook) async {
    var pause = 200
    var refusals = 0
    while !isStopped {
      let status = try? await deliver(webhook)
      if status == 200 {
        if isAway { logger.info("the relay takes webhooks again; \(queue.count) waited") }
        isAway = false
        return
      }
      report(status)
      if let status, (400..<500).contains(status), ![401, 403, 429].contains(status) {
        refusals += 1
        if refusals == Self.triesWhenRefused { return }
      }
      try? await Task.sleep(for: .milliseconds(pause))
      pause = min(pause * 2, 5000)
    }
  }

  private func deliver(_ webhook: Webhook) async throws -> Int {
    let signature = signer.signature(of: webhook.body)
    var status = 0
    for _ in 0..<webhook.copies {
      status = try await client.post(webhook.body, signature: signature)
    }
    return status
  }

  private func report(_ status: Int?) {
    guard !isAway else { return }
    isAway = true
    switch status {
    case 401, 403:
      logger.error("the relay refuses the signature: is the secret among its app_secrets?")
    case let status?: logger.error("the relay answers \(status); trying again")
    case nil: logger.error("the relay can't be reached; trying again")
    }
  }

  private func wake() {
    let sleepers = waiting
    waiting = []
    for sleeper in sleepers { sleeper.resume() }
  }
}
