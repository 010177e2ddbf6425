// Who posted a webhook: X-Hub-Signature-256 is the HMAC-SHA256 of the raw body, keyed with the
// app secret. Pure; any thread.
import Crypto
import Foundation
import Model
import NIOCore
import RelayAPI

/// Checks signatures against any of several secrets.
struct SignatureVerifier: Sendable {
  /// Keyed once; each check goes on from a copy.
  private let keyed: [HMAC<SHA256>]

  init(secrets: [Secret]) {
    keyed = secrets.map { HMAC<SHA256>(key: SymmetricKey(data: Array($0.revealed.utf8))) }
  }

  /// The 32 bytes that a header such as `sha256=1ca3…` claims; nil when it isn't one.
  static func claim(of header: String) -> [UInt8]? {
    guard header.hasPrefix("sha256=") else { return nil }
    let bytes = Hex.decode(header.dropFirst(7))
    return bytes.count == 32 ? bytes : nil
  }

  /// Whether one of the secrets made `claim` of `body`.
  ///
  /// Takes the same time whichever matches and wherever they differ.
  func matches(_ claim: [UInt8], body: ByteBuffer) -> Bool {
    var matched = false
    body.withUnsafeReadableBytes { bytes in
      for keyed in keyed {
        var code = keyed
        code.update(data: bytes)
        let isEqual = code.finalize().withUnsafeBytes { ConstantTime.equal($0, claim) }
        matched = matched || isEqual
      }
    }
    return matched
  }
}

/// Comparisons whose time tells nothing about where two secrets differ.
enum ConstantTime {
  static func equal(_ left: UnsafeRawBufferPointer, _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in right.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }

  /// Compares digests, so that not even the length of `secret` shows.
  static func equal(_ text: some StringProtocol, _ secret: Secret) -> Bool {
    let expected = Array(SHA256.hash(data: Array(secret.revealed.utf8)))
    return SHA256.hash(data: Array(text.utf8)).withUnsafeBytes { equal($0, expected) }
  }
}
