// One customer's mind: what they asked, how far they are, when they lose interest.

/// Grows with every bubble; a pure value that Customers drives.
struct Conversation {
  enum Phase: Sendable {
    /// Asking around.
    case curious
    /// Offered something they like.
    case keen
    /// A time is agreed.
    case agreed
    /// Nothing more to say unless asked.
    case done
  }

  let persona: Persona
  var topic: Topic
  var phase = Phase.curious
  /// Counts the gym's messages: lines planned before the newest of them lapse.
  var generation = 0
  /// What the gym wrote since their own last line.
  var unanswered: [String] = []
  var followUpsAsked = 0
  var turns = 0
  /// Lines of theirs since the gym last wrote.
  var linesWaiting = 0
  /// Milliseconds since 1970 of the newest thing said by either side.
  var lastAt: Int64

  /// What they say to what the gym wrote, as lines of the script; empty when they have gone.
  mutating func respond(to intent: Intent, _ random: inout SeededRandom) -> [String] {
    turns += 1
    if phase == .done && intent != .asks && intent != .asksTime && intent != .asksName {
      return []
    }
    // People drift off: more likely the longer it takes without a date.
    if phase == .curious && turns > 2 && random.chance(0.12 * Double(turns - 2)) {
      phase = .done
      return []
    }
    let script = Script.of(persona.language)
    switch intent {
    case .booked: return settle(script.booked, .done, &random)
    case .offersTime: return answerTime(script, &random)
    case .asksTime: return settle(script.proposeTime, .keen, &random)
    case .offersTrial: return settle(script.trial, .keen, &random)
    case .tellsPrice: return answerPrice(script, &random)
    case .asksName: return settle(script.names, phase, &random)
    case .asksGoals: return settle(script.goals, phase, &random) + followUp(0.3, &random)
    case .refuses: return settle(script.refusal, random.chance(0.5) ? .done : phase, &random)
    case .thanks: return settle(script.thanks, .done, &random)
    case .asks: return settle(script.anyQuestion, phase, &random) + followUp(0.4, &random)
    case .tells: return news(script, &random)
    }
  }

  private mutating func settle(
    _ lines: [String],
    _ next: Phase,
    _ random: inout SeededRandom
  ) -> [String] {
    phase = next
    return random.pick(lines).map { [$0] } ?? []
  }

  private mutating func answerTime(_ script: Script, _ random: inout SeededRandom) -> [String] {
    guard phase != .agreed else { return settle(script.booked, .done, &random) }
    return random.chance(0.25)
      ? settle(script.otherTime, .keen, &random) : settle(script.acceptTime, .agreed, &random)
  }

  private mutating func answerPrice(_ script: Script, _ random: inout SeededRandom) -> [String] {
    guard random.chance(0.65) else { return settle(script.steepPrice, phase, &random) }
    return settle(script.fairPrice, .keen, &random) + followUp(0.5, &random)
  }

  private mutating func news(_ script: Script, _ random: inout SeededRandom) -> [String] {
    if phase == .agreed { return settle(script.booked, .done, &random) }
    let question = followUp(0.85, &random)
    if !question.isEmpty && random.chance(0.5) { return question }
    let lines = settle(script.news, phase, &random) + question
    if question.isEmpty { phase = .done }
    return lines
  }

  /// The topic's next question, with that probability and as long as there is one.
  private mutating func followUp(_ chance: Double, _ random: inout SeededRandom) -> [String] {
    let questions = Script.of(persona.language).threads[topic]?.followUps ?? []
    guard followUpsAsked < questions.count, random.chance(chance) else { return [] }
    defer { followUpsAsked += 1 }
    return [questions[followUpsAsked]]
  }
}
