// What customers say, as data: one script a language. In every line `|` parts the bubbles.

enum Language: String, Sendable, CaseIterable {
  case english, spanish, portuguese, german, french, arabic, hindi, chinese
}

/// What people ask a gym about.
enum Topic: String, Sendable, CaseIterable {
  case price, trial, hours, personalTraining, kids, injury, cancel, pause, parking, womenOnly
  case corporate, yoga
}

struct Script: Sendable {
  /// How a conversation on a topic begins, and what is asked further on.
  struct Thread: Sendable {
    var openings: [String]
    var followUps: [String]
  }

  var threads: [Topic: Thread]
  /// To a price that suits, and to one that doesn't.
  var fairPrice: [String]
  var steepPrice: [String]
  /// To the offer of a trial.
  var trial: [String]
  /// To a proposed time: that one, or another.
  var acceptTime: [String]
  var otherTime: [String]
  /// To the question when they would like to come.
  var proposeTime: [String]
  /// To questions about goals, experience, names, and to any other.
  var goals: [String]
  var names: [String]
  var anyQuestion: [String]
  /// To news, to bad news, to a booking.
  var news: [String]
  var refusal: [String]
  var booked: [String]
  var thanks: [String]
  /// When nobody has answered for a while.
  var nudges: [String]
  var photoCaptions: [String]

  static func of(_ language: Language) -> Script {
    switch language {
    case .english: .english
    case .spanish: .spanish
    case .portuguese: .portuguese
    case .german: .german
    case .french: .french
    case .arabic: .arabic
    case .hindi: .hindi
    case .chinese: .chinese
    }
  }

  /// The bubbles of a line.
  static func bubbles(_ line: String) -> [String] {
    line.split(separator: "|").map(String.init)
  }
}
