// A webhook ready to be posted: its bytes and their signature.
import Crypto

struct Webhook: Equatable, Sendable {
  /// The very bytes that are signed and sent.
  var body: [UInt8]
  /// How many times it is posted: at-least-once delivery means more than once, now and then.
  var copies = 1

  init(_ json: JSON, copies: Int = 1) {
    body = json.bytes(.meta)
    self.copies = copies
  }
}

/// Signs as Meta does: HMAC-SHA256 over the raw bytes, keyed with the app secret.
struct WebhookSigner: Sendable {
  private let key: SymmetricKey

  init(secret: String) { key = SymmetricKey(data: Array(secret.utf8)) }

  /// The value of `X-Hub-Signature-256`.
  func signature(of body: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let code = HMAC<SHA256>.authenticationCode(for: body, using: key)
    let hex = code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "sha256=" + String(decoding: hex, as: UTF8.self)
  }
}
