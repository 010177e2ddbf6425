// The people: the same seed plays the same play, silence is silence, answers fit the question.
import Model
import Testing

@testable import Simulator

private let start = Timestamp(seconds: 1_790_000_000)

@Suite struct CustomerTests {
  private func play(seed: UInt64, epoch: Timestamp = start, minutes: Int64 = 30) -> [String] {
    var world = World(rate: 30, seed: seed, now: epoch)
    let webhooks = world.due(by: epoch + minutes * .minute)
    return webhooks.map { String(decoding: $0.body, as: UTF8.self) }
  }

  @Test func theSameSeedPlaysTheSamePlay() {
    let first = play(seed: 7)
    #expect(first.count > 300)
    #expect(first == play(seed: 7))
    #expect(first != play(seed: 8))
  }

  @Test func idsDifferBetweenRunsOfTheSameSeed() throws {
    let first = play(seed: 7, minutes: 1)
    let second = play(seed: 7, epoch: start + .day, minutes: 1)
    #expect(Set(first).isDisjoint(with: second))
    #expect(first.count == second.count)
  }

  @Test func atRateZeroNobodyWritesOrAnswers() throws {
    var world = World(rate: 0, now: start)
    #expect(world.due(by: start + .day).isEmpty)
    let send = AcceptedSend(
      id: "wamid.1",
      to: Address(surface: .whatsapp, id: "491715550001"),
      account: "106540352242922",
      request: ["type": "text"],
      text: "When would you like to come?"
    )
    _ = world.accept(send, at: start)
    #expect(world.due(by: start + .day).count == 3)
  }

  @Test func aCustomerAnswersWithinReadingAndTypingTime() throws {
    var world = World(rate: 0.001, now: start)
    let send = AcceptedSend(
      id: "wamid.1",
      to: Address(surface: .whatsapp, id: "34612345678"),
      account: "106540352242922",
      request: ["type": "text"],
      text: "¿Cuándo te viene bien?"
    )
    _ = world.accept(send, at: start)
    let bodies = world.due(by: start + 20 * .second).map {
      String(decoding: $0.body, as: UTF8.self)
    }
    let answers = bodies.filter { $0.contains(#""from":"34612345678""#) }
    #expect(!answers.isEmpty)
  }

  @Test(arguments: [
    ("Would Friday at 18:00 suit you?", Intent.offersTime),
    ("When would you like to come?", .asksTime),
    ("Wann passt es dir?", .asksTime),
    ("It's 29.90 € a month, classes included", .tellsPrice),
    ("How about a free trial session?", .offersTrial),
    ("You're booked! See you tomorrow at 6 pm", .booked),
    ("What is your goal?", .asksGoals),
    ("Leider sind wir ausgebucht.", .refuses),
    ("什么时候方便？", .asksTime),
    ("We have a sauna too", .tells),
  ])
  func theGymsWordsAreUnderstood(text: String, intent: Intent) {
    #expect(Intent(of: text) == intent)
  }

  @Test func everyLanguageHasSomethingToSay() {
    for language in Language.allCases {
      let script = Script.of(language)
      #expect(script.threads.count >= 4)
      #expect(script.threads.values.allSatisfy { !$0.openings.isEmpty })
      let tables = [
        script.fairPrice, script.steepPrice, script.trial, script.acceptTime, script.otherTime,
        script.proposeTime, script.goals, script.names, script.anyQuestion, script.news,
        script.refusal, script.booked, script.thanks, script.nudges, script.photoCaptions,
      ]
      #expect(tables.allSatisfy { !$0.isEmpty && $0.allSatisfy { !$0.isEmpty } })
    }
  }

  @Test func theCastIsLargeAndNobodySharesANumber() {
    var random = SeededRandom(seed: 1)
    let cast = Cast.all(&random)
    #expect(cast.count >= 55)
    #expect(Set(cast.map(\.address)).count == cast.count)
    #expect(Set(cast.map(\.language)).count == Language.allCases.count)
    #expect(cast.contains { $0.surface == .instagram && $0.username != nil })
  }
}
