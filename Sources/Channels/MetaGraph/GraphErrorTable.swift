// What each Graph error means for us, as data: decided by code and subcode, never by text (it is
// localised) and not by HTTP status (throttling comes as 400, 403 or 429).
import Model

/// A row of the table.
struct GraphErrorRule: Equatable {
  var errorClass: GraphErrorClass
  /// What happened, what to do; empty where only the provider's words can say it.
  var text: String
  /// The provider's details belong behind the text.
  var showsDetails = false
  var tries = Backoff.tries
  /// Milliseconds to hold off at least.
  var wait: Int64?

  init(
    _ errorClass: GraphErrorClass,
    _ text: String,
    showsDetails: Bool = false,
    tries: Int = Backoff.tries,
    wait: Int64? = nil
  ) {
    self.errorClass = errorClass
    self.text = text
    self.showsDetails = showsDetails
    self.tries = tries
    self.wait = wait
  }

  /// One line for a person; `said` is how the provider puts it.
  func words(saying said: String) -> String {
    let said = said.singleLine(limit: 200)
    return text.isEmpty ? said : text + (showsDetails ? ": \(said)" : "")
  }
}

extension GraphErrorClass {
  /// What a failure of this class concerns beside its message.
  func reach(wait: Int64?) -> MessageFailure.Reach {
    switch self {
    case .auth, .config: .channel(wait: nil)
    case .throttle(.recipient), .throttle(.flow): .message
    case .throttle: .channel(wait: wait ?? .second)
    case .optOut: .marketing
    case .retry, .window, .permanent, .recipient, .media, .template, .held: .message
    }
  }
}

