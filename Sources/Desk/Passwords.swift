// Password hashes: scrypt (RFC 7914) with a salt of its own for each. Never on the main thread.
import Crypto
import CryptoExtras
import Model

import struct Foundation.Data

/// How dear a hash is.
package struct PasswordHashing: Sendable {
  var rounds: Int
  var blockSize: Int
  var parallelism: Int

  /// 2^14 rounds, block 8, 5 lanes: 16 MiB and about 0.1 s; OWASP's Password Storage Cheat
  /// Sheet lists it as equal in strength to 2^17·8·1, which would need 128 MiB.
  package static let standard = PasswordHashing(rounds: 1 << 14, blockSize: 8, parallelism: 5)
  /// For tests: a debug build's scrypt is slow.
  package static let cheap = PasswordHashing(rounds: 1 << 4, blockSize: 1, parallelism: 1)

  /// `scrypt$rounds$block$lanes$salt$hash`, the last two in hex.
  package func hash(_ password: Secret) throws -> String {
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in generator.next() as UInt8 }
    let key = try derive(password, salt: salt)
    return "scrypt$\(rounds)$\(blockSize)$\(parallelism)$\(hex(salt))$\(hex(key))"
  }

  /// Whether `password` is the one behind `stored`; false for anything that is not such a hash.
  package static func matches(_ password: Secret, _ stored: String) throws -> Bool {
    let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      let salt = bytes(parts[4]), let expected = bytes(parts[5])
    else { return false }
    let hashing = PasswordHashing(
      rounds: rounds,
      blockSize: blockSize,
      parallelism: parallelism
    )
    let actual = try hashing.derive(password, salt: salt)
    guard actual.count == expected.count else { return false }
    // Every byte is compared, so that the time taken says nothing.
    return zip(actual, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func derive(_ password: Secret, salt: [UInt8]) throws -> [UInt8] {
    let key = try KDF.Scrypt.deriveKey(
      from: Data(password.revealed.utf8),
      salt: Data(salt),
      outputByteCount: 32,
      rounds: rounds,
      blockSize: blockSize,
      parallelism: parallelism
    )
    return key.withUnsafeBytes { [UInt8]($0) }
  }
}

private func hex(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef")
  return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

private func bytes(_ hex: Substring) -> [UInt8]? {
  let digits = Array(hex.utf8)
  guard digits.count % 2 == 0 else { return nil }
  var bytes: [UInt8] = []
  for index in stride(from: 0, to: digits.count, by: 2) {
    guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
    else { return nil }
    bytes.append(byte)
  }
  return bytes
}
