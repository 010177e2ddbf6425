// Who is shown that they were read: those whose conversation was opened, and nobody else.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct PresenceTests {
  let fixture: TemporaryStore
  var store: LeadStore { fixture.store }

  init() throws { fixture = try TemporaryStore() }

  private func say(_ text: String, id: String, after: Int64, isHistory: Bool) throws {
    try fixture.deliver(
      .whatsApp(
        InboundMessage(
          providerID: id,
          person: [Identity(kind: .phone, value: "4915112345678")],
          profileName: "Mia",
          kind: .text,
          text: text,
          providerAt: TemporaryStore.start + after,
          isHistory: isHistory
        )
      )
    )
  }

  private func opened() throws -> [String] {
    try store.opened(after: 0, since: TemporaryStore.start).conversations.map(\.message)
  }

  @Test func whatCameBeforeUsIsNotShownAsRead() throws {
    try say("long ago", id: "h1", after: 0, isHistory: true)
    #expect(try opened() == [])
    try say("Hi", id: "m1", after: 1000, isHistory: false)
    #expect(try opened() == [])
    try store.markRead(try fixture.lead().id, by: fixture.anna.id)
    #expect(try opened() == ["m1"])
    try say("and this", id: "h2", after: 2000, isHistory: true)
    #expect(try opened() == ["m1"])
  }
}
