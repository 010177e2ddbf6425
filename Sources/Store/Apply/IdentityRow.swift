// A name as it is stored: which account it is kept with, and how else it may be written.
import GRDB
import Model

/// What is stored of a name.
struct IdentityRow {
  var id: Int64
  var person: Int64
  var lastSeen: Int64
  var firstSeen: Int64
  var merge: Int64?
  /// What the person is called.
  var name: String

  init(row: Row) {
    id = row[0]
    person = row[1]
    lastSeen = row[2]
    firstSeen = row[3]
    merge = row[4]
    name = row[5]
  }
}

extension Identity {
  /// Ids that only one account knows are kept with that account.
  func scope(in channel: ChannelAccount) -> String {
    switch kind {
    case .igsid, .psid, .username: channel.id
    case .phone, .bsuid, .parentBSUID, .email: ""
    }
  }

  /// The value and how else the same number is written: Brazil's ninth digit, Argentina's 9,
  /// Mexico's 1.
  ///
  /// What arrived is never rewritten.
  var spellings: [String] {
    guard kind == .phone else { return [value] }
    var spellings = [value]
    let digits = Array(value)
    if value.hasPrefix("55"), digits.count == 13, digits[4] == "9" {
      spellings.append(String(digits[..<4] + digits[5...]))
    } else if value.hasPrefix("55"), digits.count == 12 {
      spellings.append(String(digits[..<4]) + "9" + String(digits[4...]))
    } else if value.hasPrefix("549"), digits.count == 13 {
      spellings.append("54" + String(digits[3...]))
    } else if value.hasPrefix("54"), digits.count == 12 {
      spellings.append("549" + String(digits[2...]))
    } else if value.hasPrefix("521"), digits.count == 13 {
      spellings.append("52" + String(digits[3...]))
    } else if value.hasPrefix("52"), digits.count == 12 {
      spellings.append("521" + String(digits[2...]))
    }
    return spellings
  }
}

extension [Identity] {
  /// What somebody without a profile name is called: username, phone, or the id itself.
  var displayName: String {
    if let username = first(where: { $0.kind == .username }) { return "@" + username.value }
    if let phone = first(where: { $0.kind == .phone }) { return "+" + phone.value }
    return first?.value ?? "Unknown"
  }
}
