// What WhatsApp asks of a template before it reviews it, checked before anything is posted (Meta, "Template
// components" and "Template management" pages, 2026). Pure.

package enum TemplateRules {
  private static let nameLength = 512
  private static let bodyLength = 1024
  private static let headerLength = 60
  private static let footerLength = 60
  private static let buttonLength = 25
  private static let mostButtons = 10

  /// What is wrong, in words with what to do; empty when it can be posted.
  package static func problems(
    name: String,
    language: String,
    _ parts: TemplateComponents
  ) -> [String] {
    var problems: [String] = []
    if name.isEmpty || !name.utf8.allSatisfy(isNameByte) || name.utf8.count > nameLength {
      problems.append("The name may have a-z, 0-9 and _ only, such as trial_reminder")
    }
    if !isLanguage(language) {
      problems.append("The language is a code such as en, en_US or de")
    }
    problems += bodyProblems(parts)
    if case .text(let header) = parts.header {
      if header.unicodeScalars.count > headerLength {
        problems.append("The header may have \(headerLength) characters")
      }
      if TemplateGaps.ranges(in: header).count > 1 {
        problems.append("The header may have one gap")
      }
    }
    if let footer = parts.footer {
      if footer.unicodeScalars.count > footerLength {
        problems.append("The footer may have \(footerLength) characters")
      }
      if footer.contains("{{") { problems.append("The footer may have no gaps") }
    }
    return problems + buttonProblems(parts.buttons)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func bodyProblems(_ parts: TemplateComponents) -> [String] {
    let body = parts.body
    guard body.contains(where: { !$0.isWhitespace }) else { return ["The text is empty"] }
    var problems: [String] = []
    let count = body.unicodeScalars.count
    if count > bodyLength {
      problems.append("The text has \(count) characters, \(bodyLength) at most")
    }
    let ranges = TemplateGaps.ranges(in: body)
    let bare = body.filter { !$0.isWhitespace }
    if bare.hasPrefix("{{") || bare.hasSuffix("}}") {
      problems.append("A gap may not begin or end the text: put words around it")
    }
    for (left, right) in zip(ranges, ranges.dropFirst())
    where body[left.range.upperBound..<right.range.lowerBound].allSatisfy(\.isWhitespace) {
      problems.append("Two gaps may not stand side by side: put words between them")
      break
    }
    let opened = body.split(separator: "{{", omittingEmptySubsequences: false).count - 1
    if opened != ranges.count { problems.append("A gap is written {{1}}: close each one") }
    return problems + nameProblems(TemplateGaps.names(in: body), isNamed: parts.isNamed)
  }

  private static func nameProblems(_ names: [String], isNamed: Bool) -> [String] {
    if isNamed {
      let good = names.allSatisfy { name in
        Int(name) == nil && name.utf8.allSatisfy(isNameByte)
      }
      return good ? [] : ["Named gaps have a-z, 0-9 and _, such as {{first_name}}"]
    }
    let numbers = names.compactMap { Int($0) }.sorted()
    let isCounted = numbers.count == names.count && numbers == Array(1...max(1, names.count))
    return names.isEmpty || isCounted
      ? [] : ["Gaps are numbered {{1}}, {{2}} … without a hole, or all have names"]
  }

  private static func buttonProblems(_ buttons: [TemplateComponents.Button]) -> [String] {
    var problems: [String] = []
    if buttons.count > mostButtons { problems.append("At most \(mostButtons) buttons") }
    for button in buttons {
      if button.text.isEmpty || button.text.unicodeScalars.count > buttonLength {
        problems.append("Button “\(button.text)” must have 1 to \(buttonLength) characters")
      }
      if button.kind == .url, button.target?.isWebAddress != true {
        problems.append("Button “\(button.text)” needs an address such as https://gym.example")
      }
    }
    return problems
  }

  /// `en`, `en_US`, `zh_HK`, `fil`.
  private static func isLanguage(_ code: String) -> Bool {
    let parts = code.split(separator: "_", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count), parts.count <= 2 else {
      return false
    }
    return first.allSatisfy { $0.isASCII && $0.isLowercase }
      && (parts.count == 1
        || parts[1].count == 2 && parts[1].allSatisfy { $0.isASCII && $0.isUppercase })
  }
}
