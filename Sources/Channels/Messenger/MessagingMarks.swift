// What Instagram and Messenger say about messages rather than in them: where a person came from,
// reactions, read marks, deliveries.
import Model

extension MessagingContext {
  /// `ad` or `link`, with the ad's title or the link's own reference.
  func touch(_ referral: JSONValue) -> Touch? {
    guard referral.isObject, !referral.members.isEmpty else { return nil }
    let ad = referral["ads_context_data"]
    let isAd = referral["ad_id"].text != nil || referral["source"].text == "ADS"
    return Touch(
      kind: isAd ? "ad" : "link",
      headline: ad["ad_title"].text?.nonBlank ?? referral["ref"].text?.nonBlank,
      url: ad["photo_url"].text ?? ad["video_url"].text ?? referral["referer_uri"].text,
      at: at
    )
  }

  func reaction(_ reaction: JSONValue) -> InboundReaction {
    let taken = reaction["action"].text == "unreact"
    return InboundReaction(
      providerID: .derivedID(
        account,
        [reaction["mid"], reaction["action"], event["sender"]["id"], event["timestamp"]]
      ),
      target: reaction["mid"].text ?? "",
      person: person,
      profileName: nil,
      emoji: taken ? nil : Self.emoji(reaction),
      at: at,
      isEcho: isEcho
    )
  }

  /// Some reactions come with a name only.
  private static func emoji(_ reaction: JSONValue) -> String {
    if let emoji = reaction["emoji"].text { return emoji }
    switch reaction["reaction"].text {
    case "love": return "❤️"
    case "like": return "👍"
    case "dislike": return "👎"
    case "smile", "haha": return "😆"
    case "angry": return "😠"
    case "sad": return "😢"
    case "wow": return "😮"
    default: return "❓"
    }
  }

  /// Messenger says up to which time, Instagram up to which message.
  func read(_ read: JSONValue) -> InboundFact {
    let upTo = Timestamp(lenient: read["watermark"]) ?? at
    return .readUpTo(person: person, at: upTo, providerID: read["mid"].text)
  }

  func deliveries(_ delivery: JSONValue) -> [InboundFact] {
    let time = Timestamp(lenient: delivery["watermark"]) ?? at
    let receipts = delivery["mids"].array.compactMap(\.text).map { id in
      InboundFact.receipt(
        InboundReceipt(providerID: id, status: .delivered, at: time, recipient: person)
      )
    }
    if !receipts.isEmpty { return receipts }
    return [.notice(kind: "delivery", summary: "delivered up to a time, without message ids")]
  }
}
