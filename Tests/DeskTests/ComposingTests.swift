// Messages of every kind through the one gate, files and templates included.
import Desk
import Foundation
import Model
import Store
import TestSupport
import Testing

@Suite struct ComposingTests {
  let fixture: TemporaryStore
  let desk: FrontDesk
  let lead: LeadID
  let seat: Seat

  init() throws {
    fixture = try TemporaryStore()
    try fixture.store.ensureChannel(
      ChannelAccount(
        id: "wa-main",
        kind: .whatsapp,
        gym: fixture.gym.id,
        account: TemporaryStore.phoneAccount,
        businessAccount: "102"
      )
    )
    desk = FrontDesk(store: fixture.store, undoSendSeconds: 8, passwords: .cheap)
    try fixture.deliver(.whatsApp("Hi", id: "m1", at: TemporaryStore.start))
    lead = try fixture.lead().id
    seat = Seat(user: fixture.anna)
  }

  private func send(_ message: OutboundMessage) -> String? {
    rule { try desk.send(lead, [message], undo: true, by: seat) }
  }

  private func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let path = fixture.directory + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func template(
    _ status: WhatsAppTemplate.Status = .approved,
    _ category: WhatsAppTemplate.Category = .utility
  ) -> WhatsAppTemplate {
    WhatsAppTemplate(
      account: "102",
      providerID: "1",
      name: "visit",
      language: "en",
      category: category,
      status: status,
      components: TemplateComponents(body: "Hi {{1}}, see you on {{2}}."),
      syncedAt: fixture.clock.now
    )
  }

  @Test func nothingOfAnOrderedLotIsQueuedWhenOnePartMayNot() throws {
    let messages = [OutboundMessage(text: "fine"), OutboundMessage(text: " ")]
    #expect(rule { try desk.send(lead, messages, undo: false, by: seat) } == "empty")
    #expect(try fixture.messages(lead).map(\.text) == ["Hi"])
  }

  @Test func aLongTextGoesInParts() throws {
    let long = String(repeating: "A sentence that says little. ", count: 300)
    #expect(send(OutboundMessage(text: long)) == "too_long")
    let parts = try desk.parts(of: long, to: lead, seat: seat)
    #expect(parts.count == 3)
    try desk.send(lead, parts, undo: false, by: seat)
    #expect(try fixture.messages(lead).count == 4)
  }

