// The journal's screen and the files of a conversation, as a person meets them.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct JournalTests {
  private func journal(columns: Int = 120, rows: Int = 40) -> Session {
    var session = Session.desk(columns: columns, rows: rows)
    session.type("gj")
    session.load(.journal(Sample.journal))
    return session
  }

  @Test func goingThereAsksForIt() {
    var session = Session.desk()
    session.type("gj")
    #expect(session.took() == [.loadJournal(JournalQuery(onlyParked: false, limit: 200))])
    #expect(session.text.contains("Loading"))
  }

  @Test func parkedEventsSayWhyAndRaiseABadge() {
    var session = journal()
    #expect(session.text.contains("no channel in the config for whatsapp account 777"))
    session.type("<Esc>")
    #expect(session.text.contains("1 parked event · g j"))
  }

  @Test func enterOpensAnEventAndEscComesBack() {
    var session = journal()
    _ = session.took()
    session.type("j<Enter>")
    #expect(session.took() == [.loadEvent(41, isRaw: false)])
    session.load(.event(Sample.event()))
    #expect(session.text.contains("Personal data is hidden · v shows it"))
    session.type("v")
    #expect(session.took() == [.loadEvent(41, isRaw: true)])
    session.load(.event(Sample.event(isRaw: true)))
    #expect(session.text.contains("Nothing is hidden"))
    session.type("v<Esc>")
    #expect(session.took() == [.loadEvent(41, isRaw: false)])
    #expect(session.text.contains("no channel in the config"))
    session.type("<Esc>")
    #expect(session.state.focus == .inbox)
  }

  @Test func oneKeyReplaysOneAndAnotherAll() {
    var session = journal()
    _ = session.took()
    session.type("jrP")
    #expect(session.took() == [.replay(41), .replay(nil)])
  }

  @Test func theFilterShowsParkedEventsOnly() {
    var session = journal()
    _ = session.took()
    session.type("f")
    #expect(session.took() == [.loadJournal(JournalQuery(onlyParked: true, limit: 200))])
    // The answer to the former question is late.
    session.load(.journal(Sample.journal))
    session.load(
      .journal(
        JournalPage(query: session.state.journal.query, lines: [], hasMore: false, parked: 0)
      )
    )
    #expect(session.text.contains("No event is parked"))
  }

  @Test func theCursorStaysOnItsEvent() {
    var session = journal()
    session.type("j")
    var page = Sample.journal
    var fresh = page.lines[0]
    fresh.id = 43
    page.lines.insert(fresh, at: 0)
    session.load(.journal(page))
    #expect(session.state.journal.subject?.id == 41)
  }

  @Test func anEventLeadsToItsLead() {
    var session = journal()
    _ = session.took()
    session.type("o")
    #expect(session.took() == [.openLead(LeadID(1))])
    session.load(.leadToOpen(Sample.page().rows[0]))
    #expect(session.state.focus == .thread)
    session.type("gjjo")
    #expect(session.text.contains("No conversation came of this event"))
  }

  @Test func hostileTextStaysText() {
    var session = journal()
    var page = Sample.journal
    page.lines[0].summary = "\u{1B}]0;x\u{7}\u{202E}evil"
    session.load(.journal(page))
    #expect(!session.text.contains("\u{1B}"))
    #expect(!session.text.contains("\u{202E}"))
  }
}

@Suite struct FilesTests {
  private func chat(
    _ media: [Model.Attachment],
    text: String = "[photo] This one?",
    content: String? = nil
  ) -> Session {
    var session = Session.desk()
    session.openFirst()
    var page = Sample.thread()
    var message = Sample.message(900, text, at: Sample.ago(minutes: 1))
    message.media = media
    message.content = content
    page.messages = [message]
    session.load(.thread(page))
    _ = session.took()
    return session
  }

  private func photo(_ state: Model.Attachment.State, problem: String? = nil) -> Model.Attachment {
    Model.Attachment(
      id: AttachmentID(5),
      kind: .image,
      state: state,
      mime: "image/jpeg",
      bytes: 1_240_000,
      path: state == .stored ? "aa.jpg" : nil,
      problem: problem
    )
  }

  @Test func aCardStandsBesideAFileNotForIt() {
    let share = #"{"share":{"label":"Shared a post","title":"Summer"}}"#
    let text = chat([photo(.stored)], text: "[share]", content: share).text
    #expect(text.contains("Summer") && text.contains("[photo 1.2 MB]"))
  }

  @Test func aPhotoStandsWithItsSizeAboveItsWords() {
    let session = chat([photo(.stored)])
    #expect(session.text.contains("[photo 1.2 MB]"))
    #expect(session.text.contains("This one?"))
    #expect(!session.text.contains("[photo] This one?"))
  }

