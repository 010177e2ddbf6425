// Puts together what was typed at a prompt of the plain mode, pastes kept apart. A state machine
// without I/O; PlainInput feeds it.

/// What came in at one prompt.
struct PlainEntry: Equatable {
  enum Kind: Equatable {
    case typed
    /// The terminal said that it was pasted; somebody pressed Enter after it.
    case pasted
    /// Several lines at once: a paste at a terminal that doesn't say so. Nobody pressed Enter.
    case burst
  }

  var text: String
  var kind = Kind.typed
  /// What was typed in front of a paste.
  var typed = ""
}

/// Lines of a terminal; what lies between the marks of a paste becomes one entry.
struct PlainLines {
  private static let pasteBegins = "\u{1B}[200~"
  private static let pasteEnds = "\u{1B}[201~"

  private var lines: [String] = []
  private var typed = ""
  private var isInPaste = false
  private var hasPaste = false
  /// This terminal marks pastes: what comes at once without marks was typed ahead.
  private(set) var knowsMarks = false

  /// Takes a line; the entry once it is whole.
  mutating func take(_ line: String) -> PlainEntry? {
    var text = ""
    var rest = Substring(line)
    while let mark = rest.firstRange(of: isInPaste ? Self.pasteEnds : Self.pasteBegins) {
      text += rest[..<mark.lowerBound]
      rest = rest[mark.upperBound...]
      if !hasPaste { typed = text }
      hasPaste = true
      knowsMarks = true
      isInPaste.toggle()
    }
    lines.append(text + rest)
    guard !isInPaste else { return nil }
    let entry = PlainEntry(
      text: lines.joined(separator: "\n"),
      kind: hasPaste ? .pasted : .typed,
      typed: typed
    )
    _ = giveUp()
    return entry
  }

  /// Forgets what is not whole yet, and returns it.
  mutating func giveUp() -> [String] {
    defer { (lines, typed, isInPaste, hasPaste) = ([], "", false, false) }
    return lines
  }

  /// Text without the marks of a paste.
  static func unmarked(_ text: String) -> String {
    text.replacing(pasteBegins, with: "").replacing(pasteEnds, with: "")
  }
}
