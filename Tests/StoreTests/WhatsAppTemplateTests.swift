// Templates in the store: a sync replaces what was known, webhooks change it in between.
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct WhatsAppTemplateTests {
  let fixture: TemporaryStore
  var store: LeadStore { fixture.store }

  init() throws {
    fixture = try TemporaryStore()
    try store.ensureChannel(
      ChannelAccount(
        id: "wa-main",
        kind: .whatsapp,
        gym: fixture.gym.id,
        account: TemporaryStore.phoneAccount,
        businessAccount: "102"
      )
    )
  }

  private func template(
    _ name: String,
    _ status: WhatsAppTemplate.Status = .approved
  )
    -> WhatsAppTemplate
  {
    WhatsAppTemplate(
      account: "102",
      providerID: "id-" + name,
      name: name,
      language: "en_US",
      category: .utility,
      status: status,
      components: TemplateComponents(body: "Hi {{1}}, how are you?"),
      syncedAt: fixture.clock.now
    )
  }

  private func notice(_ name: String, _ change: TemplateNotice.Change, at: Timestamp? = nil) throws
  {
    try fixture.deliver(
      InboundEvent(
        account: ProviderAccount(kind: .whatsapp, id: "102"),
        fact: .template(
          TemplateNotice(
            name: name,
            language: "en_US",
            providerID: nil,
            change: change,
            at: at ?? fixture.clock.now
          )
        )
      )
    )
  }

  private func names() throws -> [String] { try store.whatsAppTemplates().map(\.name) }

  @Test func aSyncReplacesWhatWasKnown() throws {
    #expect(try store.replaceTemplates([template("a"), template("b")], account: "102") == 2)
    #expect(try names() == ["a", "b"])
    let before = try store.rev()
    fixture.clock.advance(.hour)
    _ = try store.replaceTemplates([template("a"), template("b")], account: "102")
    #expect(try store.rev() == before, "nothing changed, so no screen is woken")
    #expect(try store.templateSync(of: "102").syncedAt == fixture.clock.now)
    _ = try store.replaceTemplates([template("b", .paused)], account: "102")
    #expect(try names() == ["b"])
    #expect(try store.whatsAppTemplates().first?.status == .paused)
    #expect(try store.whatsAppTemplate("a", language: "en_US", channel: "wa-main") == nil)
    // Made anew under the same name.
    _ = try store.replaceTemplates([template("a"), template("b")], account: "102")
    #expect(try names() == ["a", "b"])
  }

  @Test func webhooksChangeStateAndQuality() throws {
    _ = try store.replaceTemplates([template("a", .pending)], account: "102")
    fixture.clock.advance(.minute)
    try notice("a", .status(.rejected, reason: "Variables side by side"))
    var kept = try #require(try store.whatsAppTemplates().first)
    #expect(kept.status == .rejected && kept.reason == "Variables side by side")
    #expect(try #require(kept.refusal).contains("Variables side by side"))
    // Older news come late.
    try notice("a", .status(.approved, reason: nil), at: fixture.clock.now - .second)
    #expect(try store.whatsAppTemplates().first?.status == .rejected)
    fixture.clock.advance(.minute)
    try notice("a", .status(.approved, reason: nil))
    try notice("a", .quality("YELLOW"))
    try notice("a", .category(.marketing))
    kept = try #require(try store.whatsAppTemplates().first)
    #expect(kept.status == .approved && kept.reason == nil && kept.refusal == nil)
    #expect(kept.quality == "YELLOW" && kept.category == .marketing)
    #expect(try store.templateSync(of: "102").wantedAt == nil)
  }

  @Test func whatIsNotKnownAsksForASync() throws {
    try notice("new", .status(.approved, reason: nil))
    #expect(try store.templateSync(of: "102").wantedAt == fixture.clock.now)
    fixture.clock.advance(.minute)
    try notice("new", .components)
    #expect(try store.templateSync(of: "102").wantedAt == fixture.clock.now)
  }

  @Test func anotherGymsTemplatesAreNotInScope() throws {
    _ = try store.replaceTemplates([template("a")], account: "102")
    let own = Scope(reach: .gym(fixture.gym.id), viewer: nil)
    #expect(try store.whatsAppTemplates(own).count == 1)
    let other = Scope(reach: .gym(GymID(999)), viewer: nil)
    #expect(try store.whatsAppTemplates(other).isEmpty)
  }
}