  @Test func whatIsNotHereSaysWhy() {
    #expect(chat([photo(.waiting)]).text.contains("[photo] fetching…"))
    #expect(chat([photo(.waiting, problem: "no route")]).text.contains("trying again: no route"))
    var failed = chat([photo(.failed, problem: "WhatsApp no longer has it")])
    #expect(failed.text.contains("could not be fetched: WhatsApp no longer has it"))
    failed.type("R")
    #expect(failed.took().contains(.fetchAgain(LeadID(1))))
    var fine = chat([photo(.stored)])
    fine.type("R")
    #expect(!fine.took().contains(.fetchAgain(LeadID(1))))
  }

  @Test func oOpensTheOneThingThereIs() {
    var session = chat([photo(.stored)])
    session.type("o")
    #expect(session.took() == [.openFile(AttachmentID(5))])
    session.load(.shown(note: "Saved to /data/aa.jpg (path copied).", copy: "/data/aa.jpg"))
    #expect(session.took().contains(.copy("/data/aa.jpg")))
    #expect(session.text.contains("Saved to /data/aa.jpg"))
  }

  @Test func ofSeveralItAsksWhich() {
    var session = chat([photo(.stored)], text: "[photo] see https://gym.example/x.")
    session.type("o")
    #expect(session.took().isEmpty)
    #expect(session.text.contains("https://gym.example/x"))
    session.type("1")
    #expect(session.took() == [.openLink("https://gym.example/x")])
  }

  @Test func withoutAFileOrLinkItSaysSo() {
    var session = chat([], text: "hello javascript:alert(1) https://ex\u{202E}ample")
    session.type("o")
    #expect(session.text.contains("No file and no link here"))
  }

  @Test func aNameThatLiesIsOnlyShown() {
    let file = Model.Attachment(
      id: AttachmentID(6),
      kind: .document,
      state: .stored,
      name: "../docs/\u{202E}fdp.exe",
      bytes: 840,
      path: "bb.bin"
    )
    let session = chat([file], text: "[document] ../docs/\u{202E}fdp.exe")
    #expect(session.text.contains("[document ../docs/fdp.exe 840 B]"))
  }

  @Test func picturesAreDrawnWhenTheyAreOnScreenAndWanted() {
    var session = chat([photo(.stored)])
    session.type("p")
    #expect(session.took() == [.loadPreview(AttachmentID(5), columns: 48, rows: 14)])
    let preview = MediaPreview(
      chafa: Array("\u{1B}[38;5;9m▀▀▀\u{1B}[0m\n".utf8),
      columns: 48,
      rows: 14
    )
    session.load(.preview(AttachmentID(5), preview))
    #expect(session.text.contains("▀▀▀"))
    #expect(session.took().isEmpty)
    session.type("p")
    #expect(!session.text.contains("▀▀▀"))
  }

  @Test func withoutChafaItSaysWhatToInstall() {
    var session = chat([photo(.stored)])
    session.type("p")
    session.load(.noPreviews(reason: "Pictures need chafa: apt install chafa on this machine"))
    #expect(session.text.contains("apt install chafa"))
    #expect(!session.took().contains(.loadPreview(AttachmentID(5), columns: 48, rows: 1)))
    #expect(!session.state.showsPictures)
  }

  @Test func voiceNotesTellHowLongTheyPlay() {
    #expect(playTime(12_400) == "0:12")
    #expect(playTime(3_723_000) == "1:02:03")
    #expect(fileSize(999) == "999 B")
    #expect(fileSize(340_400) == "340 kB")
    #expect(fileSize(104_857_600) == "104 MB")
  }
}

extension Sample {
  static let journal = JournalPage(
    query: JournalQuery(onlyParked: false, limit: 200),
    lines: [
      JournalLine(
        id: 42,
        receivedAt: ago(minutes: 2),
        source: "meta",
        state: .applied,
        summary: "WhatsApp: 1 message",
        lead: LeadID(1),
        leadName: "Мария Иванова"
      ),
      JournalLine(
        id: 41,
        receivedAt: ago(minutes: 9),
        source: "meta",
        state: .parked,
        summary: "WhatsApp: 1 message",
        reason: "no channel in the config for whatsapp account 777; add a [[channel]] with it and "
          + "the event is applied by itself"
      ),
      JournalLine(
        id: 40,
        receivedAt: ago(hours: 3),
        source: "meta",
        state: .applied,
        summary: "WhatsApp: 2 receipts"
      ),
      JournalLine(
        id: 39,
        receivedAt: ago(days: 2),
        source: "meta",
        state: .pending,
        summary: ""
      ),
    ],
    hasMore: false,
    parked: 1
  )

  static func event(isRaw: Bool = false) -> JournalDetail {
    JournalDetail(
      line: journal.lines[1],
      path: "/webhooks/meta",
      sha256: String(repeating: "0f", count: 32),
      bytes: 512,
      body: [
        "{", #"  "object": "whatsapp_business_account","#, #"  "entry": ["#, "    {",
        isRaw ? #"      "name": "Ana""# : #"      "name": "‹3 hidden›""#, "    }", "  ]", "}",
      ],
      isRaw: isRaw
    )
  }
}
