// Rows of a CSV file (RFC 4180) that a spreadsheet opens without running anything in them. Pure.

package enum CSV {
  /// One record with its line end.
  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  /// A cell: harmless, and quoted where it must be.
  package static func cell(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isSteering(scalar) { clean.append(scalar) }
    var value = String(clean)
    if isFormula(value) { value = "'" + value }
    guard value.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A }) else {
      return value
    }
    // By scalars, as a spreadsheet reads: a quote with a mark on it is another character, and a quote still.
    var quoted = "\"".unicodeScalars
    for scalar in value.unicodeScalars {
      quoted.append(scalar)
      if scalar == "\"" { quoted.append(scalar) }
    }
    quoted.append("\"")
    return String(quoted)
  }

  /// Control characters but the line break, and what reorders the text around it.
  private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Spreadsheets take a cell that begins so for a formula (OWASP, CSV injection).
  ///
  /// A plain number with its sign is left alone, so that phone numbers stay numbers.
  private static func isFormula(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard let first = scalars.drop(while: { $0 == " " || $0 == "\n" }).first else { return false }
    guard "=+-@＝＋－＠".unicodeScalars.contains(first) else { return false }
    let rest = scalars.dropFirst()
    let isNumber = rest.allSatisfy { ("0"..."9").contains($0) } && !rest.isEmpty
    return !(isNumber && (first == "+" || first == "-") && scalars.first == first)
  }
}
