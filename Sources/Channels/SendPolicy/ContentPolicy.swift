// May this be said in this way? The rules of each kind of message: how many buttons, what a template needs,
// where a place lies. Pure; asked by the one gate.
import Model

extension SendPolicy {
  /// Characters of a question with buttons or a list (Meta, "Interactive messages", 2026).
  private static let questionCharacters = 1024
  private static let listQuestionCharacters = 4096

  /// `open(until: nil)`, or why this can't be sent on `channel` at any time.
  package static func contentVerdict(
    _ content: OutboundContent,
    text: String,
    hasFile: Bool,
    replyTo: String?,
    on channel: ChannelKind
  ) -> SendVerdict {
    switch content {
    case .text: return textVerdict(kind: channel, text: text)
    case .file(let kind):
      guard channel == .whatsapp else {
        return .closed(rule: "file_local", text: needsAddress(channel))
      }
      return hasFile
        ? captionVerdict(kind, text)
        : .closed(rule: "file_missing", text: "The file is missing: attach it again")
    case .link(let kind, let url): return linkVerdict(kind, url, caption: text, on: channel)
    case .place(let place): return placeVerdict(place)
    case .reaction(let emoji): return reactionVerdict(emoji, target: replyTo, on: channel)
    case .choices(let choices): return choicesVerdict(choices, question: text, on: channel)
    case .template:
      return channel == .whatsapp
        ? .open(until: nil)
        : .closed(rule: "template", text: "\(channel.title) has no templates: write a text")
    }
  }

  private static func linkVerdict(
    _ kind: MessageKind,
    _ url: String,
    caption: String,
    on channel: ChannelKind
  ) -> SendVerdict {
    let isFetchable = url.lowercased().hasPrefix("https://") && !url.contains(where: \.isWhitespace)
    guard isFetchable else {
      return .closed(rule: "link", text: "The address must be public and begin with https://")
    }
    if channel == .whatsapp { return captionVerdict(kind, caption) }
    guard caption.isEmpty else {
      return .closed(
        rule: "caption",
        text: "\(channel.title) takes no caption: send the words apart"
      )
    }
    return .open(until: nil)
  }

  private static func placeVerdict(_ place: Place) -> SendVerdict {
    guard (-90...90).contains(place.latitude), (-180...180).contains(place.longitude) else {
      return .closed(
        rule: "place",
        text: "No such place: latitude is -90 to 90, longitude -180 to 180"
      )
    }
    return .open(until: nil)
  }

  /// Instagram's one reaction by an app (Meta, Instagram "Send messages", 2026).
  package static let instagramReaction = "❤️"

  private static func reactionVerdict(
    _ emoji: String?,
    target: String?,
    on channel: ChannelKind
  ) -> SendVerdict {
    guard target != nil else {
      return .closed(rule: "reaction", text: "That message can't be reacted to: it has no id yet")
    }
    guard let emoji else { return .open(until: nil) }
    guard emoji.count == 1 else {
      return .closed(rule: "reaction", text: "A reaction is one emoji")
    }
    if channel == .instagram, emoji != instagramReaction {
      return .closed(
        rule: "reaction",
        text: "Instagram takes \(instagramReaction) only from an app"
      )
    }
    return .open(until: nil)
  }

  /// Limits by Meta's "Interactive messages" and Instagram's "Quick replies" pages, 2026.
  private struct ChoiceRule {
    var most: Int
    var title: Int
    var detail: Int
    var id: Int
  }

  private static func choiceRule(_ style: Choices.Style) -> ChoiceRule {
    switch style {
    case .buttons: ChoiceRule(most: 3, title: 20, detail: 0, id: 256)
    case .list: ChoiceRule(most: 10, title: 24, detail: 72, id: 200)
    case .quickReplies: ChoiceRule(most: 13, title: 20, detail: 0, id: 1000)
    }
  }

