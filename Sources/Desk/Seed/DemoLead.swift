// A demo lead as people write it down: who, where, which stage, and the talk with ages for times.
import Model
import Store

/// One of the demo's leads, with a past that ends now.
struct DemoLead: Sendable {
  var name: String
  /// `+` and digits on WhatsApp, `@username` on Instagram.
  var contact: String
  var stage: String
  /// `a` and `b` are the first two users; nil is nobody.
  var owner: Character?
  /// The ad, link or referral that brought them; nil when they just wrote.
  var source: String?
  /// `c 2d3h Hi!`: who (`c`ustomer, `a`, `b`), how long ago, words; `!131026` fails a line.
  var talk: [String]
  /// `a 1d Called, wants mornings`: author, how long ago, words.
  var notes: [String]
  /// Why it was lost.
  var reason: String?

  init(
    _ name: String,
    _ contact: String,
    _ stage: String,
    owner: Character? = nil,
    source: String? = nil,
    notes: [String] = [],
    reason: String? = nil,
    _ talk: [String]
  ) {
    self.name = name
    self.contact = contact
    self.stage = stage
    self.owner = owner
    self.source = source
    self.talk = talk
    self.notes = notes
    self.reason = reason
  }

  var channelKind: ChannelKind { contact.hasPrefix("@") ? .instagram : .whatsapp }

  /// The lead as the store imports it; `position` finds a stage by name.
  func imported(now: Timestamp, position: (String) -> Int?) -> ImportedLead {
    let lines = talk.compactMap { Entry($0) }
    let created = now - (lines.first?.age ?? 0)
    return ImportedLead(
      name: name,
      identities: identities,
      channelKind: channelKind,
      stage: position(stage) ?? 0,
      owner: owner.flatMap(Self.user),
      touch: touch(at: created),
      createdAt: created,
      lines: lines.enumerated().map { index, entry in
        line(entry, isLast: index == lines.count - 1, now: now)
      },
      notes: notes.compactMap { Entry($0) }.map { (now - $0.age, Self.user($0.who), $0.text) },
      closeReason: reason
    )
  }

  private var identities: [Identity] {
    let rest = String(contact.dropFirst())
    guard channelKind == .instagram else { return [Identity(kind: .phone, value: rest)] }
    // A scoped id made from the username, so that it is the same in every run.
    let number = rest.utf8.reduce(UInt64(1469)) { ($0 &* 1_099_511_628_211) ^ UInt64($1) }
    let igsid = "19" + String(100_000_000_000_000 + number % 900_000_000_000_000).suffix(15)
    return [Identity(kind: .igsid, value: igsid), Identity(kind: .username, value: rest)]
  }

  private func touch(at time: Timestamp) -> Touch {
    guard let source else {
      return Touch(kind: "channel", headline: channelKind.title, url: nil, at: time)
    }
    let parts = source.split(separator: ":", maxSplits: 1).map(String.init)
    return Touch(kind: parts[0], headline: parts.count > 1 ? parts[1] : nil, url: nil, at: time)
  }

  private func line(_ entry: Entry, isLast: Bool, now: Timestamp) -> ImportedLead.Line {
    let isInbound = entry.who == "c"
    var line = ImportedLead.Line(
      direction: isInbound ? .inbound : .outbound,
      text: entry.text,
      at: now - entry.age,
      status: isInbound ? .received : isLast ? .delivered : .read,
      author: Self.user(entry.who)
    )
    if let code = entry.failure {
      line.status = .failed
      line.failure = MessageFailure(code: code, title: "Message undeliverable")
    }
    return line
  }

  private static func user(_ who: Character) -> Int? {
    switch who {
    case "a": 0
    case "b": 1
    default: nil
    }
  }

  /// `who age text`, such as `c 1d4h30m Hello`.
  private struct Entry {
    var who: Character
    var age: Int64
    var text: String
    var failure: Int?

    init?(_ line: String) {
      let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard parts.count == 3, let first = parts[0].first, let age = Self.age(parts[1]) else {
        return nil
      }
      who = first
      self.age = age
      text = parts[2]
      if text.hasPrefix("!"), let end = text.firstIndex(of: " ") {
        failure = Int(text[text.index(after: text.startIndex)..<end])
        text = String(text[text.index(after: end)...])
      }
    }

    /// Days, hours, minutes: `12d3h`, `45m`.
    private static func age(_ text: String) -> Int64? {
      let units: [Character: Int64] = ["d": .day, "h": .hour, "m": .minute]
      var age: Int64 = 0
      var digits = ""
      for character in text {
        if let unit = units[character] {
          guard let number = Int64(digits) else { return nil }
          age += number * unit
          digits = ""
        } else {
          digits.append(character)
        }
      }
      return digits.isEmpty ? age : nil
    }
  }
}
