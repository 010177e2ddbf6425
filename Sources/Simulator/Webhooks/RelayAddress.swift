// Where the relay is, read from `--relay`.

/// `http://host[:port]`; the simulator speaks plain HTTP only, for it stays on one machine.
struct RelayAddress: Equatable, Sendable {
  var host: String
  var port: Int

  init?(_ text: String) {
    let scheme = "http://"
    guard text.lowercased().hasPrefix(scheme) else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(authority.count)
    guard path.allSatisfy({ $0 == "/" }) || path == "/webhooks/meta" else { return nil }
    guard let address = ListenAddress(String(authority), defaultPort: 80) else { return nil }
    host = address.host
    port = address.port
  }
}

/// `HOST:PORT`, with `[…]` around an IPv6 host.
struct ListenAddress: Equatable, Sendable {
  var host: String
  var port: Int

  init?(_ text: String, defaultPort: Int? = nil) {
    var name = Substring(text)
    var digits: Substring?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      name = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      digits = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      name = text[..<colon]
      digits = text[text.index(after: colon)...]
    }
    guard let port = digits.map({ Int($0) }) ?? defaultPort, (0...65_535).contains(port),
      !name.isEmpty
    else { return nil }
    host = String(name)
    self.port = port
  }
}
