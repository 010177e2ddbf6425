// What a customer says or does in one go.

/// One bubble, reaction or the like.
struct Line: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case text(String)
    case photo(caption: String?)
    case voiceNote
    case place(Place)
    case reaction(String, to: String)
  }

  var content: Content
  /// The ad that brought them; on the first message only.
  var advert: Advert?
  /// The message it quotes.
  var quotes: String?

  init(_ content: Content, advert: Advert? = nil, quotes: String? = nil) {
    self.content = content
    self.advert = advert
    self.quotes = quotes
  }
}

struct Place: Equatable, Sendable {
  var name: String
  var address: String
  var latitude: String
  var longitude: String
}

/// An ad that opens a conversation.
struct Advert: Equatable, Sendable {
  var id: String
  var headline: String
  var body: String

  static let all = [
    Advert(
      id: "120212345678900101",
      headline: "2 weeks free trial",
      body: "Train as often as you like for 14 days. No contract, no strings."
    ),
    Advert(
      id: "120212345678900102",
      headline: "6-week summer shape-up",
      body: "Small group, two coaches, one plan. Starts on the 1st."
    ),
    Advert(
      id: "120212345678900103",
      headline: "Yoga for beginners, Tuesdays 19:00",
      body: "First class is on us. Mats are here."
    ),
    Advert(
      id: "120212345678900104",
      headline: "Bring a friend month",
      body: "Two join, one pays half."
    ),
  ]
}
