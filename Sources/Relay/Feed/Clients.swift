// Who may read the feed: bearer tokens of the declared clients. Pure; any thread.
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Model
import Settings

/// The declared clients and their tokens, as digests.
struct Clients: Sendable {
  private let digests: [(name: String, digest: [UInt8])]

  init(_ clients: [Settings.Configuration.RelayServer.Client]) {
    digests = clients.map { client in
      (client.name, Array(SHA256.hash(data: Array(client.token.revealed.utf8))))
    }
  }

  var names: [String] { digests.map(\.name) }

  /// The client whose token the request bears.
  ///
  /// Every token is compared, in constant time.
  func client(of request: Request) -> String? {
    guard let header = request.headers[.authorization], header.utf8.count > 7,
      header.prefix(7).lowercased() == "bearer "
    else { return nil }
    var found: String?
    SHA256.hash(data: Array(header.dropFirst(7).utf8)).withUnsafeBytes { given in
      for (name, digest) in digests where ConstantTime.equal(given, digest) { found = name }
    }
    return found
  }
}
