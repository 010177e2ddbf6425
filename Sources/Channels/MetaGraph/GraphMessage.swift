// A message on its way to a provider: what a request body is made of. Built by the worker; the files beside
// the channels' decoders turn it into each provider's JSON.
import Model

package struct GraphMessage: Sendable {
  package var to: Identity
  package var content: OutboundContent
  /// The words: text, caption, question.
  package var text: String
  /// The quoted message, or the one a reaction is for.
  package var replyTo: String?
  /// The message's own file, as the provider knows it once it is uploaded.
  package var media: UploadedMedia?
  /// Our reference, which WhatsApp gives back in receipts.
  package var callbackData: String
  /// An Instagram or Messenger answer that a person writes after 24 hours.
  package var asHumanAgent: Bool

  package init(
    to: Identity,
    content: OutboundContent = .text,
    text: String,
    replyTo: String? = nil,
    media: UploadedMedia? = nil,
    callbackData: String,
    asHumanAgent: Bool = false
  ) {
    self.to = to
    self.content = content
    self.text = text
    self.replyTo = replyTo
    self.media = media
    self.callbackData = callbackData
    self.asHumanAgent = asHumanAgent
  }
}

/// A file that the provider has.
package struct UploadedMedia: Equatable, Sendable {
  package var id: String
  /// What a document is called on the customer's phone.
  package var name: String

  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}

/// The body to post, or why there can't be one.
enum GraphRequest {
  case post(JSONValue)
  case impossible(String)
}

extension [JSONValue.Member] {
  /// Adds a member where there is a value.
  mutating func add(_ key: String, _ value: String?) {
    if let value, !value.isEmpty { append(JSONValue.Member(key, .string(value))) }
  }
}
