// Leads by the thousand for benchmarks: cheap to make, the same for the same seed.
import Model
import Store

/// Makes any number of plausible leads, one at a time.
struct MassLeads {
  private var state: UInt64
  private let now: Timestamp
  private let kinds: [ChannelKind]
  private let stages: [Stage]
  private let users: Int
  private let seed: UInt64

  /// `kinds` are those that the gym has channels for; `users` how many can own a lead.
  init(seed: UInt64, now: Timestamp, kinds: [ChannelKind], stages: [Stage], users: Int) {
    self.seed = seed
    state = seed
    self.now = now
    self.kinds = kinds
    self.stages = stages
    self.users = users
  }

  /// Lead number `index`, with `messages` messages over up to half a year.
  mutating func lead(_ index: Int, messages: Int) -> ImportedLead {
    let first = pick(Self.firstNames)
    let name = first + " " + pick(Self.lastNames)
    let kind = kinds.isEmpty ? .whatsapp : kinds[number(kinds.count)]
    let span = Int64(number(180 * 24 * 60)) * .minute + Int64(messages) * .minute
    let created = now - span
    let position = number(10) < 6 ? number(min(6, stages.count)) : number(max(1, stages.count))
    let stage = stages.indices.contains(position) ? stages[position] : nil
    let owner = users > 0 && number(3) > 0 ? number(users) : nil
    return ImportedLead(
      name: name,
      identities: identities(kind, index, first),
      channelKind: kind,
      stage: position,
      owner: owner,
      touch: Touch(
        kind: number(4) == 0 ? "ad" : "channel",
        headline: nil,
        url: nil,
        at: created
      ),
      createdAt: created,
      lines: lines(messages, from: created, over: span, author: owner),
      closeReason: stage?.kind == .lost ? pick(Self.reasons) : nil
    )
  }

  private func identities(_ kind: ChannelKind, _ index: Int, _ first: String) -> [Identity] {
    // The seed is in the number, so that a second seed adds other people.
    let digits = String(1_000_000_000 + (Int(seed % 89) * 10_000_000 + index) % 9_000_000_000)
    guard kind != .whatsapp else { return [Identity(kind: .phone, value: "4915" + digits)] }
    return [
      Identity(kind: kind == .messenger ? .psid : .igsid, value: "18000" + digits),
      Identity(kind: .username, value: "\(first.lowercased()).\(index)"),
    ]
  }

  private mutating func lines(
    _ count: Int,
    from start: Timestamp,
    over span: Int64,
    author: Int?
  ) -> [ImportedLead.Line] {
    var lines: [ImportedLead.Line] = []
    lines.reserveCapacity(count)
    let step = max(1, span / Int64(max(1, count)))
    for index in 0..<count {
      let isInbound = index == 0 || number(2) == 0
      lines.append(
        ImportedLead.Line(
          direction: isInbound ? .inbound : .outbound,
          text: pick(isInbound ? Self.questions : Self.answers),
          at: start + Int64(index) * step,
          status: isInbound ? .received : .read,
          author: isInbound ? nil : author ?? (users > 0 ? 0 : nil)
        )
      )
    }
    return lines
  }

  /// 0..<bound by SplitMix64; bound is at least 1.
  private mutating func number(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }

  private mutating func pick(_ choices: [String]) -> String { choices[number(choices.count)] }

  private static let firstNames = [
    "Anna", "Ben", "Clara", "David", "Elena", "Farid", "Grace", "Hugo", "Irina", "Jakub", "Kofi",
    "Lena", "Mila", "Noah", "Olga", "Paulo", "Qiang", "Rosa", "Samir", "Tara", "Umar", "Vera",
    "Wanda", "Xenia", "Yusuf", "Zita", "José", "Zoë", "Łukasz", "Søren", "Márta", "Ángel",
  ]
  private static let lastNames = [
    "Abel", "Baker", "Costa", "Dahl", "Evans", "Fischer", "García", "Haas", "Ivanov", "Jansen",
    "Kowalska", "López", "Müller", "Novák", "Okafor", "Petrov", "Quinn", "Rossi", "Sato", "Torres",
    "Ueda", "Vogel", "Weber", "Xu", "Yılmaz", "Zhang", "O'Brien", "Nguyễn", "Sørensen", "Şahin",
  ]
  private static let questions = [
    "Hi! How much is a membership?", "Is the free trial still on? 💪", "Are you open on Sundays?",
    "Hallo, wann ist der Yogakurs?", "¿Tienen clases para niños?", "Oi, tem estacionamento?",
    "Do you have a personal trainer for me?", "Can I pause for two months?", "Thanks! 🙏",
    "Friday at 6 works for me 👍", "My knee still hurts a bit, is that a problem?",
    "Bonjour, quel est le tarif étudiant ?", "Could you send me the class plan please?",
    "What would it be for the two of us?", "I'd rather come in the morning", "See you then!",
  ]
  private static let answers = [
    "Hi, thanks for writing! It's 29.90 a month, classes included.",
    "Of course! Would Thursday at 18:00 suit you?", "We're open 8:00 to 20:00 at weekends.",
    "You're booked. Bring a towel and indoor shoes 🙂", "Gern! Komm einfach vorbei.",
    "We missed you today. Shall we find another time?", "¡Claro! Los martes y jueves a las 17:00.",
    "Sarah is a physiotherapist, she'll look after you.", "Welcome aboard! 🎉",
    "No problem, I've paused it from the first.", "I'll keep a spot for you.", "See you soon 👋",
  ]
  private static let reasons = ["Too expensive", "Too far away", "Went elsewhere", "No time"]
}
