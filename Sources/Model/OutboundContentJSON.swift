// The stored form of what is sent: read and written here only. Unknown parts are ignored, so that a newer
// program's rows don't stop an older worker from reading the rest.

extension OutboundContent {
  /// The JSON for `message.content`; nil for plain text.
  package var json: JSONValue? {
    switch self {
    case .text: return nil
    case .file(let kind): return ["type": "file", "kind": .string(kind.rawValue)]
    case .link(let kind, let url):
      return ["type": "link", "kind": .string(kind.rawValue), "url": .string(url)]
    case .place(let place):
      return [
        "type": "location", "latitude": .number(String(place.latitude)),
        "longitude": .number(String(place.longitude)), "name": JSONValue(place.name),
        "address": JSONValue(place.address),
      ]
    case .reaction(let emoji): return ["type": "reaction", "emoji": JSONValue(emoji)]
    case .choices(let choices): return choices.json
    case .template(let template): return template.json
    }
  }

  /// What `json` says; plain text when it says nothing.
  package init(json: JSONValue, kind: MessageKind) {
    switch json["type"].text {
    case "file": self = .file(json["kind"].text.flatMap(MessageKind.init) ?? kind)
    case "link":
      let kind = json["kind"].text.flatMap(MessageKind.init) ?? kind
      self = .link(kind, url: json["url"].text ?? "")
    case "location":
      let place = Place(
        latitude: json["latitude"].double ?? 0,
        longitude: json["longitude"].double ?? 0,
        name: json["name"].text,
        address: json["address"].text
      )
      self = .place(place)
    case "reaction": self = .reaction(emoji: json["emoji"].text)
    case "choices": self = .choices(Choices(json: json))
    case "template": self = .template(TemplateMessage(json: json))
    default: self = .text
    }
  }
}

extension Choices {
  fileprivate var json: JSONValue {
    let rows = rows.map { row -> JSONValue in
      ["id": .string(row.id), "title": .string(row.title), "detail": JSONValue(row.detail)]
    }
    return [
      "type": "choices", "style": .string(style.rawValue), "opener": JSONValue(opener),
      "rows": .array(rows),
    ]
  }

  fileprivate init(json: JSONValue) {
    self.init(
      style: json["style"].text.flatMap(Style.init) ?? .buttons,
      rows: json["rows"].array.map {
        Row(id: $0["id"].text ?? "", title: $0["title"].text ?? "", detail: $0["detail"].text)
      },
      opener: json["opener"].text
    )
  }
}

extension TemplateMessage {
  fileprivate var json: JSONValue {
    [
      "type": "template", "name": .string(name), "language": .string(language),
      "header": .array(header.map(\.json)), "header_media": JSONValue(headerMedia?.rawValue),
      "header_url": JSONValue(headerURL), "body": .array(body.map(\.json)),
      "buttons": .array(
        buttons.map {
          ["index": JSONValue($0.index), "kind": .string($0.kind), "text": .string($0.text)]
        }
      ),
    ]
  }

  fileprivate init(json: JSONValue) {
    self.init(
      name: json["name"].text ?? "",
      language: json["language"].text ?? "",
      header: json["header"].array.map(Parameter.init(json:)),
      headerMedia: json["header_media"].text.flatMap(MessageKind.init),
      headerURL: json["header_url"].text,
      body: json["body"].array.map(Parameter.init(json:)),
      buttons: json["buttons"].array.map {
        Button(
          index: $0["index"].int ?? 0,
          kind: $0["kind"].text ?? "",
          text: $0["text"].text ?? ""
        )
      }
    )
  }
}

extension TemplateMessage.Parameter {
  fileprivate var json: JSONValue { ["name": JSONValue(name), "text": .string(text)] }

  fileprivate init(json: JSONValue) {
    self.init(name: json["name"].text, text: json["text"].text ?? "")
  }
}
