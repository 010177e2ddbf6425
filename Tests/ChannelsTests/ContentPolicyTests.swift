// What each kind of message may hold, as the gate says before anything is queued.
import Channels
import Model
import Testing

@Suite struct ContentPolicyTests {
  private func rule(
    _ content: OutboundContent,
    _ text: String = "words",
    hasFile: Bool = true,
    replyTo: String? = "wamid.1",
    on channel: ChannelKind = .whatsapp
  ) -> String? {
    let verdict = SendPolicy.contentVerdict(
      content,
      text: text,
      hasFile: hasFile,
      replyTo: replyTo,
      on: channel
    )
    guard case .closed(let rule, let text) = verdict else { return nil }
    #expect(!text.isEmpty)
    return rule
  }

  @Test func filesGoAsWhatTheyAre() {
    let mb: Int64 = 1 << 20
    func plan(_ mime: String, _ bytes: Int64) -> FilePlan {
      SendPolicy.plan(mime: mime, bytes: bytes, on: .whatsapp)
    }
    #expect(plan("image/jpeg", 5 * mb) == .send(.image, note: nil))
    #expect(plan("audio/ogg", 16 * mb) == .send(.audio, note: nil))
    #expect(plan("application/pdf", 100 * mb) == .send(.document, note: nil))
    guard case .send(.document, let note?) = plan("image/png", 5 * mb + 1) else {
      Issue.record("a large picture is a document")
      return
    }
    #expect(note.contains("5 MB"))
    guard case .send(.document, .some) = plan("image/gif", 10) else {
      Issue.record("a GIF is a document")
      return
    }
    guard case .refused("file_size", _) = plan("application/pdf", 100 * mb + 1) else {
      Issue.record("too large")
      return
    }
    guard
      case .refused("file_local", let why) = SendPolicy.plan(
        mime: "image/jpeg",
        bytes: 1,
        on: .instagram
      )
    else {
      Issue.record("Instagram takes addresses only")
      return
    }
    #expect(why.contains("https://"))
  }

  @Test func captionsAndLinks() {
    #expect(rule(.file(.image), String(repeating: "x", count: 1024)) == nil)
    #expect(rule(.file(.image), String(repeating: "x", count: 1025)) == "too_long")
    #expect(rule(.file(.audio), "words") == "caption")
    #expect(rule(.file(.image), hasFile: false) == "file_missing")
    #expect(rule(.file(.image), on: .instagram) == "file_local")
    #expect(rule(.link(.image, url: "https://gym.example/a.jpg")) == nil)
    #expect(rule(.link(.image, url: "http://gym.example/a.jpg")) == "link")
    #expect(rule(.link(.image, url: "https://a b")) == "link")
    #expect(rule(.link(.image, url: "https://a"), "words", on: .instagram) == "caption")
  }

  @Test func placesAndReactions() {
    #expect(rule(.place(Place(latitude: 90, longitude: -180))) == nil)
    #expect(rule(.place(Place(latitude: 90.1, longitude: 0))) == "place")
    #expect(rule(.place(Place(latitude: .nan, longitude: 0))) == "place")
    #expect(rule(.reaction(emoji: "👍🏽")) == nil)
    #expect(rule(.reaction(emoji: "ok!")) == "reaction")
    #expect(rule(.reaction(emoji: "👍"), replyTo: nil) == "reaction")
    #expect(rule(.reaction(emoji: "👍"), on: .instagram) == "reaction")
    #expect(rule(.reaction(emoji: "❤️"), on: .instagram) == nil)
  }

  @Test func choices() {
    func choices(_ style: Choices.Style, _ count: Int, title: String = "t") -> OutboundContent {
      .choices(
        Choices(style: style, rows: (0..<count).map { .init(id: "\($0)", title: "\(title)\($0)") })
      )
    }
    #expect(rule(choices(.buttons, 3)) == nil)
    #expect(rule(choices(.buttons, 4)) == "choices")
    #expect(rule(choices(.list, 10)) == nil)
    #expect(rule(choices(.list, 11)) == "choices")
    #expect(rule(choices(.buttons, 0)) == "choices")
    #expect(rule(choices(.buttons, 1, title: String(repeating: "x", count: 20))) == "choices")
    #expect(rule(choices(.buttons, 2), on: .instagram) == "choices")
    #expect(rule(choices(.quickReplies, 13), on: .instagram) == nil)
    #expect(rule(choices(.buttons, 1), String(repeating: "x", count: 1025)) == "too_long")
    #expect(rule(choices(.buttons, 1), " ") == "empty")
  }

  @Test func templatesMustFit() {
    let components = TemplateComponents(
      header: .media(.image),
      body: "Hi {{1}}, see you on {{2}}.",
      buttons: [.init(kind: .url, text: "Book", target: "https://gym.example/{{1}}")]
    )
    var template = WhatsAppTemplate(
      account: "102",
      name: "visit",
      language: "en",
      category: .utility,
      status: .approved,
      components: components,
      syncedAt: Timestamp(milliseconds: 0)
    )
    func rule(_ values: [String: String], hasFile: Bool = true) -> String? {
      let verdict = SendPolicy.templateVerdict(
        template.message(values),
        of: template,
        hasFile: hasFile
      )
      guard case .closed(let rule, _) = verdict else { return nil }
      return rule
    }
    let full = ["1": "Maya", "2": "Friday", "button.0": "x", "header.file": "a.jpg"]
    #expect(rule(full) == nil)
    #expect(rule(full, hasFile: false) == "file_missing")
    #expect(rule(full.merging(["2": " "]) { $1 }) == "placeholder")
    #expect(rule(full.merging(["2": "a\nb"]) { $1 }) == "template_parameters")
    var short = template.message(full)
    short.body.removeLast()
    let verdict = SendPolicy.templateVerdict(short, of: template, hasFile: true)
    guard case .closed("template_parameters", _) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    for status in WhatsAppTemplate.Status.allCases where status != .approved {
      template.status = status
      #expect(rule(full) == "template_state", "\(status)")
    }
    let missing = SendPolicy.templateVerdict(short, of: nil, hasFile: true)
    guard case .closed("template_missing", _) = missing else {
      Issue.record("\(missing)")
      return
    }
  }
}
