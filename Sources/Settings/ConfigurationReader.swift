// Checks a parsed file against the table of keys and collects every mistake on the way. One use a
// load; the same thread throughout.
import Glibc
import Model
import TOMLKit

/// Walks the file's tables.
struct ConfigurationReader {
  let program: Program
  let file: String
  let environment: Environment
  /// Path and text of each mistake, in the order found.
  private(set) var mistakes: [(path: String, text: String)] = []
  private(set) var sections: [String: [SectionValues]] = [:]

  init(program: Program, file: String, environment: Environment) {
    self.program = program
    self.file = file
    self.environment = environment
  }

  mutating func complain(_ path: String, _ text: String) { mistakes.append((path, text)) }

  mutating func read(_ root: TOMLTable) {
    let known = Section.all.filter { !$0.name.contains(".") }
    for name in root.keys where !known.contains(where: { $0.name == name }) {
      let names = known.map(\.bracketed).joined(separator: ", ")
      complain(name, "unknown; the file's sections are \(names)")
    }
    for section in known {
      for (table, path) in tables(of: section, name: section.name, in: root, under: "") {
        read(table, as: section, path: path)
      }
    }
  }

  /// The tables of `section`: none, one, or many when it is repeated.
  private mutating func tables(
    of section: Section,
    name: String,
    in parent: TOMLTable,
    under path: String
  ) -> [(TOMLTable, String)] {
    guard let value = parent[name] else { return [] }
    let path = path + name
    if section.isRepeated {
      guard let array = value.array, array.allSatisfy({ $0.table != nil }) else {
        complain(path, "must be written as \(section.bracketed), once for each")
        return []
      }
      return array.enumerated().compactMap { index, entry in
        entry.table.map { ($0, "\(path)#\(index)") }
      }
    }
    guard let table = value.table else {
      complain(path, "must be a section, written as \(section.bracketed)")
      return []
    }
    return [(table, path)]
  }

  private mutating func read(_ table: TOMLTable, as section: Section, path: String) {
    let children = Section.all.filter { $0.name.hasPrefix(section.name + ".") }
    let known = section.keys.flatMap(\.forms)
    for name in table.keys where !known.contains(name) {
      if children.contains(where: { $0.name == section.name + "." + name }) { continue }
      complain(
        path + "." + name,
        "unknown key; \(section.bracketed) knows \(known.joined(separator: ", "))"
      )
    }
    var values = SectionValues(path: path)
    for key in section.keys {
      values.values[key.name] = value(of: key, in: table, section: section, path: path)
    }
    sections[section.name, default: []].append(values)
    for child in children {
      let name = String(child.name.dropFirst(section.name.count + 1))
      for (table, path) in tables(of: child, name: name, in: table, under: path + ".") {
        read(table, as: child, path: path)
      }
    }
  }

  private mutating func value(
    of key: Key,
    in table: TOMLTable,
    section: Section,
    path: String
  ) -> SectionValues.Value? {
    let given = key.forms.filter { table.contains(key: $0) }
    guard let form = given.first else {
      if key.isRequired && section.reader == program {
        complain(path + "." + key.name, "missing; give \(key.forms.alternatives)")
      }
      return nil
    }
    guard given.count == 1, let value = table[form] else {
      complain(path + "." + given[1], "\(key.name) is given twice, also as \(form); keep one")
      return nil
    }
    let place = path + "." + form
    switch key.kind {
    case .whole(let range): return whole(value, range, at: place)
    case .truth:
      if let isSo = value.bool { return .truth(isSo) }
      complain(place, "is \(value.type.article); must be true or false, without quotes")
      return nil
    case .secrets where form == key.name: return list(value, at: place)
    default: break
    }
    guard let text = value.string else {
      complain(place, "is \(value.type.article); must be a string in quotes")
      return nil
    }
    return self.text(text, key: key, form: form, section: section, place: place)
  }

  private mutating func whole(
    _ value: any TOMLValueConvertible,
    _ range: ClosedRange<Int>,
    at place: String
  ) -> SectionValues.Value? {
    let allowed = "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let number = value.int else {
      complain(place, "is \(value.type.article); \(allowed)")
      return nil
    }
    guard range.contains(number) else {
      complain(place, "is \(number); \(allowed)")
      return nil
    }
    return .whole(number)
  }

  private mutating func list(
    _ value: any TOMLValueConvertible,
    at place: String
  ) -> SectionValues.Value? {
    let strings = value.array.map { array in array.compactMap(\.string).filter { !$0.isEmpty } }
    guard let strings, !strings.isEmpty, strings.count == value.array?.count else {
      complain(place, "must be an array of strings, none of them empty")
      return nil
    }
    return .secrets(strings.map(Secret.init))
  }
}

extension Section {
  /// The header as it stands in the file.
  var bracketed: String { isRepeated ? "[[\(name)]]" : "[\(name)]" }
}

extension TOMLType {
  fileprivate var article: String {
    switch self {
    case .array: "an array"
    case .int: "a whole number"
    case .double: "a number with a fraction"
    case .bool: "true or false"
    default: "a \(description)"
    }
  }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  var alternatives: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
