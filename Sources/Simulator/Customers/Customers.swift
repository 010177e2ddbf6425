// Plays the customers: who writes next, and what somebody answers to the gym. Pure; World owns it.
import Model

struct Customers {
  /// A line and how long after the moment it comes.
  struct Planned: Equatable, Sendable {
    var line: Line
    var after: Int64
  }

  /// Conversations kept in mind; a load run with more lets the longest silent go.
  static let capacity = 20_000

  private var random: SeededRandom
  private var cast: [Persona]
  private var used = 0
  /// Openings in use, so that two people don't begin with the same words.
  private var spoken: Set<String> = []
  private var conversations: [Address: Conversation] = [:]
  /// Addresses in the order they first wrote.
  private var recent: [Address] = []

  init(seed: UInt64, accounts: Accounts) {
    random = SeededRandom(seed: seed &+ 0x51ed)
    cast = Cast.all(&random).filter { persona in
      persona.surface == .whatsapp ? !accounts.whatsapp.isEmpty : !accounts.instagram.isEmpty
    }
  }

  func conversation(_ address: Address) -> Conversation? { conversations[address] }

  // MARK: Unprompted

  /// Somebody writes by themselves: mostly somebody new, else one who waits, or comes back.
  mutating func arrive(at now: Timestamp) -> (persona: Persona, lines: [Planned]) {
    if random.chance(0.3), let again = revisit(at: now) { return again }
    let persona: Persona
    if used < cast.count {
      persona = cast[used]
      used += 1
    } else if random.chance(0.5), let again = comeBack(at: now) {
      return again
    } else {
      // Some countries' made-up numbers are few: whoever has the number already writes again.
      let extra = Cast.extra(&random)
      persona = conversations[extra.address]?.persona ?? extra
    }
    return open(persona, at: now)
  }

  private mutating func open(
    _ persona: Persona,
    at now: Timestamp
  ) -> (persona: Persona, lines: [Planned]) {
    let (topic, opening) = opening(in: persona.language)
    remember(Conversation(persona: persona, topic: topic, lastAt: now.milliseconds))
    var lines = plan(opening, first: 0)
    if topic == .trial || random.chance(0.1) {
      lines[0].line.advert = random.pick(Advert.all)
    }
    if topic == .parking && random.chance(0.5) && persona.surface == .whatsapp {
      lines.append(Planned(line: Line(.place(Self.place)), after: 5200))
    }
    return (persona, lines)
  }

  /// A first line that nobody has used yet, as long as the language has one.
  private mutating func opening(in language: Language) -> (topic: Topic, text: String) {
    let threads = Script.of(language).threads
    let all = Topic.allCases.flatMap { topic in
      (threads[topic]?.openings ?? []).map { (topic: topic, text: $0) }
    }
    if all.allSatisfy({ spoken.contains($0.text) }) { spoken.subtract(all.map(\.text)) }
    // Price and trial are what most people ask.
    let fresh = all.filter { !spoken.contains($0.text) }
    let weighted = fresh + fresh.filter { $0.topic == .price || $0.topic == .trial }
    let choice = random.pick(weighted) ?? (topic: .price, text: "Hi!")
    spoken.insert(choice.text)
    return choice
  }

  /// Somebody who has waited for a minute or more asks again.
  private mutating func revisit(at now: Timestamp) -> (persona: Persona, lines: [Planned])? {
    let waiting = recent.prefix(200).filter { address in
      guard let conversation = conversations[address] else { return false }
      return (1...2).contains(conversation.linesWaiting) && conversation.phase != .done
        && now.milliseconds - conversation.lastAt > .minute
    }
    guard let address = random.pick(Array(waiting)), var conversation = conversations[address]
    else { return nil }
    conversation.lastAt = now.milliseconds
    let nudge = random.pick(Script.of(conversation.persona.language).nudges) ?? "Hello?"
    remember(conversation)
    return (conversation.persona, plan(nudge, first: 0))
  }

  /// Somebody whose matter was settled returns with another.
  private mutating func comeBack(at now: Timestamp) -> (persona: Persona, lines: [Planned])? {
    let settled = recent.prefix(200).filter { address in
      guard let conversation = conversations[address] else { return false }
      return now.milliseconds - conversation.lastAt > 3 * .minute
    }
    guard let address = random.pick(Array(settled)), let old = conversations[address] else {
      return nil
    }
    return open(old.persona, at: now)
  }

