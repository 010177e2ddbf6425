// The faults that are armed: those set one by one through /_sim/fault, and those that chance deals
// by `--faults`.

struct FaultTable {
  /// A fault that strikes at random.
  struct Chance<Fault> {
    var fault: Fault
    var probability: Double
  }

  private(set) var calls: [CallFault] = []
  private(set) var webhooks: [(fault: WebhookFault, times: Int)] = []
  var callChances: [Chance<CallFault>] = []
  /// Every token is refused, for look-ups too.
  var isTokenExpired = false
  /// What answers say of the app's rate limit, in percent, instead of the calls counted.
  var usage: Int?
  var webhookChances: [Chance<WebhookFault>] = []

  mutating func arm(_ fault: CallFault) { calls.append(fault) }

  mutating func arm(_ fault: WebhookFault, times: Int) { webhooks.append((fault, times)) }

  mutating func clear() {
    calls = []
    webhooks = []
    isTokenExpired = false
    usage = nil
  }

  /// The fault that this call meets, counted as used.
  ///
  /// Calls without a message (read marks, look-ups) pass, unless the match names their path and
  /// could not mean a send: `/message_templates` does, an account's id does not.
  mutating func take(
    _ call: GraphCall,
    carriesMessage: Bool,
    accounts: Set<String>,
    random: inout SeededRandom
  ) -> CallFault? {
    let place = calls.firstIndex { fault in
      guard fault.match.isEmpty || call.path.contains(fault.match) else { return false }
      return carriesMessage
        || !call.isMessagesPath && !Self.namesSends(fault.match, call, accounts)
    }
    if let place {
      let fault = calls[place]
      calls[place].times -= 1
      if calls[place].times <= 0 { calls.remove(at: place) }
      return fault
    }
    guard carriesMessage else { return nil }
    return callChances.first { random.chance($0.probability) }?.fault
  }

  private static func namesSends(
    _ match: String,
    _ call: GraphCall,
    _ accounts: Set<String>
  ) -> Bool {
    let version = call.path.split(separator: "/").first.map(String.init) ?? ""
    return match.isEmpty
      || version.hasPrefix("v")
        && accounts.contains { "/\(version)/\($0)/messages".contains(match) }
  }

  /// Whether the next webhook or send meets a fault that `wanted` picks, counted as used.
  mutating func take(
    _ random: inout SeededRandom,
    where wanted: (WebhookFault) -> Bool
  ) -> WebhookFault? {
    if let place = webhooks.firstIndex(where: { wanted($0.fault) }) {
      let fault = webhooks[place].fault
      webhooks[place].times -= 1
      if webhooks[place].times <= 0 { webhooks.remove(at: place) }
      return fault
    }
    return webhookChances.first { wanted($0.fault) && random.chance($0.probability) }?.fault
  }
}
