// Fetches the answers of lead forms: the webhook brings only their number. Runs on the queue of the
// look-ups, so that it delays neither intake nor replies.
import Channels
import Logging
import Model
import Store

/// The lead forms of one shift.
struct FetchLeadForms: Sendable {
  let context: WorkerContext
  let standings: ChannelStandings
  private let graph: GraphClient

  /// Forms asked for in one go.
  private static let batch = 20
  /// After as many tries without an answer a form is set aside, to be replayed by a person.
  private static let tries = 12

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    standings: ChannelStandings
  ) {
    self.context = context
    self.standings = standings
    graph = GraphClient(transport: transport)
  }

  func drain() {
    do {
      while !context.isStopping {
        let forms = try context.store.waitingLeadForms(limit: Self.batch)
        guard !forms.isEmpty else { return }
        for form in forms where !context.isStopping { try fetch(form) }
      }
    } catch { context.log.error("fetching lead forms stopped: \(error)") }
  }

  private func fetch(_ form: WaitingLeadForm) throws {
    guard let account = standings.credentials(form.channel) else {
      return try context.store.refuseLeadForm(form, reason: "the channel is not in the config")
    }
    switch graph.leadForm(account, id: form.providerID, form: form.form) {
    case .found(let answers): try context.store.keepLeadForm(form, answers)
    case .unreachable(let reason): try later(form, reason)
    case .refused(let error):
      switch error.errorClass {
      case .retry, .throttle: try later(form, error.userText)
      case .auth:
        // Somebody renews the token, which may take days; the provider keeps the answers for ninety.
        standings.renew()
        try later(form, error.userText, givesUp: false)
      default:
        context.log.warning("a lead form was refused: \(error.userText)")
        try context.store.refuseLeadForm(form, reason: error.userText)
      }
    }
  }

  /// 4 s, then twice as long each time, an hour at most.
  ///
  /// Without `givesUp` it is never given up.
  private func later(
    _ form: WaitingLeadForm,
    _ reason: String,
    givesUp: Bool = true
  ) throws {
    guard form.attempts + 1 < Self.tries || !givesUp else {
      return try context.store.refuseLeadForm(form, reason: reason)
    }
    context.log.warning("a lead form comes later: \(reason)")
    let wait = min(Int64.hour, 4 * Int64.second << Int64(min(form.attempts, Self.tries)))
    try context.store.postponeLeadForm(form, to: context.clock.now() + wait, reason: reason)
  }
}
