// A real store in a folder of its own, with a gym, two channels and two people who work there.
// Gone when the last reference to it is.
import Foundation
import Model
import Store
import Synchronization

package final class TemporaryStore: Sendable {
  /// Monday, 2 March 2026, 12:00:00 UTC.
  package static let start = Timestamp(seconds: 1_772_452_800)
  package static let phoneAccount = "15550001"
  package static let instagramAccount = "17841400000000000"

  package let directory: String
  package let clock = HandClock(start)
  package let store: LeadStore
  package let gym: Gym
  package let anna: User
  package let ben: User
  private let nextSeq = Mutex<Int64>(1)

  package init() throws {
    directory = FileManager.default.temporaryDirectory.path + "/inbox-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory,
      withIntermediateDirectories: false
    )
    store = try LeadStore(directory: directory, clock: clock.wall, program: "1.0-test")
    gym = try store.ensureGym(
      slug: "downtown",
      name: "Downtown",
      zone: "Europe/Berlin",
      country: "DE",
      defaults: .sample
    )
    try store.ensureChannel(
      ChannelAccount(id: "wa-main", kind: .whatsapp, gym: gym.id, account: Self.phoneAccount)
    )
    try store.ensureChannel(
      ChannelAccount(id: "ig-main", kind: .instagram, gym: gym.id, account: Self.instagramAccount)
    )
    let setUp = Actor(label: "test")
    anna = try store.addUser(
      email: "anna@gym.example",
      name: "Anna",
      role: .admin,
      passwordHash: nil,
      by: setUp
    )
    ben = try store.addUser(
      email: "ben@gym.example",
      name: "Ben",
      role: .staff,
      passwordHash: nil,
      by: setUp
    )
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Another store on the same folder, as another process would open it.
  package func reopened() throws -> LeadStore {
    try LeadStore(directory: directory, clock: clock.wall, program: "1.0-test")
  }

  /// Keeps an empty webhook and returns its number in the journal, for events to be applied under.
  package func journalRow(in other: LeadStore? = nil) throws -> Int64 {
    let seq = nextSeq.withLock { next in
      defer { next += 1 }
      return next
    }
    let store = other ?? store
    _ = try store.keep(
      [.sample(seq: seq, receivedAt: clock.now)],
      cursor: FeedCursor(log: "test-log", after: seq)
    )
    let row = try store.pendingEvents(limit: 10_000).last { $0.raw.seq == seq }
    guard let row else { throw StoreError.noSuchEvent(seq) }
    return row.id
  }

  /// Applies `events` as one webhook received now.
  @discardableResult
  package func deliver(_ events: InboundEvent..., in other: LeadStore? = nil) throws -> ApplyOutcome
  {
    try deliver(events, in: other)
  }

  @discardableResult
  package func deliver(_ events: [InboundEvent], in other: LeadStore? = nil) throws -> ApplyOutcome
  {
    let row = try journalRow(in: other)
    return try (other ?? store).apply([decoded(row, events)])
  }

  package func decoded(
    _ row: Int64,
    _ events: [InboundEvent],
    parkedReason: String? = nil
  ) -> DecodedEvent {
    DecodedEvent(
      journal: row,
      receivedAt: clock.now,
      events: events,
      parkedReason: parkedReason,
      summary: "\(events.count) events"
    )
  }

  /// Every lead, closed ones too, in the inbox's order.
  package func leads(viewer: User? = nil) throws -> [LeadSummary] {
    try store.inbox(
      InboxQuery(anchor: .top, filter: .all, limit: 400),
      scope: Scope(reach: .everything, viewer: viewer?.id)
    ).rows
  }

  /// The one lead there is; the newest when there are more.
  package func lead(viewer: User? = nil) throws -> LeadSummary {
    guard let lead = try leads(viewer: viewer).max(by: { $0.id < $1.id }) else {
      throw StoreError.noSuchLead(LeadID(0))
    }
    return lead
  }

  /// The lead's conversation, oldest first.
  package func messages(_ lead: LeadID) throws -> [Message] {
    try store.messages(of: lead, limit: 1000, scope: .everything) ?? []
  }
}

extension LeadStore.GymDefaults {
  /// One stage of each kind and two open ones; one saved reply.
  package static let sample = LeadStore.GymDefaults(
    stages: [
      ("New", .open), ("Contacted", .open), ("Later", .parked), ("Won", .won), ("Lost", .lost),
    ],
    templates: [("Hello", "Hi {first_name}")]
  )
}

extension RawEvent {
  package static func sample(
    seq: Int64,
    receivedAt: Timestamp = TemporaryStore.start,
    sha256: String? = nil,
    body: String = "{}"
  ) -> RawEvent {
    RawEvent(
      seq: seq,
      source: "meta",
      receivedAt: receivedAt,
      path: "/webhooks/meta",
      query: "",
      contentType: "application/json",
      sha256: sha256 ?? String(repeating: "0", count: 56) + String(seq + 10_000_000),
      body: Array(body.utf8)
    )
  }
}
