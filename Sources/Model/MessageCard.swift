// The structured part of a message as lines for a bubble: a place, shared contacts, an order, a form's
// answers, and what stands above the words (forwarded, from an ad, about a story).

/// What `message.content` says, ready to be laid out.
///
/// The text is the customer's still: whoever draws it sanitizes it.
package struct MessageCard: Equatable, Sendable {
  package enum Line: Equatable, Sendable {
    /// What the card is, or how the message came.
    case label(String)
    case title(String)
    case text(String)
    case pair(String, String)
    case quiet(String)
  }

  /// Above the words.
  package var above: [Line] = []
  /// Instead of the words, which it repeats; empty when the words are all there is.
  package var body: [Line] = []

  /// Nil when there is nothing beside the words.
  package init?(_ content: String?) {
    guard let content, let json = try? JSONValue.parse(content) else { return nil }
    above = Self.origin(json)
    body =
      Self.place(json["location"]) + Self.people(json["contacts"].array) + Self.order(json["order"])
      + Self.form(json["form"]) + Self.choice(json["choice"]) + Self.share(json["share"])
    if above.isEmpty && body.isEmpty { return nil }
  }

  private static func origin(_ json: JSONValue) -> [Line] {
    var lines: [Line] = []
    if json["frequently_forwarded"].bool == true {
      lines.append(.label("Forwarded many times"))
    } else if json["forwarded"].bool == true {
      lines.append(.label("Forwarded"))
    }
    switch json["story"]["relation"].text {
    case "reply": lines.append(.label("Replied to your story"))
    case "mention": lines.append(.label("Mentioned you in their story"))
    default: break
    }
    let referral = json["referral"]
    if referral.isObject {
      let words = referral["headline"].text ?? referral["ref"].text
      let way = referral["kind"].text == "post" ? "From a post" : "From an ad"
      lines.append(.label(referral["kind"].text == "link" ? "From a link" : way))
      if let words { lines.append(.title(words)) }
      if let body = referral["body"].text, body != words { lines.append(.quiet(body)) }
      if let url = referral["url"].text { lines.append(.quiet(url)) }
    }
    if let product = json["product"]["id"].text { lines.append(.label("About product \(product)")) }
    return lines
  }

  private static func place(_ place: JSONValue) -> [Line] {
    guard place.isObject else { return [] }
    var lines: [Line] = [.label("Location")]
    if let name = place["name"].text { lines.append(.title(name)) }
    if let address = place["address"].text { lines.append(.text(address)) }
    let point = [place["latitude"], place["longitude"]].compactMap { $0.text?.decimals(5) }
    if point.count == 2 { lines.append(.quiet(point.joined(separator: ", "))) }
    if let url = place["url"].text { lines.append(.quiet(url)) }
    return lines
  }

  private static func people(_ people: [JSONValue]) -> [Line] {
    guard !people.isEmpty else { return [] }
    var lines: [Line] = [.label(people.count == 1 ? "Contact" : "\(people.count) contacts")]
    for person in people {
      lines.append(.title(person["name"].text ?? "No name"))
      if let company = person["company"].text { lines.append(.text(company)) }
      for (key, label) in [("phones", "Phone"), ("emails", "E-mail"), ("urls", "Web")] {
        lines += person[key].array.compactMap(\.text).map { .pair(label, $0) }
      }
    }
    return lines
  }

  private static func order(_ order: JSONValue) -> [Line] {
    guard order.isObject else { return [] }
    var lines: [Line] = [.label("Order")]
    for item in order["items"].array {
      let price = Self.price(item)
      lines.append(.text("\(item["quantity"].text ?? "1") × \(item["id"].text ?? "?")\(price)"))
    }
    if let more = order["more"].int, more > 0 { lines.append(.quiet("and \(more) more")) }
    let totals = order["total"].array.compactMap { total -> String? in
      total["amount"].text.map { "\($0) \(total["currency"].text ?? "")" }
    }
    if !totals.isEmpty { lines.append(.pair("Total", totals.joined(separator: " + "))) }
    if let words = order["text"].text { lines.append(.text(words)) }
    return lines
  }

  private static func price(_ item: JSONValue) -> String {
    item["price"].text.map { " · \($0) \(item["currency"].text ?? "")" } ?? ""
  }

  private static func form(_ form: JSONValue) -> [Line] {
    let answers = form["answers"].array
    guard !answers.isEmpty else { return [] }
    return [.label("Form")]
      + answers.map { .pair($0["label"].text ?? "", $0["value"].text ?? "") }
  }

  private static func choice(_ choice: JSONValue) -> [Line] {
    guard let title = choice["title"].text, let detail = choice["description"].text else {
      return []
    }
    return [.text(title), .quiet(detail)]
  }

  private static func share(_ share: JSONValue) -> [Line] {
    guard share.isObject else { return [] }
    var lines: [Line] = [.label(share["label"].text ?? "Shared")]
    if let title = share["title"].text { lines.append(.title(title)) }
    if let text = share["text"].text { lines.append(.text(text)) }
    if let url = share["url"].text { lines.append(.quiet(url)) }
    return lines
  }
}

extension String {
  /// A decimal number's text with at most `count` digits behind the point.
  fileprivate func decimals(_ count: Int) -> String {
    guard let point = firstIndex(of: "."), !contains(where: { $0 == "e" || $0 == "E" }) else {
      return self
    }
    return String(prefix(upTo: index(point, offsetBy: count + 1, limitedBy: endIndex) ?? endIndex))
  }
}
