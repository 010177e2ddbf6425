// The checks of keys that are written as strings: addresses, paths, names, and the three forms of
// a secret. Values of secret keys never enter an error: somebody may have put a token into x_file.
import Glibc
import Model

extension ConfigurationReader {
  mutating func text(
    _ text: String,
    key: Key,
    form: String,
    section: Section,
    place: String
  ) -> SectionValues.Value? {
    guard !text.isEmpty else {
      complain(place, "is empty; \(key.kind.allowed)")
      return nil
    }
    switch key.kind {
    case .secret, .secrets:
      guard section.reader == program else { return nil }
      return secrets(text, key: key, form: form, place: place)
    case .path: return .text(expand(text))
    case .listen:
      if let address = ListenAddress(text) { return .listen(address) }
    case .url:
      if let url = Self.url(text) { return .text(url) }
    case .zone:
      if ZoneRules(named: text) != nil { return .text(text) }
    case .country:
      if Self.isCountry(text) { return .text(text.uppercased()) }
    case .choice(let words):
      if words.contains(text) { return .text(text) }
    case .hours:
      if let hours = HoursOfDay(text) { return .hours(hours) }
    case .look:
      if let look = Configuration.Look(text) { return .look(look) }
    case .text, .whole, .truth: return .text(text)
    }
    complain(place, "is \"\(text)\"; \(key.kind.allowed)")
    return nil
  }

  private func expand(_ path: String) -> String {
    environment.expand(path, under: file.parentFolder)
  }

  private mutating func secrets(
    _ text: String,
    key: Key,
    form: String,
    place: String
  ) -> SectionValues.Value? {
    if form.hasSuffix("_file") { return secretFile(text, key: key, place: place) }
    var secret = text
    if form.hasSuffix("_env") {
      guard let value = environment[text] else {
        complain(place, "the environment variable it names is not set; set it or use another form")
        return nil
      }
      secret = value
    }
    return .secrets([Secret(secret)])
  }

  private mutating func secretFile(
    _ path: String,
    key: Key,
    place: String
  ) -> SectionValues.Value? {
    let text: String
    do {
      text = try TextFile.read(expand(path))
    } catch {
      complain(place, "the file it names can't be read: \(error.reason)")
      return nil
    }
    let lines = text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
    guard !lines.isEmpty else {
      complain(place, "the file it names is empty")
      return nil
    }
    if case .secret = key.kind, lines.count > 1 {
      complain(place, "the file it names has \(lines.count) lines; must hold one secret alone")
      return nil
    }
    return .secrets(lines.map(Secret.init))
  }

  /// Without slashes at the end; nil when it isn't a web address with a host.
  private static func url(_ text: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else {
      return nil
    }
    var rest = text.dropFirst(scheme.count)
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    let isPlain = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isPlain, let first = rest.first, first != "/", first != ":" else { return nil }
    return scheme + rest
  }

  private static func isCountry(_ text: String) -> Bool {
    text.utf8.count == 2
      && text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
  }
}

extension Key.Kind {
  /// What may stand there, for errors.
  fileprivate var allowed: String {
    switch self {
    case .text: "must be a text"
    case .whole(let range): "must be from \(range.lowerBound) to \(range.upperBound)"
    case .path: "must be a path"
    case .url: "must be an address such as https://relay.example.org"
    case .listen: "must be HOST:PORT, such as 127.0.0.1:8787 or [::1]:8787"
    case .zone: "must be a time zone this machine knows, such as Europe/Berlin"
    case .country: "must be a country's two letters, such as DE"
    case .choice(let words): "must be \(words.alternatives)"
    case .truth: "must be true or false"
    case .hours: "must be two times of day, such as 22:00-07:00"
    case .look: "must be colours and attributes, such as \"bold #ff8800 on black\""
    case .secret, .secrets: "must hold the secret, or name its file or environment variable"
    }
  }
}

extension String {
  /// What stands before the last slash; the current folder without one.
  var parentFolder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
