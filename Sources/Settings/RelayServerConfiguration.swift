// The relay's own section of the config, as values.
import Model

extension Configuration {
  /// What inbox-relay reads, `[relay_server]`.
  package struct RelayServer: Equatable, Sendable {
    package static let defaultListen = ListenAddress(host: "127.0.0.1", port: 8787)
    package static let defaultData = "/var/lib/inbox-relay"

    package var listen: ListenAddress
    /// The data directory.
    package var data: String
    /// What the provider repeats in its verification request.
    package var verifyToken: Secret
    /// Any of them may have signed a webhook; at least one.
    package var appSecrets: [Secret]
    /// Events stay at least this long, and until every client has acked them.
    package var retentionDays: Int
    /// Nil for plain HTTP.
    package var tls: TLS?
    /// Who may read the feed; at least one.
    package var clients: [Client]

    package init(
      listen: ListenAddress = defaultListen,
      data: String = defaultData,
      verifyToken: Secret,
      appSecrets: [Secret],
      retentionDays: Int = 14,
      tls: TLS? = nil,
      clients: [Client]
    ) {
      self.listen = listen
      self.data = data
      self.verifyToken = verifyToken
      self.appSecrets = appSecrets
      self.retentionDays = retentionDays
      self.tls = tls
      self.clients = clients
    }
  }
}

extension Configuration.RelayServer {
  /// Paths of PEM files.
  package struct TLS: Equatable, Sendable {
    package var certificateFile: String
    package var keyFile: String

    package init(certificateFile: String, keyFile: String) {
      self.certificateFile = certificateFile
      self.keyFile = keyFile
    }
  }

  /// Somebody who may read the feed, `[[relay_server.client]]`.
  package struct Client: Equatable, Sendable {
    package var name: String
    package var token: Secret

    package init(name: String, token: Secret) {
      self.name = name
      self.token = token
    }
  }
}

/// A host and port to listen on, written `127.0.0.1:8787` or `[::1]:8787`.
package struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
  /// A name or address, without brackets.
  package var host: String
  /// 0 lets the system choose one.
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Nil when `text` is not a host and a port.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: port)
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
