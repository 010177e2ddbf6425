// What is wrong with a config file, and the error that carries all of it.

/// One mistake; prints as `file:line: key: what is wrong and what is allowed`.
package struct Problem: Equatable, Sendable, CustomStringConvertible {
  package var file: String
  /// From 1; nil when the file itself is the problem.
  package var line: Int?
  /// Dotted; nil when no key is concerned.
  package var key: String?
  package var text: String

  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return (key.map { "\(place): \($0): \(text)" } ?? "\(place): \(text)").escapingControls
  }
}

/// A config that can't be used: every mistake in it, one a line.
///
/// The caller exits with 78.
package struct ConfigurationError: Error, CustomStringConvertible {
  package let problems: [Problem]

  package var status: ExitStatus { .configuration }
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension String {
  /// Control characters as `\n`, `\t` or `\u{1b}`, so that text from outside stays on its line.
  package var escapingControls: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if !scalar.isControl { text.unicodeScalars.append(scalar) } else { text += scalar.escape }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// C0, DEL, C1 and the line and paragraph separators.
  var isControl: Bool {
    value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
  }

  var escape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + String(value, radix: 16) + "}"
    }
  }
}
