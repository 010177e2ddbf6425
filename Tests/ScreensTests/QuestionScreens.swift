// Pictures of every question that is asked, every list to pick from, and every kind of message; and
// the proof that no screen is without one.
import Model
import TerminalUI
import Testing

@testable import Screens

extension GoldenScreensTests {
  private static func asking(
    _ name: String,
    _ purpose: PromptState.Purpose,
    typing: String = ""
  )
    -> Screen
  {
    Screen(
      name: name,
      act: { session in
        session.openFirst()
        session.state.overlays.append(.prompt(PromptState(purpose: purpose)))
        session.type(typing)
      }
    )
  }

  /// The conversation with these messages in it.
  private static func talk(_ name: String, _ messages: [Message]) -> Screen {
    Screen(
      name: name,
      act: { session in
        session.openFirst()
        session.load(.thread(Sample.thread(messages)))
      }
    )
  }

  static let questions: [Screen] = [
    asking("ask-quit", .quit(unsent: 2)),
    asking("ask-gone", .gone("Jonas Ekström", into: Sample.leads[0])),
    asking(
      "ask-split",
      .split(LeadID(1), parts: ["One.", "Two.", "Three."], limit: "4096 characters")
    ),
    asking("ask-attach", .attach(LeadID(1)), typing: "~/Pictures/timetable.png"),
    asking("ask-choices", .choices(LeadID(1)), typing: "Morning | Noon | Evening"),
    asking("ask-place", .place(LeadID(1)), typing: "52.5163, 13.3777, Downtown Gym"),
    asking(
      "ask-delete-reply",
      .deleteReply(Sample.book.templates[0]),
      typing: "delte<Enter>"
    ),
    asking(
      "ask-delete-template",
      .deleteTemplate(OutboundScreenTests.book.whatsAppTemplates[0])
    ),
    asking(
      "ask-erase",
      .erase(ErasureSize(lead: LeadID(1), messages: 41, notes: 2, files: 3), name: "Maria"),
      typing: "40<Enter>"
    ),
    asking("ask-lost-many", .lostReasonOfMany([LeadID(1), LeadID(2)], Sample.book.stages[10])),
    Screen(
      name: "ask-lost",
      act: { session in
        session.openFirst()
        session.type("slost<Enter>moved to another town")
      }
    ),
    Screen(name: "picker-owner", act: { $0.type("a") }),
    Screen(name: "picker-filter", act: { $0.type("f") }),
    Screen(name: "picker-person", act: { $0.type("=") }),
    Screen(
      name: "picker-reaction",
      act: { session in
        session.openFirst()
        let messages = Sample.messages.map { message in
          var message = message
          message.providerID = "wamid.\(message.id.rawValue)"
          return message
        }
        session.load(.thread(Sample.thread(messages)))
        session.type("vke")
      }
    ),
    Screen(
      name: "picker-whatsapp-template",
      act: { session in
        session.load(.gym(OutboundScreenTests.book))
        session.openFirst()
        session.load(.thread(Sample.thread(closedReason: "More than 24 h since their message")))
        session.type("t")
      }
    ),
    Screen(
      name: "picker-file",
      act: { session in
        session.openFirst()
        session.load(.thread(Sample.thread(files)))
        session.type("o")
      }
    ),
    talk("kinds-cards", cards), talk("kinds-files", files), talk("kinds-marks", marked),
  ]

  // MARK: Every kind of message

  private static func said(
    _ id: Int64,
    _ kind: MessageKind,
    _ text: String,
    _ content: String? = nil,
    isOurs: Bool = false
  ) -> Message {
    var message = Sample.message(
      id,
      text,
      at: Sample.ago(minutes: 60 - id),
      status: isOurs ? .delivered : .received,
      author: isOurs ? Sample.ana.id : nil
    )
    message.kind = kind
    message.content = content
    return message
  }

