// A customer's line as the webhook that tells of it.
import Model

extension World {
  mutating func whatsappBody(_ line: Line, from person: Person, at now: Timestamp) -> JSON {
    var content: [JSON.Member] = []
    func add(_ type: String, _ value: JSON) {
      content.append(.init(key: "type", value: .string(type)))
      content.append(.init(key: type, value: value))
    }
    switch line.content {
    case .text(let text): add("text", ["body": .string(text)])
    case .photo(let caption):
      let (id, item) = shelve(.photo)
      add(
        "image",
        [
          "caption": JSON(caption), "mime_type": .string(item.mime),
          "sha256": .string(item.sha256), "id": .string(id),
          "url": .string(Self.mediaAddress(id, origin: origin, now: now)),
        ]
      )
    case .voiceNote:
      let (id, item) = shelve(.voiceNote)
      add(
        "audio",
        [
          "mime_type": "audio/ogg; codecs=opus", "sha256": .string(item.sha256),
          "id": .string(id), "voice": true,
          "url": .string(Self.mediaAddress(id, origin: origin, now: now)),
        ]
      )
    case .place(let place):
      add(
        "location",
        [
          "latitude": .number(place.latitude), "longitude": .number(place.longitude),
          "name": .string(place.name), "address": .string(place.address),
        ]
      )
    case .reaction(let emoji, let target):
      add("reaction", ["message_id": .string(target), "emoji": .string(emoji)])
    }
    if let quoted = line.quotes {
      let context: JSON = [
        "from": .string(accounts.whatsapp(person.account).displayNumber), "id": .string(quoted),
      ]
      content.append(.init(key: "context", value: context))
    }
    if let advert = line.advert {
      content.append(.init(key: "referral", value: referral(advert)))
    }
    return WebhookBody.message(
      from: person,
      to: accounts.whatsapp(person.account),
      id: ids.whatsapp(phone: person.address.id, isInbound: true),
      at: now,
      content: content
    )
  }

  private mutating func referral(_ advert: Advert) -> JSON {
    [
      "source_url": .string("https://fb.me/" + advert.id.suffix(8)),
      "source_id": .string(advert.id), "source_type": "ad",
      "headline": .string(advert.headline), "body": .string(advert.body),
      "media_type": "image", "image_url": "https://scontent.xx.fbcdn.net/v/ad.jpg",
      "ctwa_clid": .string(ids.click()),
    ]
  }

  mutating func messengerBody(_ line: Line, from person: Person, at now: Timestamp) -> JSON {
    var message: JSON = ["mid": .string(ids.messenger())]
    var key = "message"
    switch line.content {
    case .text(let text): message["text"] = .string(text)
    case .photo(let caption): message["attachments"] = [attachment("image", .photo, caption)]
    case .voiceNote: message["attachments"] = [attachment("audio", .voiceNote, nil)]
    case .place(let place): message["text"] = .string("\(place.name), \(place.address)")
    case .reaction(let emoji, let target):
      key = "reaction"
      message = [
        "mid": .string(target), "action": "react",
        "reaction": emoji == "❤️" ? "love" : "other", "emoji": .string(emoji),
      ]
    }
    if let quoted = line.quotes { message["reply_to"] = ["mid": .string(quoted)] }
    if let advert = line.advert {
      message["referral"] = [
        "ref": .string("ad-" + advert.id.suffix(3)), "ad_id": .string(advert.id),
        "source": "ADS", "type": "OPEN_THREAD",
        "ads_context_data": ["ad_title": .string(advert.headline)],
      ]
    }
    return WebhookBody.messaging(
      person.address.surface,
      account: person.account,
      sender: person.address.id,
      recipient: person.account,
      at: now,
      content: [.init(key: key, value: message)]
    )
  }

  private mutating func attachment(
    _ type: String,
    _ item: MediaShelf.Item,
    _ caption: String?
  ) -> JSON {
    let (id, _) = shelve(item)
    return [
      "type": .string(type),
      "payload": ["url": .string("\(origin)/_public/\(id)"), "title": JSON(caption)],
    ]
  }

  /// Puts a file on the shelf, so that its id and address answer.
  private mutating func shelve(_ item: MediaShelf.Item) -> (id: String, item: MediaShelf.Item) {
    let id = ids.media()
    media.add(item, id: id)
    return (id, item)
  }
}