package enum GraphErrorTable {
  /// What a receipt's error means: it carries a code and no subcode, and words of the provider.
  package static func failure(code: Int?, saying words: String) -> MessageFailure {
    guard let rule = code.flatMap({ rule(code: $0) }) else {
      return MessageFailure(code: code, title: words)
    }
    return MessageFailure(
      code: code,
      title: rule.words(saying: words),
      reach: rule.errorClass.reach(wait: rule.wait)
    )
  }

  /// The most exact rule: for the subcode, for the code, for its range, for the HTTP status.
  static func rule(code: Int?, subcode: Int?, httpStatus: Int) -> GraphErrorRule {
    if let code, let subcode {
      if let rule = MessagingErrorTable.rule(code: code, subcode: subcode) { return rule }
      if let rule = pairs[Pair(code, subcode)] { return rule }
    }
    return code.flatMap { rule(code: $0) } ?? byStatus(httpStatus)
  }

  private static func rule(code: Int) -> GraphErrorRule? {
    codes[code] ?? WhatsAppErrorTable.codes[code] ?? ranges.first { $0.codes.contains(code) }?.rule
  }

  /// For codes that nobody knows and answers without one.
  private static func byStatus(_ status: Int) -> GraphErrorRule {
    switch status {
    case 401: GraphErrorRule(.auth, "The access token was refused: renew it", showsDetails: true)
    case 403, 404, 300..<400:
      GraphErrorRule(
        .config,
        "Refused: check the channel's account and address",
        showsDetails: true
      )
    case 429: GraphErrorRule(.throttle(.app), "Too many requests: waiting")
    case 500...: GraphErrorRule(.retry, "Meta has trouble: trying again", showsDetails: true)
    default: GraphErrorRule(.permanent, "", tries: 1)
    }
  }

  private struct Pair: Hashable {
    var code: Int
    var subcode: Int

    init(_ code: Int, _ subcode: Int) {
      self.code = code
      self.subcode = subcode
    }
  }

  /// Limits that are counted over an hour (Meta, "Rate limits"): a second's rest would be none.
  private static func hourly(_ scope: GraphScope, _ text: String) -> GraphErrorRule {
    GraphErrorRule(.throttle(scope), text, wait: .minute)
  }

  private static let newLogin = "make a new access token and put it in the config"

  private static let pairs: [Pair: GraphErrorRule] = [
    Pair(2, 1_545_133): GraphErrorRule(.retry, "Meta has passing trouble: trying again"),
    Pair(100, 33): GraphErrorRule(
      .config,
      "The account is gone or this token may not use it: check the channel's ids and token"
    ),
    Pair(190, 458): GraphErrorRule(.auth, "The app was removed from the account: \(newLogin)"),
    Pair(190, 459): GraphErrorRule(
      .auth,
      "The account needs a log-in on Facebook, then \(newLogin)"
    ),
    Pair(190, 460): GraphErrorRule(.auth, "The account's password was changed: \(newLogin)"),
    Pair(190, 463): GraphErrorRule(.auth, "The access token has expired: renew it in the config"),
    Pair(190, 464): GraphErrorRule(.auth, "The account is not confirmed on Facebook: \(newLogin)"),
    Pair(190, 467): GraphErrorRule(.auth, "The access token is no longer valid: renew it"),
    Pair(190, 492): GraphErrorRule(.auth, "The account may not act for the page: \(newLogin)"),
    Pair(613, 1996): GraphErrorRule(.throttle(.app), "Too many calls at once: waiting"),
  ]

  /// Codes of the Graph API itself.
  private static let codes: [Int: GraphErrorRule] = [
    0: GraphErrorRule(.auth, "The access token was refused: \(newLogin)"),
    1: GraphErrorRule(.retry, "Meta could not handle the request", showsDetails: true, tries: 3),
    2: GraphErrorRule(.retry, "Meta's service is down: trying again"),
    3: GraphErrorRule(.config, "The app lacks a capability: check its setup at Meta"),
    4: hourly(.app, "The app's call limit is reached: waiting"),
    10: GraphErrorRule(.config, "A permission is missing: grant it to the app", showsDetails: true),
    17: hourly(.account, "The user's call limit is reached: waiting"),
    32: hourly(.account, "The page's call limit is reached: waiting"),
    33: GraphErrorRule(.config, "The number or account is gone: check the channel's ids"),
    100: GraphErrorRule(.permanent, "Meta refused a value", showsDetails: true, tries: 1),
    102: GraphErrorRule(.auth, "The session has ended: \(newLogin)"),
    190: GraphErrorRule(.auth, "The access token is not valid: \(newLogin)"),
    341: hourly(.app, "The app's limit is reached: waiting"),
    368: GraphErrorRule(
      .config,
      "Meta has blocked this account for a while for breaking a policy: see its business settings"
    ),
    470: GraphErrorRule(.window, WhatsAppErrorTable.windowText, tries: 1),
    551: GraphErrorRule(.recipient, "This person can't be reached now", tries: 1),
    613: GraphErrorRule(.throttle(.app), "Too many calls: waiting"),
    36_000: GraphErrorRule(.media, "The attachment was refused", showsDetails: true, tries: 1),
    2_494_100: GraphErrorRule(.retry, "The number is being upgraded: trying again", wait: .minute),
    9_000_001: GraphErrorRule(.permanent, "The message or thread is gone", tries: 1),
  ]

  private static let ranges: [(codes: ClosedRange<Int>, rule: GraphErrorRule)] = [
    (200...299, GraphErrorRule(.config, "A permission is missing", showsDetails: true)),
    (80_001...80_001, hourly(.account, "The page's limit is reached: waiting")),
    (80_002...80_006, hourly(.account, "The account's limit is reached: waiting")),
    (80_007...80_008, hourly(.business, "The business's limit is reached: waiting")),
    (80_009...80_009, hourly(.account, "The account's limit is reached: waiting")),
    (80_014...80_014, hourly(.account, "The account's limit is reached: waiting")),
    (133_005...133_016, GraphErrorRule(.config, "The number's registration", showsDetails: true)),
    (138_000...139_999, GraphErrorRule(.permanent, "", tries: 1)),
    (147_001...147_004, GraphErrorRule(.permanent, "", tries: 1)),
    (2_388_000...2_388_999, GraphErrorRule(.template, "", tries: 1)),
  ]
}
