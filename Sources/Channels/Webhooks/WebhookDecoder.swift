// The door from a journal row to the product's own words: one webhook body in, any number of
// events out. The worker calls it on its queue; pure, so that a replay gives the same again.
import Model

/// What one webhook says.
package struct DecodedWebhook: Equatable, Sendable {
  /// Everything that could be understood, in the body's order; to be applied in any case.
  package var events: [InboundEvent]
  /// Why the row stays parked: nothing in it, or a part of it, could become an event.
  package var parkedReason: String?
  /// One line for a list of webhooks, such as `WhatsApp: 2 messages, 1 receipt`.
  package var summary: String

  package init(events: [InboundEvent], parkedReason: String?, summary: String) {
    self.events = events
    self.parkedReason = parkedReason
    self.summary = summary
  }
}

package enum WebhookDecoder {
  /// Decodes a body as the relay received it.
  ///
  /// `source` is the relay's name of the provider (`meta`), `path` where it was posted.
  /// `receivedAt` dates events that carry no time of their own.
  package static func decode(
    source: String,
    path: String,
    body: [UInt8],
    receivedAt: Timestamp? = nil
  ) -> DecodedWebhook {
    guard source == "meta" else {
      return parked("no decoder for the source “\(source)” at \(path)")
    }
    guard !body.isEmpty else { return parked("an empty body") }
    do {
      return decodeMeta(try JSONValue.parse(body), receivedAt: receivedAt)
    } catch {
      return parked(error.description)
    }
  }

  private static func parked(_ reason: String) -> DecodedWebhook {
    DecodedWebhook(events: [], parkedReason: reason, summary: reason)
  }

  private static func decodeMeta(_ body: JSONValue, receivedAt: Timestamp?) -> DecodedWebhook {
    guard let provider = Provider(rawValue: body["object"].text ?? "") else {
      guard let object = body["object"].text else { return parked("JSON without an “object”") }
      return parked("an unknown object “\(object.prefix(60))”")
    }
    let entries = body["entry"].array
    guard !entries.isEmpty else { return parked("\(provider.title): no entries") }
    var batch = EventBatch(receivedAt: receivedAt)
    for entry in entries {
      batch.startEntry(time: entry["time"])
      switch provider {
      case .whatsapp: WhatsAppWebhook.decode(entry, into: &batch)
      case .instagram: InstagramWebhook.decode(entry, into: &batch)
      case .page: PageWebhook.decode(entry, into: &batch)
      }
    }
    return DecodedWebhook(
      events: batch.events,
      parkedReason: batch.parkedReason.map { "\(provider.title): \($0)" },
      summary: "\(provider.title): \(batch.summary)"
    )
  }
}

/// The values of `object` that Meta posts.
private enum Provider: String {
  case whatsapp = "whatsapp_business_account"
  case instagram
  case page

  var title: String {
    switch self {
    case .whatsapp: "WhatsApp"
    case .instagram: "Instagram"
    case .page: "Facebook page"
    }
  }
}
