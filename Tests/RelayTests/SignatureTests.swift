// The signature over raw bytes, against the published vectors of this product's reference.
import Model
import NIOCore
import Testing

@testable import Relay

@Suite struct SignatureTests {
  let verifier = SignatureVerifier(secrets: [Secret("wrong"), Secret("app-secret-for-tests")])

  private func accepts(_ body: String, _ digits: String) -> Bool {
    guard let claim = SignatureVerifier.claim(of: "sha256=" + digits) else { return false }
    return verifier.matches(claim, body: ByteBuffer(string: body))
  }

  static let escaped = #"{"text":"Caf\u00e9 \ud83c\udfcb"}"#
  static let escapedDigits = "9ab2eb2d112f01edb096f69887f3ba619294e340f5ed58b8c35bd8dd6250adb9"

  @Test func acceptsWhatAnySecretSigned() {
    #expect(
      accepts(
        #"{"object":"whatsapp_business_account","entry":[]}"#,
        "1ca363dab318df784e1963b29dca91e2098e6cf2fbf0d3c14e09580a90684a61"
      )
    )
    #expect(accepts(Self.escaped, Self.escapedDigits))
    #expect(
      accepts(
        #"{"text":"Café 🏋"}"#,
        "92824d30b49006c085710fadebaf35b75c11dc47095d72ab5ffc7c5d6b9d86ca"
      )
    )
  }

  @Test func looksAtBytesNotAtMeaning() {
    #expect(Self.escaped.utf8.count == 33)
    #expect(!accepts(#"{"text":"Café 🏋"}"#, Self.escapedDigits))
    #expect(!accepts(Self.escaped + "\n", Self.escapedDigits))
  }

  @Test func refusesOtherSecretsAndBrokenHeaders() {
    let stranger = SignatureVerifier(secrets: [Secret("app-secret-for-test")])
    let claim = SignatureVerifier.claim(of: "sha256=" + Self.escapedDigits)
    #expect(claim.map { stranger.matches($0, body: ByteBuffer(string: Self.escaped)) } == false)
    for header in ["", "sha256=", "sha1=" + Self.escapedDigits, Self.escapedDigits, "sha256=zz"] {
      #expect(SignatureVerifier.claim(of: header) == nil)
    }
    #expect(SignatureVerifier.claim(of: "sha256=" + Self.escapedDigits.dropLast(2)) == nil)
  }
}
