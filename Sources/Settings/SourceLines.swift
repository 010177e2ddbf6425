// Finds the line of a key in a TOML text. The parser gives positions for syntax errors only, so
// a small scanner notes where headers and keys stand; it runs only when there is an error to place.

/// Lines of the tables and keys in a TOML text that parses.
///
/// Paths are dotted; an entry of an array of tables is `name#0`, `name#1` …
struct SourceLines {
  private var lines: [String: Int] = [:]
  private var counts: [String: Int] = [:]
  private var table = ""

  init(_ text: String) {
    var scanner = TOMLScanner(bytes: Array(text.utf8))
    while let statement = scanner.next() {
      switch statement {
      case .table(let names, let line): note(table: names, isArray: false, line: line)
      case .arrayTable(let names, let line): note(table: names, isArray: true, line: line)
      case .key(let names, let line): note(key: names, line: line)
      }
    }
  }

  /// The line of `path`, else of the nearest table around it, else 1.
  func line(of path: String) -> Int {
    var path = Substring(path)
    while true {
      if let line = lines[String(path)] { return line }
      guard let dot = path.lastIndex(of: ".") else { return 1 }
      path = path[..<dot]
    }
  }

  private mutating func note(table names: [String], isArray: Bool, line: Int) {
    table = ""
    for (index, name) in names.enumerated() {
      table += (table.isEmpty ? "" : ".") + name
      if isArray && index == names.count - 1 { counts[table, default: 0] += 1 }
      if let count = counts[table] { table += "#\(count - 1)" }
      if lines[table] == nil { lines[table] = line }
    }
  }

  private mutating func note(key names: [String], line: Int) {
    var path = table
    for name in names {
      path += (path.isEmpty ? "" : ".") + name
      if lines[path] == nil { lines[path] = line }
    }
  }
}

/// Walks over a TOML text's statements; values are passed over.
private struct TOMLScanner {
  enum Statement {
    case table([String], Int)
    case arrayTable([String], Int)
    case key([String], Int)
  }

  let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Statement? {
    skipBlank()
    guard position < bytes.count else { return nil }
    let start = line
    if take("[") {
      let isArray = take("[")
      let names = name(until: UInt8(ascii: "]"))
      skipLine()
      return isArray ? .arrayTable(names, start) : .table(names, start)
    }
    let names = name(until: UInt8(ascii: "="))
    skipValue()
    return .key(names, start)
  }

  /// A dotted name, bare or quoted, and the byte that ends it.
  private mutating func name(until end: UInt8) -> [String] {
    var parts: [[UInt8]] = [[]]
    while position < bytes.count, bytes[position] != end, bytes[position] != 0x0A {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "."): parts.append([])
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        while position < bytes.count, bytes[position] != byte, bytes[position] != 0x0A {
          parts[parts.count - 1].append(bytes[position])
          position += 1
        }
        position += 1
      case 0x20, 0x09, 0x0D: break
      default: parts[parts.count - 1].append(byte)
      }
    }
    position += 1
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Passes a value, over as many lines as its brackets and long strings span.
  private mutating func skipValue() {
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        skipString(quote: byte)
        continue
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case 0x0A where depth <= 0: return
      case 0x0A: line += 1
      default: break
      }
      position += 1
    }
  }

  private mutating func skipString(quote: UInt8) {
    let isLong = bytes[position...].starts(with: [quote, quote, quote])
    position += isLong ? 3 : 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
        // An escaped line end still counts as a line.
        if position + 1 < bytes.count, bytes[position + 1] == 0x0A { line += 1 }
        position += 2
        continue
      }
      if bytes[position] == 0x0A { line += 1 }
      if isLong && bytes[position...].starts(with: [quote, quote, quote]) {
        position += 3
        // Up to two quotes may stand before the three that end it.
        while position < bytes.count, bytes[position] == quote { position += 1 }
        return
      }
      if !isLong && bytes[position] == quote {
        position += 1
        return
      }
      position += 1
    }
  }

  private mutating func skipBlank() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x0A:
        line += 1
        position += 1
      case 0x20, 0x09, 0x0D: position += 1
      case UInt8(ascii: "#"): skipLine()
      default: return
      }
    }
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }
}