  private static let cards: [Message] = [
    said(
      1,
      .text,
      "Hi, I saw your ad!",
      #"{"referral":{"kind":"ad","headline":"#
        + #""Two free weeks","body":"Start this summer","url":"https://fb.me/3cr4W"}}"#
    ),
    said(
      2,
      .location,
      "[location] Central Station",
      #"{"location":{"name":"Central Station","#
        + #""address":"Europaplatz 1, Berlin","latitude":52.52508,"longitude":13.36940}}"#
    ),
    said(
      3,
      .contacts,
      "[contact] Jo Park",
      #"{"contacts":[{"name":"Jo Park","company":"#
        + #""Park & Sons","phones":["+491511234567"],"emails":["jo@park.example"]}]}"#
    ),
    said(
      4,
      .order,
      "[order] 2 items",
      #"{"order":{"items":[{"id":"day-pass","quantity":2,"#
        + #""price":"15","currency":"EUR"}],"total":[{"amount":"30","currency":"EUR"}]}}"#
    ),
    said(
      5,
      .form,
      "[form]",
      #"{"form":{"answers":[{"label":"Goal","value":"Lose weight"},"#
        + #"{"label":"Days a week","value":"3"}]}}"#
    ),
    said(
      6,
      .interactive,
      "Evening",
      #"{"choice":{"id":"e","title":"Evening","#
        + #""description":"18:00 to 21:00"}}"#
    ),
    said(
      7,
      .share,
      "[shared reel]",
      #"{"share":{"label":"Shared reel","title":"Leg day","#
        + #""url":"https://instagram.com/reel/1"}}"#
    ),
    said(8, .story, "Is this class still on?", #"{"story":{"relation":"reply"}}"#),
    said(9, .system, "Maria changed from 16505551234 to 12195555358"),
    said(10, .unsupported, "[not supported by WhatsApp's API: poll]"),
  ]

  private static let files: [Message] = {
    func file(
      _ id: Int64,
      _ kind: MediaKind,
      _ state: Model.Attachment.State,
      name: String? = nil,
      bytes: Int64? = nil,
      duration: Int64? = nil,
      problem: String? = nil
    ) -> Model.Attachment {
      Model.Attachment(
        id: AttachmentID(id),
        kind: kind,
        state: state,
        name: name,
        bytes: bytes,
        path: state == .stored ? "media/ab/cdef" : nil,
        duration: duration,
        problem: problem
      )
    }
    let rows: [(MessageKind, String, Model.Attachment)] = [
      (.image, "[photo] my old card", file(1, .image, .stored, bytes: 1_234_567)),
      (.audio, "[voice note]", file(2, .voice, .stored, bytes: 18_220, duration: 14_000)),
      (.video, "[video]", file(3, .video, .waiting, problem: "the provider does not answer")),
      (
        .document, "[document]",
        file(4, .document, .stored, name: "\u{202E}gpj.contract\u{1B}[2J.pdf", bytes: 88_000)
      ),
      (.sticker, "[sticker]", file(5, .sticker, .stored, bytes: 32_000)),
      (.document, "[document]", file(6, .document, .refused, problem: "it is a program")),
      (.image, "[photo]", file(7, .image, .failed, problem: "WhatsApp has dropped it")),
    ]
    let theirs = rows.enumerated().map { number, row in
      var message = said(Int64(number + 1), row.0, row.1)
      message.media = [row.2]
      return message
    }
    var ours = said(8, .document, "[document] Our prices", isOurs: true)
    ours.status = .sending
    ours.media = [file(8, .document, .stored, name: "prices.pdf", bytes: 9_000_000)]
    ours.media[0].sentBytes = 3_700_000
    return theirs + [ours]
  }()

  private static let marked: [Message] = {
    var edited = said(1, .text, "See you at seven")
    edited.firstText = "See you at six"
    edited.editedAt = Sample.ago(minutes: 50)
    var taken = said(2, .text, "")
    taken.deletedAt = Sample.ago(minutes: 40)
    var quoting = said(3, .text, "Yes, both", isOurs: true)
    quoting.quote = Quote(direction: .inbound, text: "Morning or evening?")
    quoting.reactions = [
      Reaction(from: "customer", emoji: "❤️"), Reaction(from: "ana@demo.gym", emoji: "👍"),
    ]
    let forwarded = said(4, .text, "Look at this offer", #"{"frequently_forwarded":true}"#)
    var late = said(5, .text, "The class is full, sorry", isOurs: true)
    late.status = .failed
    late.failure = MessageFailure(code: 131_026, title: "it could not be delivered")
    late.deliveredAfterAll = Sample.ago(minutes: 30)
    var planned = said(6, .text, "Good luck on Friday!", isOurs: true)
    planned.status = .queued
    planned.scheduledAt = Sample.now + 26 * .hour
    return [edited, taken, quoting, forwarded, late, planned]
  }()
}

/// A new pane, overlay, question or kind of message must bring its picture.
@Suite struct EveryScreenHasAPictureTests {
  /// Cases that the compiler asks for when one is added; the name is what must be seen below.
  private func name(_ overlay: Overlay) -> String {
    switch overlay {
    case .help: "help"
    case .palette: "palette"
    case .picker(let picker): "pick " + (picker.items.first.map { name($0.choice) } ?? "nothing")
    case .prompt(let prompt): "ask " + name(prompt.purpose)
    case .templateForm: "template form"
    case .templateEditor: "template editor"
    }
  }

  private func name(_ choice: PickerState.Choice) -> String {
    switch choice {
    case .stage: "stage"
    case .owner: "owner"
    case .filter: "filter"
    case .template: "reply"
    case .whatsAppTemplate: "WhatsApp template"
    case .reaction: "reaction"
    case .theme: "theme"
    case .openable: "file"
    case .samePerson, .otherPerson: "person"
    }
  }

  private func name(_ purpose: PromptState.Purpose) -> String {
    switch purpose {
    case .note: "note"
    case .lostReason: "lost"
    case .lostReasonOfMany: "lost many"
    case .tour: "tour"
    case .later: "later"
    case .attach: "attach"
    case .choices: "choices"
    case .place: "place"
    case .deleteReply: "delete reply"
    case .deleteTemplate: "delete template"
    case .erase: "erase"
    case .split: "split"
    case .quit: "quit"
    case .gone: "gone"
    }
  }

  private let wanted: Set<String> = [
    "help", "palette", "template form", "template editor", "pick stage", "pick owner",
    "pick filter", "pick reply", "pick WhatsApp template", "pick reaction", "pick theme",
    "pick person", "pick file", "ask note", "ask lost", "ask lost many", "ask tour", "ask later",
    "ask attach", "ask choices", "ask place", "ask delete reply", "ask delete template",
    "ask erase", "ask split", "ask quit", "ask gone",
  ]

  @Test func everyPaneOverlayAndQuestionIsThere() {
    var overlays: Set<String> = []
    var panes: Set<Pane> = []
    var kinds: Set<MessageKind> = []
    for screen in GoldenScreensTests.screens {
      var session = screen.start(Size(columns: 120, rows: 40))
      screen.act(&session)
      for overlay in session.state.overlays { overlays.insert(name(overlay)) }
      if session.state.overlays.isEmpty { panes.insert(session.state.focus) }
      for message in session.state.opened?.thread.messages ?? [] { kinds.insert(message.kind) }
    }
    #expect(wanted.subtracting(overlays).isEmpty)
    #expect(overlays.subtracting(wanted).isEmpty, "name it above")
    #expect(Set(Pane.allCases).subtracting(panes).isEmpty)
    // The rest are lines of words like these, or no bubbles of their own.
    let likeText: Set<MessageKind> = [
      .button, .reaction, .edit, .revoke, .postback, .referral, .template, .other,
    ]
    #expect(Set(MessageKind.allCases).subtracting(likeText).subtracting(kinds).isEmpty)
  }
}
