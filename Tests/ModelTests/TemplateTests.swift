// WhatsApp templates: their gaps, what fills them, and the rules that are checked before one is posted.
import Model
import Testing

@Suite struct TemplateTests {
  private let parts = TemplateComponents(
    header: .text("Hello {{1}}"),
    body: "Hi {{2}}, {{1}} waits for you, {{2}}!",
    footer: "Downtown",
    buttons: [.init(kind: .quickReply, text: "Yes")]
  )

  @Test func eachGapIsAskedForOnce() {
    #expect(parts.gaps.map(\.key) == ["header.1", "2", "1"])
    #expect(parts.missing(["2": "Maya", "header.1": " "]).map(\.key) == ["header.1", "1"])
  }

  @Test func thePreviewIsWhatTheCustomerReads() {
    #expect(
      parts.preview(["header.1": "there", "1": "Ana", "2": "Maya"])
        == "Hello there\nHi Maya, Ana waits for you, Maya!\nDowntown\n[ Yes ]"
    )
    #expect(parts.preview([:]).contains("{{1}}"))
  }

  @Test func numberedValuesGoInTheOrderOfTheirNumbers() {
    let template = WhatsAppTemplate(
      account: "1",
      name: "t",
      language: "en",
      category: .utility,
      status: .approved,
      components: parts,
      syncedAt: Timestamp(milliseconds: 0)
    )
    let message = template.message(["header.1": "there", "1": "Ana", "2": "Maya"])
    #expect(message.body.map(\.text) == ["Ana", "Maya"])
    #expect(message.header.map(\.text) == ["there"])
  }

  @Test func readsWhatItWrites() {
    let named = TemplateComponents(body: "Hi {{first_name}}!", isNamed: true)
    for parts in [parts, named] {
      let format = parts.isNamed ? "NAMED" : "POSITIONAL"
      #expect(TemplateComponents(json: parts.json(), format: format) == parts)
    }
    #expect(TemplateComponents(json: named.json(), format: nil).isNamed)
  }

  @Test func hostileTextsHaveNoGaps() {
    for text in ["{{", "}}", "{{}}", "{{ }}", "{{a b}}{", "{{{{", "{{x\n}}"] {
      _ = TemplateGaps.names(in: text)
      #expect(TemplateGaps.fill(text) { _ in nil } == text)
    }
  }

  @Test(arguments: [
    ("Trial Offer", "en", "Hi {{1}}!"), ("", "en", "Hi"), ("trial", "english", "Hi"),
    ("trial", "en-US", "Hi"), ("trial", "en", ""), ("trial", "en", "{{1}} hi"),
    ("trial", "en", "Hi {{1}}"), ("trial", "en", "Hi {{1}} {{2}}!"), ("trial", "en", "Hi {{2}}!"),
    ("trial", "en", "Hi {{1}!"), ("trial", "en", "Hi {{name}}!"),
    ("trial", "en", String(repeating: "x", count: 1025)),
  ])
  func refusesBeforeWhatsAppDoes(_ name: String, _ language: String, _ body: String) {
    let problems = TemplateRules.problems(
      name: name,
      language: language,
      TemplateComponents(body: body)
    )
    #expect(!problems.isEmpty, "\(name) \(language) \(body)")
  }

  @Test func allowsWhatWhatsAppAllows() {
    var parts = TemplateComponents(body: "Hi {{1}}, see you on {{2}}.", footer: "Downtown")
    #expect(TemplateRules.problems(name: "visit_2", language: "en_US", parts) == [])
    parts = TemplateComponents(body: "Hi {{first_name}}!", isNamed: true)
    #expect(TemplateRules.problems(name: "visit", language: "de", parts) == [])
    parts.footer = "{{1}}"
    parts.buttons = [.init(kind: .url, text: "Book", target: "gym.example")]
    #expect(TemplateRules.problems(name: "visit", language: "de", parts).count == 2)
  }
}
