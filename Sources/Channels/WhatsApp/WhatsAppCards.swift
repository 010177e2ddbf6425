// The structured part of WhatsApp messages: what a card needs beside the words. Names are those that
// `MessageCard` reads; everything in it is as the customer sent it, bounded in size.
import Model

extension WhatsAppContent {
  /// As stored with the message; nil when there is nothing.
  var json: JSONValue? { members.isEmpty ? nil : .object(members) }

  /// How it came: forwarded, about a product, from an ad.
  static func context(_ message: JSONValue) -> [JSONValue.Member] {
    let context = message["context"]
    var members: [JSONValue.Member] = []
    if context["forwarded"].bool == true { members.append(.init("forwarded", true)) }
    if context["frequently_forwarded"].bool == true {
      members.append(.init("frequently_forwarded", true))
    }
    let product = context["referred_product"]
    if let id = product["product_retailer_id"].text {
      let catalog = JSONValue(product["catalog_id"].text)
      members.append(
        .init("product", ["id": .string(id.singleLine(limit: 80)), "catalog": catalog])
      )
    }
    let referral = message["referral"]
    if referral.isObject, !referral.members.isEmpty {
      let isPost = referral["source_type"].text == "post"
      members.append(
        .init(
          "referral",
          [
            "kind": isPost ? "post" : "ad", "headline": JSONValue(referral["headline"].bounded),
            "body": JSONValue(referral["body"].bounded),
            "url": JSONValue(referral["source_url"].bounded),
            "id": JSONValue(referral["source_id"].text),
            "click": JSONValue(referral["ctwa_clid"].text),
          ]
        )
      )
    }
    return members
  }

  static func card(_ type: String, _ body: JSONValue) -> [JSONValue.Member] {
    switch type {
    case "location": [.init("location", place(body))]
    case "contacts": [.init("contacts", .array(body.array.prefix(20).map(contact)))]
    case "order": [.init("order", order(body))]
    case "interactive": interactiveCard(body)
    default: []
    }
  }

  private static func place(_ body: JSONValue) -> JSONValue {
    [
      "name": JSONValue(body["name"].bounded), "address": JSONValue(body["address"].bounded),
      "latitude": body["latitude"].number, "longitude": body["longitude"].number,
      "url": JSONValue(body["url"].bounded),
    ]
  }

  private static func contact(_ card: JSONValue) -> JSONValue {
    func list(_ key: String, _ part: String) -> JSONValue {
      .array(card[key].array.prefix(10).compactMap { $0[part].bounded }.map(JSONValue.string))
    }
    return [
      "name": JSONValue(contactName(card)), "company": JSONValue(card["org"]["company"].bounded),
      "phones": list("phones", "phone"), "emails": list("emails", "email"),
      "urls": list("urls", "url"),
    ]
  }

  /// Items as they were chosen, and what they come to in each currency.
  private static func order(_ body: JSONValue) -> JSONValue {
    let items = body["product_items"].array
    var totals: [(currency: String, amount: Amount)] = []
    var isComplete = true
    for item in items {
      let quantity = min(max(item["quantity"].int64 ?? 1, 1), 100_000)
      let currency = item["currency"].text?.singleLine(limit: 8) ?? ""
      guard let price = item["item_price"].text.flatMap(Amount.init), let sum = price * quantity
      else {
        isComplete = false
        continue
      }
      if let index = totals.firstIndex(where: { $0.currency == currency }) {
        guard let both = totals[index].amount + sum else {
          isComplete = false
          continue
        }
        totals[index].amount = both
      } else {
        totals.append((currency, sum))
      }
    }
    return [
      "catalog": JSONValue(body["catalog_id"].text), "text": JSONValue(body["text"].text),
      "items": .array(
        items.prefix(30).map { item in
          [
            "id": JSONValue(item["product_retailer_id"].bounded),
            "quantity": .number(String(min(max(item["quantity"].int64 ?? 1, 1), 100_000))),
            "price": JSONValue(item["item_price"].text.flatMap(Amount.init)?.text),
            "currency": JSONValue(item["currency"].text?.singleLine(limit: 8)),
          ]
        }
      ),
      "more": JSONValue(max(0, items.count - 30)),
      "total": isComplete
        ? .array(
          totals.map { ["amount": .string($0.amount.text), "currency": .string($0.currency)] }
        ) : [],
    ]
  }
}

/// Money as a webhook writes it, exact to the thousandth: 29.9, 30, 1.125.
struct Amount: Equatable {
  private var thousandths: Int64

  private init(thousandths: Int64) { self.thousandths = thousandths }

  /// Nil for anything but a decimal number of ordinary size.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]), abs(whole) < 1_000_000_000 else {
      return nil
    }
    var rest: Int64 = 0
    if parts.count == 2 {
      let digits = parts[1].prefix(3)
      guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(digits) else {
        return nil
      }
      rest = number * [1, 100, 10, 1][digits.count]
    }
    thousandths = whole * 1000 + (text.hasPrefix("-") ? -rest : rest)
  }

  /// Two digits behind the point, three where needed, none for whole amounts.
  var text: String {
    let rest = abs(thousandths % 1000)
    let sign = thousandths < 0 ? "-" : ""
    let whole = sign + String(abs(thousandths / 1000))
    guard rest != 0 else { return whole }
    let digits = String(String(1000 + rest).dropFirst())
    return whole + "." + (digits.hasSuffix("0") ? String(digits.dropLast()) : digits)
  }

  static func * (amount: Amount, count: Int64) -> Amount? {
    let (product, overflow) = amount.thousandths.multipliedReportingOverflow(by: count)
    return overflow ? nil : Amount(thousandths: product)
  }

  static func + (first: Amount, second: Amount) -> Amount? {
    let (sum, overflow) = first.thousandths.addingReportingOverflow(second.thousandths)
    return overflow ? nil : Amount(thousandths: sum)
  }
}

extension JSONValue {
  /// A text of a size that a card can hold.
  var bounded: String? { text.map { String($0.prefix(500)) } }

  /// A number, also when written as a string; null for anything else.
  var number: JSONValue {
    guard let text, double != nil, (try? JSONValue.parse(text)).map({ !$0.isNull }) ?? false else {
      return .null
    }
    return .number(text)
  }
}