  // MARK: Answers

  /// The gym wrote to `address`; what they answer, counted from when they have read it.
  mutating func hear(
    _ text: String,
    id: String,
    at address: Address,
    now: Timestamp
  ) -> (lines: [Planned], generation: Int) {
    var conversation =
      conversations[address]
      ?? Conversation(
        persona: Cast.stranger(address, hearing: text),
        topic: .trial,
        lastAt: now.milliseconds
      )
    conversation.generation += 1
    conversation.linesWaiting = 0
    conversation.lastAt = now.milliseconds
    conversation.unanswered.append(text)
    let intent = Intent(of: conversation.unanswered.joined(separator: " "))
    let wasAgreed = conversation.phase == .agreed
    let said = conversation.respond(to: intent, &random)
    remember(conversation)
    return (answer(said, to: id, intent, wasAgreed, conversation), conversation.generation)
  }

  /// They said a line: what the gym wrote before is answered by it.
  mutating func said(by address: Address, at now: Timestamp) {
    guard var conversation = conversations[address] else { return }
    conversation.linesWaiting += 1
    conversation.unanswered = []
    conversation.lastAt = now.milliseconds
    remember(conversation)
  }

  private mutating func answer(
    _ said: [String],
    to id: String,
    _ intent: Intent,
    _ wasAgreed: Bool,
    _ conversation: Conversation
  ) -> [Planned] {
    guard let first = said.first else {
      // Gone, but half of them still leave a thumb.
      guard conversation.phase == .done, random.chance(0.5) else { return [] }
      return [Planned(line: Line(.reaction("👍", to: id)), after: random.milliseconds(2000...6000))]
    }
    if (wasAgreed || intent == .booked) && random.chance(0.4) {
      let emoji = random.pick(["👍", "❤️", "🙏", "💪"]) ?? "👍"
      let after = random.milliseconds(2000...5000)
      return [Planned(line: Line(.reaction(emoji, to: id)), after: after)]
    }
    if said.count == 1 && random.chance(0.05) {
      return [Planned(line: Line(.voiceNote), after: random.milliseconds(6000...12_000))]
    }
    var lines = plan(
      said.joined(separator: "|").replacing("{name}", with: conversation.firstName),
      first: typingTime(first)
    )
    if intent == .asks || intent == .tells, random.chance(0.08) {
      let captions = Script.of(conversation.persona.language).photoCaptions
      let caption = random.chance(0.6) ? random.pick(captions) : nil
      lines.append(
        Planned(line: Line(.photo(caption: caption)), after: (lines.last?.after ?? 0) + 4500)
      )
    }
    if random.chance(0.06), conversation.unanswered.count > 1 { lines[0].line.quotes = id }
    return lines
  }

  // MARK: Parts

  /// The bubbles of a line: the first after `first` ms, the rest as fast as people type on.
  private mutating func plan(_ text: String, first: Int64) -> [Planned] {
    var after = first
    return Script.bubbles(text).enumerated().map { index, bubble in
      if index > 0 { after += 1200 + Int64(bubble.count) * 45 + random.milliseconds(0...900) }
      return Planned(line: Line(.text(bubble)), after: after)
    }
  }

  /// 2 to 12 seconds, by length.
  private mutating func typingTime(_ text: String) -> Int64 {
    min(12_000, 2000 + Int64(text.count) * 70 + random.milliseconds(0...2500))
  }

  private mutating func remember(_ conversation: Conversation) {
    let address = conversation.persona.address
    if conversations.updateValue(conversation, forKey: address) == nil {
      recent.append(address)
      if recent.count > Self.capacity { conversations[recent.removeFirst()] = nil }
    }
  }

  private static let place = Place(
    name: "Parkhaus Mitte",
    address: "Rosenstraße 17, 10178 Berlin",
    latitude: "52.521918",
    longitude: "13.404954"
  )
}

extension Conversation {
  fileprivate var firstName: String {
    let name = persona.name ?? "Alex"
    return persona.language == .chinese ? name : String(name.split(separator: " ").first ?? "Alex")
  }
}
