// The gaps of a WhatsApp template: where they are, what fills them, and the text that comes of it. Pure;
// the picker, the command line and the gate use it.

/// One thing to fill in before a template can be sent.
package struct TemplateGap: Equatable, Sendable {
  package enum Place: Equatable, Sendable {
    case header
    case body
    /// The end of a button's address or the code it copies; counted from 0.
    case button(Int)
    /// The picture, video or document of the header: a path or a public address.
    case media(MessageKind)
  }

  package var place: Place
  /// `1`, `first_name`; the same name twice in a text is one gap.
  package var name: String
  /// The name that values are given under: `1`, `header.1`, `button.0`, `header.file`.
  package var key: String

  /// What a form calls it.
  package var label: String {
    switch place {
    case .header: "{{\(name)}} of the header"
    case .body: "{{\(name)}}"
    case .button: "the button “\(name)”"
    case .media(let kind): "the header's \(kind.rawValue): a path or an https:// address"
    }
  }
}

package enum TemplateGaps {
  /// The names in `{{…}}`, each once, in order of appearance.
  package static func names(in text: String) -> [String] {
    var names: [String] = []
    for gap in ranges(in: text) where !names.contains(gap.name) { names.append(gap.name) }
    return names
  }

  /// Where the gaps stand, with their names.
  package static func ranges(in text: String) -> [(name: String, range: Range<String.Index>)] {
    var found: [(name: String, range: Range<String.Index>)] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { break }
      let name = rest[open.upperBound..<close.lowerBound].filter { $0 != " " }
      if !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) {
        found.append((String(name), open.lowerBound..<close.upperBound))
      }
      rest = rest[close.upperBound...]
    }
    return found
  }

  /// `text` with what is known in the place of its gaps; unknown ones stay as they are.
  package static func fill(_ text: String, with values: (String) -> String?) -> String {
    var result = ""
    var place = text.startIndex
    for gap in ranges(in: text) {
      result += text[place..<gap.range.lowerBound]
      result += values(gap.name) ?? String(text[gap.range])
      place = gap.range.upperBound
    }
    return result + text[place...]
  }
}

extension TemplateComponents {
  /// Everything to fill in, in the order in which it is read.
  package var gaps: [TemplateGap] {
    var gaps: [TemplateGap] = []
    switch header {
    case .text(let text):
      gaps += TemplateGaps.names(in: text).map {
        TemplateGap(place: .header, name: $0, key: "header." + $0)
      }
    case .media(let kind):
      gaps.append(TemplateGap(place: .media(kind), name: kind.rawValue, key: "header.file"))
    case .location, nil: break
    }
    gaps += TemplateGaps.names(in: body).map { TemplateGap(place: .body, name: $0, key: $0) }
    for (index, button) in buttons.enumerated() where button.takesValue {
      gaps.append(TemplateGap(place: .button(index), name: button.text, key: "button.\(index)"))
    }
    return gaps
  }

  /// Gaps that have no value yet; a value of blanks is none.
  package func missing(_ values: [String: String]) -> [TemplateGap] {
    gaps.filter { values[$0.key]?.contains { !$0.isWhitespace } != true }
  }

  /// The message as the customer reads it.
  package func preview(_ values: [String: String]) -> String {
    var parts: [String] = []
    switch header {
    case .text(let text):
      parts.append(TemplateGaps.fill(text) { filled(values["header." + $0]) })
    case .media(let kind): parts.append("[\(kind.rawValue)]")
    case .location: parts.append("[location]")
    case nil: break
    }
    parts.append(TemplateGaps.fill(body) { filled(values[$0]) })
    if let footer { parts.append(footer) }
    let buttons = buttons.map { "[ " + $0.text + " ]" }.joined(separator: " ")
    if !buttons.isEmpty { parts.append(buttons) }
    return parts.joined(separator: "\n")
  }

  private func filled(_ value: String?) -> String? {
    value.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }
}

extension TemplateComponents.Button {
  var takesValue: Bool { kind == .code || kind == .url && target?.contains("{{") == true }
}

extension WhatsAppTemplate {
  /// The message that `values` make of it.
  ///
  /// A file for the header is the message's attachment, or a public address.
  package func message(_ values: [String: String]) -> TemplateMessage {
    var message = TemplateMessage(name: name, language: language)
    for gap in components.gaps {
      let value = values[gap.key] ?? ""
      let name = components.isNamed ? gap.name : nil
      switch gap.place {
      case .header: message.header.append(.init(name: name, text: value))
      case .body: message.body.append(.init(name: name, text: value))
      case .button(let index):
        let kind = components.buttons[index].kind == .code ? "copy_code" : "url"
        message.buttons.append(.init(index: index, kind: kind, text: value))
      case .media(let kind):
        message.headerMedia = kind
        if value.isWebAddress { message.headerURL = value }
      }
    }
    // Numbered gaps are filled in the order of their numbers, whatever order they stand in.
    if !components.isNamed {
      let numbers = TemplateGaps.names(in: components.body).compactMap { Int($0) }.sorted()
      message.body = numbers.map { .init(text: values[String($0)] ?? "") }
    }
    return message
  }
}

extension String {
  package var isWebAddress: Bool {
    let start = prefix(8).lowercased()
    return start.hasPrefix("https://") || start.hasPrefix("http://")
  }
}