  private static func choicesVerdict(
    _ choices: Choices,
    question: String,
    on channel: ChannelKind
  ) -> SendVerdict {
    func closed(_ text: String) -> SendVerdict { .closed(rule: "choices", text: text) }
    guard (choices.style == .quickReplies) == (channel != .whatsapp) else {
      return closed("\(channel.title) has no such buttons")
    }
    let rule = choiceRule(choices.style)
    guard !choices.rows.isEmpty else { return closed("There is nothing to choose from") }
    guard choices.rows.count <= rule.most else {
      return closed("\(choices.rows.count) choices, \(rule.most) at most")
    }
    for row in choices.rows {
      guard !row.title.isEmpty, row.title.count <= rule.title else {
        return closed("“\(row.title)” must have 1 to \(rule.title) characters")
      }
      guard (row.detail ?? "").count <= rule.detail, row.id.count <= rule.id, !row.id.isEmpty else {
        return closed("“\(row.title)”: its detail may have \(rule.detail) characters")
      }
    }
    guard Set(choices.rows.map(\.title)).count == choices.rows.count else {
      return closed("Two choices are called the same")
    }
    if (choices.opener ?? "").count > 20 {
      return closed("The list's button may have 20 characters")
    }
    let most = choices.style == .list ? listQuestionCharacters : questionCharacters
    let count = question.unicodeScalars.count
    if channel == .whatsapp, count > most {
      return .closed(rule: "too_long", text: "\(count) characters, with choices \(most) at most")
    }
    return textVerdict(kind: channel, text: question)
  }
}

extension SendPolicy {
  /// What the message itself stands against; nil when nothing does.
  static func messageRefusal(_ request: SendRequest) -> SendVerdict? {
    guard let message = request.message else { return nil }
    let hasFile = message.file != nil
    var verdict = contentVerdict(
      message.content,
      text: message.text,
      hasFile: hasFile,
      replyTo: message.replyTo,
      on: request.channel
    )
    if case .open = verdict, case .template(let filled) = message.content {
      verdict = templateVerdict(filled, of: request.template, hasFile: hasFile)
      if request.consent.stopsMarketing, request.template?.category == .marketing {
        verdict = .closed(
          rule: "opted_out",
          text: "They have switched marketing messages off: use a utility template"
        )
      }
    }
    if case .closed = verdict { return verdict }
    return nil
  }

  /// Whether `message` fits the template as it stands now: state, and a value for each gap.
  ///
  /// Nil is a template that is not there (any more).
  package static func templateVerdict(
    _ message: TemplateMessage,
    of template: WhatsAppTemplate?,
    hasFile: Bool
  ) -> SendVerdict {
    guard let template else {
      return .closed(
        rule: "template_missing",
        text: "There is no template \(message.name) (\(message.language)): choose another"
      )
    }
    if let reason = template.refusal {
      return .closed(rule: "template_state", text: "\(template.name): \(reason)")
    }
    let gaps = template.components.gaps
    func count(_ place: (TemplateGap.Place) -> Bool) -> Int {
      gaps.filter { place($0.place) }.count
    }
    let parts: [(name: String, wanted: Int, given: Int)] = [
      ("header", count { $0 == .header }, message.header.count),
      ("body", count { $0 == .body }, message.body.count),
      (
        "button", count { if case .button = $0 { true } else { false } }, message.buttons.count
      ),
    ]
    for part in parts where part.wanted != part.given {
      return .closed(
        rule: "template_parameters",
        text: "\(template.name): its \(part.name) takes \(part.wanted) values, got \(part.given)"
      )
    }
    let values = message.header + message.body
    if values.contains(where: { $0.text.allSatisfy(\.isWhitespace) }) {
      return .closed(rule: "placeholder", text: "\(template.name): a value is empty: fill it in")
    }
    // Meta refuses them in a parameter (Meta, "Template components", 2026).
    if values.contains(where: { $0.text.contains { $0.isNewline || $0 == "\t" } }) {
      return .closed(
        rule: "template_parameters",
        text: "\(template.name): a value may have no line break or tab"
      )
    }
    if case .media = template.components.header, !hasFile, message.headerURL == nil {
      return .closed(rule: "file_missing", text: "\(template.name): its header needs a file")
    }
    return .open(until: nil)
  }
}