  /// The content decides: the name says that it is a picture, and it is a document.
  @Test func aFileIsWhatItsContentSays() throws {
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 100)
    let photo = try desk.attach(try write(jpeg, "class.pdf"), caption: "us", to: lead, seat: seat)
    #expect(photo.message.content == .file(.image) && photo.message.text == "us")
    #expect(photo.message.file?.mime == "image/jpeg" && photo.message.file?.name == "class.pdf")
    let pdf = try desk.attach(
      try write(Array("%PDF-1.7 and so on".utf8), "plan.jpg"),
      caption: "",
      to: lead,
      seat: seat
    )
    #expect(pdf.message.content == .file(.document))
    try desk.send(lead, [photo.message, pdf.message], undo: false, by: seat)
    let kept = try #require(photo.message.file)
    let copy = fixture.directory + "/media/" + kept.path
    #expect(FileManager.default.contents(atPath: copy) == Data(jpeg))
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func filesThatCannotGoSayWhy() throws {
    func attach(_ path: String) -> String? {
      rule { _ = try desk.attach(path, caption: "", to: lead, seat: seat) }
    }
    #expect(attach("/nowhere/at/all.jpg") == "file")
    #expect(attach(fixture.directory) == "file")
    #expect(attach(try write([], "empty.jpg")) == "file_empty")
    let huge = try write([0xFF, 0xD8, 0xFF], "huge.jpg")
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: huge))
    try handle.truncate(atOffset: 101 << 20)
    #expect(attach(huge) == "file_size")
    let sound = try desk.attach(
      try write(Array("OggS".utf8) + [0, 2], "note.ogg"),
      caption: "words",
      to: lead,
      seat: seat
    )
    #expect(send(sound.message) == "caption")
  }

  @Test func instagramTakesAddressesOnly() throws {
    fixture.clock.advance(.minute)
    try fixture.deliver(.instagram("hey", messageID: "i1", at: fixture.clock.now))
    let lead = try fixture.lead().id
    let path = try write([0xFF, 0xD8, 0xFF], "a.jpg")
    #expect(
      rule { _ = try desk.attach(path, caption: "", to: lead, seat: seat) } == "file_local"
    )
    let link = try desk.attach("https://gym.example/a.jpg?x", caption: "", to: lead, seat: seat)
    #expect(link.message.content == .link(.image, url: "https://gym.example/a.jpg?x"))
    try desk.send(lead, [link.message], undo: false, by: seat)
  }

  @Test func aTemplateGoesOutsideTheWindowAndAFreeTextDoesNot() throws {
    _ = try fixture.store.replaceTemplates([template()], account: "102")
    fixture.clock.advance(3 * .day)
    #expect(send(OutboundMessage(text: "hello")) == "window")
    let found = try desk.whatsAppTemplate(named: "visit", seat: seat)
    #expect(
      rule { _ = try desk.message(found, values: ["1": "Mia"], to: lead, seat: seat) }
        == "placeholder"
    )
    let message = try desk.message(
      found,
      values: ["1": "Mia", "2": "Friday"],
      to: lead,
      seat: seat
    )
    #expect(message.text == "Hi Mia, see you on Friday.")
    #expect(send(message) == nil)
    #expect(try fixture.messages(lead).last?.kind == .template)
  }

  @Test(arguments: [WhatsAppTemplate.Status.paused, .rejected, .pending, .disabled])
  func aTemplateThatIsNotApprovedIsExplained(status: WhatsAppTemplate.Status) throws {
    let template = template(status)
    _ = try fixture.store.replaceTemplates([template], account: "102")
    let message = try desk.message(
      template,
      values: ["1": "a", "2": "b"],
      to: lead,
      seat: seat
    )
    #expect(send(message) == "template_state")
  }

  @Test func whatTheySaidAboutBeingWrittenToIsHonoured() throws {
    let marketing = template(.approved, .marketing)
    _ = try fixture.store.replaceTemplates([marketing], account: "102")
    fixture.clock.advance(.minute)
    try fixture.deliver(.whatsApp("STOP", id: "m2", at: fixture.clock.now))
    #expect(send(OutboundMessage(text: "but")) == "opted_out")
    fixture.clock.advance(.minute)
    try fixture.deliver(.whatsApp("When do you open?", id: "m3", at: fixture.clock.now))
    #expect(send(OutboundMessage(text: "At six")) == nil)
    let message = try desk.message(
      marketing,
      values: ["1": "a", "2": "b"],
      to: lead,
      seat: seat
    )
    #expect(send(message) == "opted_out")
  }

  @Test func onlyAdminsChangeWhatAllWriteWith() throws {
    let staff = Seat(user: fixture.ben)
    #expect(
      rule { _ = try desk.saveReply(nil, name: "New", body: "Hi", by: staff) } == "role"
    )
    _ = try desk.saveReply(nil, name: "New", body: "Hi", by: seat)
    #expect(
      rule { _ = try desk.saveReply(nil, name: "New", body: "Hi", by: seat) } == "template"
    )
    let made = try #require(
      try fixture.store.templates(.everything).first { $0.name == "New" }
    )
    _ = try desk.saveReply(made.id, name: "Newer", body: "Hi {first_name}", by: seat)
    #expect(try fixture.store.templates(.everything).contains { $0.name == "Newer" })
    #expect(rule { _ = try desk.deleteReply(made.id, by: staff) } == "role")
    _ = try desk.deleteReply(made.id, by: seat)
    #expect(!(try fixture.store.templates(.everything).contains { $0.id == made.id }))
  }
}
