// Synthetic leads for the demo, trials and benchmarks, put into the store through its import.
import Model
import Store

extension FrontDesk {
  /// Leads that one transaction takes: long enough to be fast, short enough for other writers.
  private static let leadsAtOnce = 500

  /// Adds `leads` leads with `messages` messages in all; returns how many were added.
  ///
  /// The same numbers and seed give the same data. `progress` hears the running total.
  package func seed(
    leads: Int,
    messages: Int,
    seed: UInt64,
    progress: (Int) -> Void
  ) throws -> Int {
    let gym = try seedGym()
    let users = try store.users().map(\.id)
    let kinds = try store.channels().filter { $0.gym == gym.id }.map(\.kind)
      .filter { [.whatsapp, .instagram, .messenger].contains($0) }
    var plan = MassLeads(
      seed: seed,
      now: clock.now(),
      kinds: kinds,
      stages: try store.stages(Scope(reach: .gym(gym.id), viewer: nil)),
      users: users.count
    )
    var added = 0
    for start in stride(from: 0, to: leads, by: Self.leadsAtOnce) {
      let end = min(start + Self.leadsAtOnce, leads)
      let batch = (start..<end).map { index in
        // Shares that add up to `messages` exactly.
        let share = (index + 1) * messages / leads - index * messages / leads
        return plan.lead(index, messages: max(1, share))
      }
      added += try store.importLeads(
        batch,
        gym: gym.id,
        users: users,
        provenance: "seed.\(seed).\(start)"
      )
      progress(end)
    }
    return added
  }

  /// The demo's forty leads, as of now.
  package func seedDemo(seed: UInt64) throws -> Int {
    let gym = try seedGym()
    let stages = try store.stages(Scope(reach: .gym(gym.id), viewer: nil))
    let now = clock.now()
    let leads = (DemoLead.waiting + DemoLead.open + DemoLead.closed).map { lead in
      lead.imported(now: now) { name in stages.firstIndex { $0.name == name } }
    }
    // Oldest first, so that ids rise with time as they would have.
    return try store.importLeads(
      leads.sorted { $0.createdAt < $1.createdAt },
      gym: gym.id,
      users: try store.users().map(\.id),
      provenance: "demo.\(seed)"
    )
  }

  /// The first gym; a store without one gets the example's gym and two channels.
  private func seedGym() throws -> Gym {
    if try store.channels().isEmpty {
      let gym = try store.gyms(.everything).first?.slug ?? "downtown"
      try adopt(
        gyms: gym == "downtown" ? [GymEntry(slug: gym, name: "Downtown")] : [],
        channels: [
          ChannelEntry(id: "wa-seed", kind: .whatsapp, gym: gym, account: "106540352242922"),
          ChannelEntry(id: "ig-seed", kind: .instagram, gym: gym, account: "17841400000000000"),
        ]
      )
    }
    let channels = try store.channels()
    let gyms = try store.gyms(.everything)
    guard let gym = gyms.first(where: { gym in channels.contains { $0.gym == gym.id } }) else {
      throw Refusal(rule: "gym", text: "there is no gym to put leads into; run inbox setup")
    }
    return gym
  }
}
