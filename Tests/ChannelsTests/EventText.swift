// Decoded events as lines of text: what the golden files beside the webhook fixtures hold.
import Channels
import Model

extension DecodedWebhook {
  var lines: String {
    let head = ["summary \(summary)", parkedReason.map { "parked \($0)" }].compactMap { $0 }
    return (head + events.map(\.line)).map { $0 + "\n" }.joined()
  }
}

extension InboundEvent {
  fileprivate var line: String {
    "\(account.kind.rawValue) \(account.id) " + fact.line
  }
}

extension InboundFact {
  fileprivate var line: String {
    switch self {
    case .message(let message): message.line
    case .receipt(let receipt): receipt.line
    case .readUpTo(let person, let at, let id):
      "read up to \(at.milliseconds) \(person.line) id \(id ?? "-")"
    case .reaction(let reaction): reaction.line
    case .identityChange(let change): change.line
    case .consent(let consent): consent.line
    case .leadForm(let form):
      "lead form \(form.id) form \(form.form ?? "-") ad \(form.ad ?? "-") "
        + "at \(form.at.milliseconds)"
    case .account(let notice): notice.line
    case .notice(let kind, let summary): "notice \(kind) | \(summary)"
    case .template(let notice):
      "template \(notice.name) \(notice.language) id \(notice.providerID ?? "-") "
        + "at \(notice.at.milliseconds) \(notice.change)"
    }
  }
}

extension IdentityChange {
  fileprivate var line: String {
    "identity \(kind.rawValue) of \(person.line) retired \(retired.line) fresh \(fresh.line) "
      + "at \(at.milliseconds)"
  }
}

extension InboundConsent {
  fileprivate var line: String {
    "consent \(person.line) \(entry.category.rawValue) \(entry.decision.rawValue) by "
      + "\(entry.source.rawValue) at \(entry.at.milliseconds) | \(entry.detail ?? "-")"
  }
}

extension AccountNotice {
  fileprivate var line: String {
    let words: String
    switch effect {
    case nil: words = ""
    case .resume: words = " resumes"
    case .pause(let reason, let until):
      words = " pauses (\(reason)) until \(until.map { "\($0.milliseconds)" } ?? "-")"
    }
    return "account \(kind) \(severity.rawValue) at \(at.milliseconds)\(words) "
      + "| \(title) | \(detail)"
  }
}

extension InboundMessage {
  fileprivate var line: String {
    var words = [isEcho ? "out" : "in", kind.rawValue, providerID, person.line]
    if let profileName { words.append("name “\(profileName)”") }
    words.append("at \(providerAt.milliseconds)")
    if isHistory { words.append("history") }
    if let replyTo { words.append("to \(replyTo)") }
    if let referral {
      words.append("from \(referral.kind) “\(referral.headline ?? "")” \(referral.url ?? "-")")
    }
    if let echoStatus { words.append(echoStatus.rawValue) }
    let rest = content.map { "\n  " + $0.encoded() } ?? ""
    return words.joined(separator: " ") + " | " + text + rest
      + media.map { "\n  " + $0.line }.joined()
  }
}

extension InboundMedia {
  fileprivate var line: String {
    let parts = [
      ("id", providerID), ("type", mime), ("sha256", sha256), ("name", name), ("at", url),
    ]
    return "file \(kind.rawValue)"
      + parts.compactMap { name, value in value.map { " \(name) \($0)" } }.joined()
  }
}

extension InboundReceipt {
  fileprivate var line: String {
    var words = ["receipt", status.rawValue, providerID, "at \(at.milliseconds)", recipient.line]
    if let callbackData { words.append("ours \(callbackData)") }
    if let failure { words.append("| \(failure.code.map(String.init) ?? "-") \(failure.title)") }
    return words.joined(separator: " ")
  }
}

extension InboundReaction {
  fileprivate var line: String {
    [
      isEcho ? "out" : "in", "reaction", emoji ?? "taken back", providerID, "to \(target)",
      person.line, profileName.map { "name “\($0)”" } ?? "", "at \(at.milliseconds)",
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension [Identity] {
  fileprivate var line: String {
    isEmpty ? "nobody" : map { "\($0.kind.rawValue):\($0.value)" }.joined(separator: ",")
  }
}
