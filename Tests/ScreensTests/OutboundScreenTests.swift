// Sessions around what can be sent beside a plain reply: quoting, reacting, later, files, templates.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct OutboundScreenTests {
  static let visit = WhatsAppTemplate(
    account: "102",
    providerID: "1",
    name: "visit_confirmation",
    language: "en_US",
    category: .utility,
    status: .approved,
    quality: "GREEN",
    components: TemplateComponents(
      body: "Hi {{1}}, we look forward to your visit on {{2}}. Bring a towel!",
      footer: "Downtown Gym",
      buttons: [.init(kind: .quickReply, text: "I'm coming")]
    ),
    syncedAt: Sample.ago(minutes: 12)
  )
  static let paused = WhatsAppTemplate(
    account: "102",
    providerID: "2",
    name: "summer_sale",
    language: "en_US",
    category: .marketing,
    status: .paused,
    quality: "RED",
    components: TemplateComponents(body: "Hi {{1}}, summer is here!"),
    syncedAt: Sample.ago(minutes: 12)
  )

  static var book: GymBook {
    var book = Sample.book
    book.whatsAppTemplates = [visit, paused]
    book.businessAccounts = ["102"]
    return book
  }

  private func chat(columns: Int = 120, rows: Int = 40) -> Session {
    var session = Session.desk(columns: columns, rows: rows)
    session.load(.gym(Self.book))
    session.openFirst()
    _ = session.took()
    return session
  }

  private func sent(_ effects: [AppEffect]) -> [OutboundMessage] {
    effects.flatMap { effect -> [OutboundMessage] in
      if case .sendMessages(_, let messages) = effect { return messages }
      return []
    }
  }

  @Test func upInAnEmptyReplyChoosesAMessageToQuote() {
    var session = chat()
    session.type("r<Up>")
    #expect(session.state.context == .message)
    #expect(session.text.contains("r quote"))
    let newest = session.state.selectedMessage
    session.type("k")
    #expect(session.state.selectedMessage?.id != newest?.id)
    // Up to one that the provider knows.
    while session.state.selectedMessage?.providerID == nil, session.state.context == .message {
      let before = session.state.selectedMessage?.id
      session.type("k")
      if session.state.selectedMessage?.id == before { break }
    }
    guard let chosen = session.state.selectedMessage, let id = chosen.providerID else {
      // The sample has only messages without an id: quoting says so.
      session.type("r")
      #expect(session.text.contains("can't be quoted"))
      return
    }
    session.type("r")
    #expect(session.state.isTyping)
    session.type("gladly<Enter>")
    let messages = sent(session.took())
    #expect(messages.map(\.text) == ["gladly"] && messages.first?.replyTo == id)
    #expect(session.state.opened?.composer.quote == nil)
  }

  @Test func aReactionIsPickedForTheChosenMessage() {
    var session = chat()
    session.state.opened?.thread.messages[0].providerID = "wamid.7"
    session.type("vgg")
    let first = session.state.opened?.thread.messages[0].id
    session.state.opened?.thread.selected = first
    session.type("e")
    #expect(session.text.contains("thumbs up"))
    session.type("1")
    let message = sent(session.took()).first
    #expect(message?.content == .reaction(emoji: "👍") && message?.replyTo == "wamid.7")
  }

  @Test func aTimeIsShownBeforeItIsMeant() {
    var session = chat()
    session.type("rSee you then<C-x>l")
    session.type("fri 9")
    #expect(session.text.contains("→ Fri 21 Nov, 09:00"))
    session.type("<Enter>")
    let message = sent(session.took()).first
    #expect(message?.text == "See you then")
    #expect(message?.sendAt == Timestamp(seconds: 1_763_715_600))
    #expect(session.state.opened?.composer.isEmpty == true)
    #expect(session.text.contains("Ctrl-_ cancel"), "`u` is a letter while typing")
  }

  @Test func laterFromTheCommandLine() {
    var session = chat()
    session.type("rLunch?<Esc>:later tomorrow 12:00<Enter>")
    #expect(sent(session.took()).first?.sendAt == Timestamp(seconds: 1_763_208_000))
    session.type("rAgain<Esc>:later soon<Enter>")
    #expect(sent(session.took()).isEmpty)
    #expect(session.text.contains("is no time"))
    #expect(session.state.opened?.composer.text.text == "Again")
  }

  @Test func aScheduledMessageStandsLastAndIsCancelledByU() {
    var session = chat()
    var page = Sample.thread()
    var message = page.messages[0]
    message.id = MessageID(9999)
    message.direction = .outbound
    message.status = .queued
    message.text = "For later"
    message.author = Sample.ana.id
    message.scheduledAt = Sample.now + .day
    page.messages.insert(message, at: 0)
    session.load(.thread(page))
    #expect(session.text.contains("◷ tomorrow, 10:30 · u cancel"))
    #expect(session.state.opened?.thread.blocks.last?.message.id == MessageID(9999))
    session.type("u")
    #expect(session.took().contains(.recall(MessageID(9999))))
    #expect(session.state.opened?.composer.text.text.contains("For later") == true)
  }

  @Test func aFileKeepsItsCaptionUntilItIsQueued() {
    var session = chat()
    session.type("rOur hall<C-x>a")
    session.type("/tmp/ha<Tab>")
    #expect(session.took().contains(.completePath("/tmp/ha")))
    session.load(.completions(typed: "/tmp/ha", paths: ["/tmp/hall.jpg", "/tmp/hall2.jpg"]))
    #expect(session.text.contains("hall2.jpg"))
    session.type(".jpg<Enter>")
    guard let lead = session.state.opened?.id else { return }
    #expect(
      session.took().contains(
        .attach(lead, path: "/tmp/hall.jpg", caption: "Our hall", replyTo: nil)
      )
    )
    session.load(
      .attachRefused(lead: lead, path: "/tmp/hall.jpg", reason: "hall.jpg: The file is empty")
    )
    #expect(session.state.opened?.composer.text.text == "Our hall")
    session.type("<Enter>")
    session.load(.attached(lead: lead, caption: "Our hall", note: "goes as a document"))
    #expect(session.state.opened?.composer.isEmpty == true)
    #expect(session.text.contains("goes as a document"))
  }

  @Test func aFileThatCannotGoKeepsItsPathInThePrompt() throws {
    var session = chat()
    let lead = try #require(session.state.opened?.id)
    session.type("rOur hall<C-x>a")
    #expect(session.text.contains("Enter send"))
    #expect(session.text.contains("as its caption: “Our hall”"))
    _ = session.took()
    session.type("/tmp/empty.txt<Enter>")
    #expect(session.text.contains("Sending …"))
    session.type("x<Enter>")
    #expect(
      session.acts() == [
        .attach(lead, path: "/tmp/empty.txt", caption: "Our hall", replyTo: nil)
      ],
      "once only, and nothing typed meanwhile becomes a message"
    )
    session.load(
      .attachRefused(lead: lead, path: "/tmp/empty.txt", reason: "empty.txt: The file is empty")
    )
    #expect(session.text.contains("✗ empty.txt: The file is empty"))
    #expect(session.text.contains("/tmp/empty.txt"))
    session.type("<C-u>/tmp/hall.jpg<Enter>")
    #expect(
      session.acts() == [
        .attach(lead, path: "/tmp/hall.jpg", caption: "Our hall", replyTo: nil)
      ]
    )
    session.load(.attached(lead: lead, caption: "Our hall", note: nil))
    #expect(session.state.overlays.isEmpty && session.text.contains("Queued"))
  }

  @Test func aPathOfTheCommandLineIsKeptAsWell() throws {
    var session = chat()
    let lead = try #require(session.state.opened?.id)
    session.type(":attach nowhere.jpg<Enter>")
    session.load(
      .attachRefused(lead: lead, path: "nowhere.jpg", reason: "nowhere.jpg: No such file")
    )
    #expect(session.text.contains("✗ nowhere.jpg: No such file"))
    session.type("<Esc>")
    #expect(session.state.overlays.isEmpty)
  }

  @Test func aRefusalAfterThePromptIsLeftIsSaidBelow() throws {
    var session = chat()
    let lead = try #require(session.state.opened?.id)
    session.type("r<C-x>aempty.txt<Enter><Esc>")
    #expect(session.state.overlays.isEmpty)
    session.load(
      .attachRefused(lead: lead, path: "empty.txt", reason: "empty.txt: The file is empty")
    )
    #expect(session.screen.last { $0.contains("Not sent: empty.txt: The file") } != nil)
  }

  @Test func aLongTextAsksAndThenGoesInParts() {
    var session = chat()
    session.type("r")
    session.send(.terminal(.paste(String(repeating: "Words and more words. ", count: 250))))
    session.type("<Enter>")
    #expect(session.text.contains("2 messages"))
    #expect(sent(session.took()).isEmpty)
    session.type("y")
    let parts = sent(session.took())
    #expect(parts.count == 2 && parts.allSatisfy { TextLimit.whatsApp.allows($0.text) })
  }

  @Test func answersToChooseFrom() {
    var session = chat()
    session.type("rShall I book you in?<C-x>bYes please | Not now<Enter>")
    guard case .choices(let choices)? = sent(session.took()).first?.content else {
      Issue.record("nothing was sent")
      return
    }
    #expect(choices.style == .buttons && choices.rows.map(\.title) == ["Yes please", "Not now"])
  }

  @Test func aClosedWindowOffersTemplatesAndTheFormFillsThemIn() {
    var session = chat()
    session.load(.thread(Sample.thread(closedReason: "More than 24 h since their last message")))
    session.type("r")
    #expect(session.text.contains("visit_confirmation"))
    #expect(!session.text.contains("summer_sale"))
    session.type("1 place left")
    #expect(!session.text.contains("{{2}}"), "a reply being typed chooses no template")
    session.type("<Esc><Enter>")
    #expect(session.text.contains("{{2}}"))
    session.type("<Tab>Friday at 18:00")
    #expect(session.text.contains("visit on Friday at 18:00"))
    session.type("<Enter>")
    guard
      case .sendTemplate(_, let template, let values)? = session.took().last(where: {
        if case .sendTemplate = $0 { true } else { false }
      })
    else {
      Issue.record("the template was not sent")
      return
    }
    #expect(template.name == "visit_confirmation" && values["2"] == "Friday at 18:00")
    #expect(values["1"]?.isEmpty == false, "their name fills itself in")
    session.type("<Enter>")
    #expect(session.took() == [], "it is sent once")
    session.load(.templateRefused(reason: "They have switched marketing messages off"))
    #expect(session.text.contains("✗ They have switched"))
    session.type("<Enter>")
    #expect(session.took().count == 1, "and may be tried again")
    session.load(.templateSent(session.state.opened?.id ?? LeadID(0)))
    #expect(session.state.overlays.isEmpty)
  }

  @Test func templatesAreListedExplainedAndWritten() {
    var session = chat()
    session.type("gt")
    #expect(session.text.contains("Saved replies") && session.text.contains("‖ paused"))
    session.type("G")
    #expect(session.text.contains("✓ ready"))
    session.type("nWelcome<Tab>Hi {first_name}!")
    session.type("<Enter>")
    #expect(
      session.took().contains(.saveReply(nil, name: "Welcome", body: "Hi {first_name}!"))
    )
    session.load(.templateSaved(note: "Saved reply “Welcome” added", isReversible: true))
    #expect(session.text.contains("added · u undo"))
    session.type("u")
    #expect(session.took().contains(.undo))
    session.type("N")
    session.type("bad name<Tab><Tab><Tab><Tab>{{1}} hello<Tab><Tab><Tab><Enter>")
    #expect(session.text.contains("a-z, 0-9"))
  }

  @Test func staffReadTemplatesOnly() {
    var session = Session(columns: 120, rows: 40)
    session.load(.signedIn(Screens.Session(user: Sample.tom)))
    session.load(.gym(Self.book))
    session.load(.inbox(Sample.page()))
    session.type("gtn")
    #expect(session.text.contains("Only an owner or admin"))
  }

  @Test func deletingAsksForTheName() {
    var session = chat()
    session.type("gtGkD")
    session.type("yes<Enter>")
    #expect(session.took().allSatisfy { if case .deleteTemplate = $0 { false } else { true } })
    #expect(session.text.contains("Type visit_confirmation"))
    session.type("<C-u>visit_confirmation<Enter>")
    #expect(session.took().contains(.deleteTemplate(Self.visit)))
  }

  @Test func theWindowCountsDownInWords() {
    var session = chat()
    func note(_ left: Int64) -> String {
      var page = Sample.thread()
      page.windowClosesAt = session.now + left
      session.load(.thread(page))
      return session.text
    }
    #expect(!note(5 * .hour).contains("close in"), "far away, and nobody writes")
    #expect(note(3 * .hour).contains("replies close in 3 h 0 min"))
    session.type("r")
    #expect(note(5 * .hour + 12 * .minute).contains("replies close in 5 h 12 min"))
    #expect(note(90 * .minute).contains("◔ replies close in 1 h 30 min"))
    #expect(note(9 * .minute).contains("! replies close in 9 min"))
    #expect(note(-9 * .minute).contains("⊘ replies are closed"))
  }

  /// Beside the title or beside the reply being written, in the same words.
  @Test(arguments: [(160, 44), (120, 40), (80, 24), (46, 19), (40, 15)])
  func theWindowIsToldOfOnce(columns: Int, rows: Int) {
    var session = Session.desk(columns: columns, rows: rows)
    session.openFirst()
    var page = Sample.thread()
    page.windowClosesAt = session.now + 9 * .minute
    session.load(.thread(page))
    func told(_ session: Session) -> Int { session.text.ranges(of: "in 9 min").count }
    #expect(told(session) == 1)
    session.type("rHello")
    #expect(told(session) == 1)
    #expect(session.text.contains(columns < 80 ? "! closes in 9 min" : "! replies close in 9 min"))
    session.type("<C-u>{gap}")
    #expect(session.text.contains("fill in {gap}") && told(session) == 1, "then the title says it")
  }
}
