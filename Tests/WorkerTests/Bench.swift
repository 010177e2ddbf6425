// A worker's surroundings in tests: a store, a relay that answers from a list, a provider that
// answers from a script. The two share one transport type and are told apart by their address.
import Channels
import Foundation
import Logging
import Model
import RelayAPI
import Store
import Synchronization
import TestSupport
import Worker

/// A relay in memory, behind a transport.
final class ScriptedRelay: Sendable {
  struct State {
    var log = "log-1"
    var bodies: [String] = []
    /// Answers instead of the feed, while there is one.
    var fault: HTTPOutcome?
    var acks: [Int64] = []
    var polls: [String] = []
  }

  let state = Mutex(State())

  func add(_ body: String) { state.withLock { $0.bodies.append(body) } }

  /// Another log with these bodies from 1 on.
  func restart(log: String, bodies: [String]) {
    state.withLock { state in
      state.log = log
      state.bodies = bodies
    }
  }

  func fail(_ outcome: HTTPOutcome?) { state.withLock { $0.fault = outcome } }

  var acks: [Int64] { state.withLock { $0.acks } }
  var polls: [String] { state.withLock { $0.polls } }

  func answer(_ request: HTTPRequest) -> HTTPOutcome {
    state.withLock { state in
      if request.url.hasSuffix("/v1/ack") {
        let ack = request.body.withUnsafeBytes { try? Ack.parse($0) }
        state.acks.append(ack?.through ?? -1)
        return .json(200, "{}")
      }
      let query = request.url.split(separator: "?").last.map(String.init) ?? ""
      state.polls.append(query)
      if let fault = state.fault { return fault }
      let after = query.split(separator: "&").first { $0.hasPrefix("after=") }
        .flatMap { Int64($0.dropFirst(6)) }
      return .response(HTTPResponse(status: 200, body: state.page(after: after ?? 0).encoded()))
    }
  }
}

extension ScriptedRelay.State {
  func page(after: Int64) -> FeedPage {
    let events = bodies.enumerated().map { index, body in
      FeedEvent(
        seq: Int64(index) + 1,
        source: "meta",
        receivedAt: TemporaryStore.start + Int64(index),
        path: "/webhooks/meta",
        query: "",
        contentType: "application/json",
        sha256: String(format: "%064x", abs(body.hashValue)),
        body: Array(body.utf8)
      )
    }
    let rest = events.filter { $0.seq > after }
    return FeedPage(log: log, events: rest, next: rest.last?.seq ?? after)
  }
}

/// A store, a relay and a provider.
final class Bench: Sendable {
  typealias Provider = @Sendable (HTTPRequest) -> HTTPOutcome

  let fixture: TemporaryStore
  let relay = ScriptedRelay()
  let posts = Mutex<[HTTPRequest]>([])
  let healths = Mutex<[WorkerHealth]>([])
  private let provider: Mutex<Provider>
  private let sends = Atomic(0)
  /// "Read" and "is typing", as posted.
  let marks = Mutex<[String]>([])
  let presence = Mutex(PresenceSettings())
  /// What a look at an account is answered.
  let account = Mutex(HTTPOutcome.json(404, "{}"))
  /// What a look at a conversation is answered.
  let conversation = Mutex(HTTPOutcome.json(404, "{}"))

  init(provider: @escaping Provider = { _ in .json(404, "") }) throws {
    fixture = try TemporaryStore()
    self.provider = Mutex(provider)
  }

  var store: LeadStore { fixture.store }
  var health: WorkerHealth? { healths.withLock { $0.last } }
  var postCount: Int { posts.withLock { $0.count } }

  func provide(_ provider: @escaping Provider) { self.provider.withLock { $0 = provider } }

  /// The provider takes every message under a new id.
  func acceptAll() {
    provide { [self] _ in
      let number = sends.add(1, ordering: .relaxed).newValue
      return .json(200, #"{"messages":[{"id":"wamid.\#(number)"}],"message_id":"mid.\#(number)"}"#)
    }
  }

  func transport() -> ScriptedTransport {
    ScriptedTransport { [self] request in
      if request.url.hasPrefix("http://relay") { return relay.answer(request) }
      if request.url.contains("fields=id,") { return account.withLock { $0 } }
      if request.url.contains("/conversations?") { return conversation.withLock { $0 } }
      if request.method == .post, request.url.hasSuffix("/messages"), !request.isSend {
        marks.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
        return .json(200, #"{"success":true}"#)
      }
      guard request.isSend else { return .json(404, "{}") }
      posts.withLock { $0.append(request) }
      return provider.withLock { $0 }(request)
    }
  }

  func setup(relay hasRelay: Bool = true) -> WorkerSetup {
    var setup = WorkerSetup(
      relay: hasRelay ? RelayEndpoint(url: "http://relay", token: Secret("t")) : nil,
      credentials: [
        "wa-main": GraphCredentials(
          kind: .whatsapp,
          account: TemporaryStore.phoneAccount,
          token: Secret("t"),
          baseURL: "http://graph/v26.0"
        ),
        "ig-main": GraphCredentials(
          kind: .instagram,
          account: TemporaryStore.instagramAccount,
          token: Secret("t"),
          baseURL: "http://graph/v26.0"
        ),
      ],
      journalDays: 90,
      makeTransport: { [self] in transport() }
    )
    setup.presence = presence.withLock { $0 }
    return setup
  }

  static let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  func worker(
    _ kind: BackgroundWorker.Kind = .app,
    store other: LeadStore? = nil,
    relay: Bool = true
  ) throws -> BackgroundWorker {
    try BackgroundWorker(
      store: other ?? store,
      setup: setup(relay: relay),
      kind: kind,
      log: Self.log
    ) { [self] health in healths.withLock { $0.append(health) } }
  }

  func runOnce(patience: Int = 5000) throws -> BackgroundWorker.Remainder {
    try BackgroundWorker.runOnce(store: store, setup: setup(), log: Self.log, patience: patience)
  }

  /// A reply that is due, to somebody who has just written.
  func reply(_ text: String = "hello", from phone: String = "4915112345678") throws -> MessageID {
    try fixture.deliver(
      .whatsApp("Hi", from: phone, id: "in-\(text)-\(phone)", at: fixture.clock.now)
    )
    return try store.enqueue(
      try fixture.lead().id,
      kind: .text,
      text: text,
      undo: 0,
      by: Actor(user: fixture.anna.id)
    )
  }

  func status(_ message: MessageID) throws -> MessageStatus? { try store.message(message)?.status }
}

/// A WhatsApp webhook with one text.
func webhook(_ text: String, id: String, from phone: String = "4915112345678") -> String {
  """
  {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{\
  "messaging_product":"whatsapp","metadata":{"display_phone_number":"1555","phone_number_id":\
  "\(TemporaryStore.phoneAccount)"},"contacts":[{"profile":{"name":"Mia"},"wa_id":"\(phone)"}],\
  "messages":[{"from":"\(phone)","id":"\(id)","timestamp":"1772452800","type":"text",\
  "text":{"body":"\(text)"}}]}}]}]}
  """
}

func graphError(_ code: Int, status: Int = 400) -> HTTPOutcome {
  .json(status, #"{"error":{"message":"no","type":"OAuthException","code":\#(code)}}"#)
}
