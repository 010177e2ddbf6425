// What the worker asks the provider about people: lead forms' answers first, then missing names.
import Channels

/// The look-ups of one shift, drained on one queue.
struct AskProvider: Sendable {
  private let forms: FetchLeadForms
  private let profiles: FetchProfiles

  init(
    context: WorkerContext,
    transport: any HTTPTransport,
    standings: ChannelStandings
  ) {
    forms = FetchLeadForms(context: context, transport: transport, standings: standings)
    profiles = FetchProfiles(context: context, transport: transport, standings: standings)
  }

  func drain() {
    forms.drain()
    profiles.drain()
  }
}
