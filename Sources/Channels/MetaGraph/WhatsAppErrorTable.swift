// The error codes of WhatsApp's Cloud API: rows for GraphErrorTable, also used for the errors
// that receipts bring.
import Model

enum WhatsAppErrorTable {
  static let windowText =
    "More than 24 hours since their last message: only an approved template may be sent"

  static let codes: [Int: GraphErrorRule] = limits.merging(sending) { first, _ in first }
    .merging(account) { first, _ in first }.merging(templates) { first, _ in first }

  private static let limits: [Int: GraphErrorRule] = [
    130_429: GraphErrorRule(.throttle(.number), "The number sends too fast: waiting"),
    131_048: GraphErrorRule(
      .throttle(.number),
      "Too many people blocked or reported this number: sending rests for hours",
      wait: 4 * .hour
    ),
    131_056: GraphErrorRule(.throttle(.recipient), "Too many messages to this person: waiting"),
    131_064: GraphErrorRule(
      .throttle(.business),
      "Limited after a template was in the wrong category: see WhatsApp Manager",
      wait: .hour
    ),
    132_069: GraphErrorRule(.throttle(.flow), "The flow is throttled: 10 an hour"),
  ]

  private static let sending: [Int: GraphErrorRule] = [
    130_472: permanent("WhatsApp holds back marketing to this person for an experiment"),
    130_497: GraphErrorRule(.recipient, "Messages to this country are not allowed", tries: 1),
    131_000: GraphErrorRule(.retry, "WhatsApp failed for an unknown reason: trying again"),
    131_008: permanent("A value is missing", showsDetails: true),
    131_009: permanent("A value is not allowed", showsDetails: true),
    131_014: GraphErrorRule(
      .media,
      "The attachment could not be fetched",
      showsDetails: true,
      tries: 2
    ),
    131_016: GraphErrorRule(.retry, "WhatsApp is not available: trying again"),
    131_021: permanent("The number can't write to itself"),
    131_026: permanent("Could not be delivered: no WhatsApp, an old app, or terms not accepted"),
    131_030: GraphErrorRule(
      .config,
      "A test number writes to listed numbers only: add this one in the app's dashboard"
    ),
    131_035: permanent("The webhook came too late to be kept"),
    131_036: permanent("WhatsApp no longer had the message"),
    131_047: GraphErrorRule(.window, windowText, tries: 1),
    131_049: permanent("WhatsApp held this marketing message back: not before tomorrow"),
    131_050: GraphErrorRule(
      .optOut,
      "They have switched your marketing messages off: write a reply or use a utility template",
      tries: 1
    ),
    131_051: permanent("WhatsApp does not support this kind of message"),
    131_052: GraphErrorRule(.media, "Their attachment can't be downloaded", tries: 1),
    131_053: GraphErrorRule(.media, "The attachment was refused", showsDetails: true, tries: 2),
    131_055: permanent("This kind of message is not allowed here"),
    131_057: GraphErrorRule(.retry, "The number is in maintenance: trying again", wait: .minute),
    131_059: permanent("The list has changed: load it again"),
    131_062: permanent("This message needs the person's phone number"),
    131_063: GraphErrorRule(.config, "Marketing is switched off for this way of sending"),
    134_100: permanent("Only marketing messages may be sent this way"),
    134_101: GraphErrorRule(
      .retry,
      "The template is being prepared: trying again",
      wait: 10 * .minute
    ),
    134_102: GraphErrorRule(.config, "The marketing service is not available for this account"),
    135_000: permanent("WhatsApp refused the message", showsDetails: true),
    137_000: permanent("Their security code has changed: confirm the person, then send again"),
  ]

  private static let account: [Int: GraphErrorRule] = [
    131_005: GraphErrorRule(.config, "Access denied: give the token the messaging permission"),
    131_031: GraphErrorRule(.config, "The business account is locked: see WhatsApp Manager"),
    131_037: GraphErrorRule(.config, "The number needs an approved display name"),
    131_042: GraphErrorRule(.config, "A payment problem: check the payment method at Meta"),
    131_044: GraphErrorRule(.config, "A payment problem with calls: check the payment method"),
    131_045: GraphErrorRule(.config, "The number is not registered: register it at Meta"),
    132_068: GraphErrorRule(.config, "The flow is blocked: mend it in WhatsApp Manager"),
    133_000: GraphErrorRule(.config, "The number's deregistration did not finish: do it again"),
    133_004: GraphErrorRule(.retry, "WhatsApp's registration server is busy: trying again"),
    133_005: GraphErrorRule(.config, "The two-step PIN is wrong: check it"),
    133_006: GraphErrorRule(.config, "The number must be verified again"),
    133_008: GraphErrorRule(.config, "Too many wrong PINs: wait before trying again"),
    133_009: GraphErrorRule(.config, "PINs were entered too fast: wait before trying again"),
    133_010: GraphErrorRule(.config, "The number is not registered: register it at Meta"),
    133_015: GraphErrorRule(.config, "The number was just deleted: register it in 5 minutes"),
    133_016: GraphErrorRule(.config, "The number was registered too often: wait some hours"),
    134_011: GraphErrorRule(.config, "The payments terms are not accepted: accept them at Meta"),
  ]

  private static let templates: [Int: GraphErrorRule] = [
    132_000: template("The template needs another number of values: load the templates again"),
    132_001: template("No approved template of that name and language: load the templates again"),
    132_005: template("The template's text gets too long with these values"),
    132_007: template("The template breaks a policy: change it"),
    132_008: template("A value of the template is missing or wrong: load the templates again"),
    132_012: template("A value of the template has the wrong form: load the templates again"),
    132_015: template("The template is paused for its quality: wait or choose another"),
    132_016: template("The template is disabled for good: choose another"),
  ]

  private static func permanent(_ text: String, showsDetails: Bool = false) -> GraphErrorRule {
    GraphErrorRule(.permanent, text, showsDetails: showsDetails, tries: 1)
  }

  private static func template(_ text: String) -> GraphErrorRule {
    GraphErrorRule(.template, text, tries: 1)
  }
}
