// The structured part of Instagram and Messenger messages: shares, places, stories, ads. Names are those
// that `MessageCard` reads.
import Model

extension MessagingContent {
  static func card(_ message: JSONValue) -> JSONValue? {
    var members = originMembers(message["referral"])
    let story = message["reply_to"]["story"]
    let attachments = message["attachments"].array
    if story.isObject {
      members.append(.init("story", Self.story("reply", story)))
    } else if let mention = attachments.first(where: { $0["type"].text == "story_mention" }) {
      members.append(.init("story", Self.story("mention", mention["payload"])))
    }
    for item in attachments.prefix(1) {
      if item["type"].text == "location" { members.append(.init("location", place(item))) }
      if let share = share(item, words: message["text"].text) {
        members.append(.init("share", share))
      }
    }
    if let title = message["quick_reply"]["payload"].bounded {
      members.append(
        .init("choice", ["id": .string(title), "title": JSONValue(message["text"].bounded)])
      )
    }
    return members.isEmpty ? nil : .object(members)
  }

  /// What brought them, for a message that has nothing else.
  static func origin(_ referral: JSONValue) -> JSONValue? {
    let members = originMembers(referral)
    return members.isEmpty ? nil : .object(members)
  }

  private static func originMembers(_ referral: JSONValue) -> [JSONValue.Member] {
    guard referral.isObject, !referral.members.isEmpty else { return [] }
    let ad = referral["ads_context_data"]
    let isAd = referral["ad_id"].text != nil || referral["source"].text == "ADS"
    var members = [
      JSONValue.Member(
        "referral",
        [
          "kind": isAd ? "ad" : "link", "headline": JSONValue(ad["ad_title"].bounded),
          "ref": JSONValue(referral["ref"].bounded), "id": JSONValue(referral["ad_id"].text),
          "url": JSONValue(
            (ad["photo_url"].text ?? ad["video_url"].text).map { String($0.prefix(500)) }
          ),
        ]
      )
    ]
    if let product = referral["product"]["id"].bounded {
      members.append(.init("product", ["id": .string(product)]))
    }
    return members
  }

  private static func story(_ relation: String, _ story: JSONValue) -> JSONValue {
    [
      "relation": .string(relation), "id": JSONValue(story["id"].bounded),
      "url": JSONValue(story["url"].bounded),
    ]
  }

  private static func place(_ item: JSONValue) -> JSONValue {
    let point = item["payload"]["coordinates"]
    return [
      "name": JSONValue(
        (item["payload"]["title"].text ?? item["title"].text).map { String($0.prefix(500)) }
      ),
      "latitude": point["lat"].number, "longitude": point["long"].number,
      "url": JSONValue(item["payload"]["url"].bounded ?? item["url"].bounded),
    ]
  }

  /// `words`: what the customer wrote with it, when that is not the title again.
  private static func share(_ item: JSONValue, words: String?) -> JSONValue? {
    let label: String
    switch item["type"].text {
    case "ig_post", "share", "post": label = "Shared post"
    case "ig_reel", "reel": label = "Shared reel"
    case "ig_story", "story": label = "Shared story"
    case "fallback": label = "Link"
    default: return nil
    }
    let payload = item["payload"]
    let title = payload["title"].bounded ?? item["title"].bounded
    return [
      "label": .string(label), "title": JSONValue(title),
      "text": JSONValue(words == title ? nil : words),
      "url": JSONValue(payload["url"].bounded ?? item["url"].bounded),
      "id": JSONValue(payload["ig_post_media_id"].text ?? payload["reel_video_id"].text),
    ]
  }
}
