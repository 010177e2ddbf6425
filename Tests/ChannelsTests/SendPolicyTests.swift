// The gate: windows to the millisecond, lengths by each provider's measure, placeholders, waits.
import Channels
import Model
import Testing

@Suite struct SendPolicyTests {
  private let last = Timestamp(seconds: 1_793_000_000)

  private func verdict(_ kind: ChannelKind, after: Int64) -> SendVerdict {
    SendPolicy.verdict(SendRequest(channel: kind, lastInboundAt: last), now: last + after)
  }

  private func rule(_ verdict: SendVerdict) -> String? {
    guard case .closed(let rule, let text) = verdict else { return nil }
    return text.isEmpty ? nil : rule
  }

  @Test(arguments: [ChannelKind.whatsapp, .instagram, .messenger])
  func openFor24HoursLessTheMargin(kind: ChannelKind) {
    let end = 24 * Int64.hour - 2 * .minute
    #expect(verdict(kind, after: 0) == .open(until: last + end))
    #expect(verdict(kind, after: end - 1) == .open(until: last + end))
    #expect(verdict(kind, after: end) != .open(until: last + end))
  }

  @Test func whatsAppThenCloses() {
    #expect(rule(verdict(.whatsapp, after: 24 * .hour - 2 * .minute)) == "window")
    #expect(rule(verdict(.whatsapp, after: 400 * .day)) == "window")
  }

  @Test(arguments: [ChannelKind.instagram, .messenger])
  func aPersonMayAnswerForSevenDays(kind: ChannelKind) {
    let end = 7 * Int64.day - 2 * .minute
    #expect(verdict(kind, after: .day) == .openAsHumanAgent(until: last + end))
    #expect(verdict(kind, after: end - 1) == .openAsHumanAgent(until: last + end))
    #expect(rule(verdict(kind, after: end)) == "window")
  }

  @Test func whoNeverWroteCantBeWrittenTo() {
    for kind in [ChannelKind.whatsapp, .instagram, .messenger] {
      #expect(
        rule(SendPolicy.verdict(SendRequest(channel: kind, lastInboundAt: nil), now: last))
          == "never_wrote"
      )
    }
    #expect(
      SendPolicy.verdict(SendRequest(channel: .email, lastInboundAt: nil), now: last)
        == .open(until: nil)
    )
    #expect(
      rule(SendPolicy.verdict(SendRequest(channel: .leadAds, lastInboundAt: last), now: last))
        != nil
    )
  }

  @Test func aTimeAheadOfOursOpensNoLongerWindow() {
    let future = SendPolicy.verdict(
      SendRequest(channel: .whatsapp, lastInboundAt: last + 9 * .day),
      now: last
    )
    #expect(future == .open(until: last + (24 * .hour - 2 * .minute)))
  }

  @Test func lengthsByEachProvidersMeasure() {
    func check(_ kind: ChannelKind, _ text: String) -> String? {
      rule(SendPolicy.textVerdict(kind: kind, text: text))
    }
    #expect(check(.whatsapp, String(repeating: "é", count: 4096)) == nil)
    #expect(check(.whatsapp, String(repeating: "é", count: 4097)) == "too_long")
    #expect(check(.instagram, String(repeating: "é", count: 500)) == nil)
    #expect(check(.instagram, String(repeating: "é", count: 500) + "a") == "too_long")
    #expect(check(.messenger, String(repeating: "é", count: 2000)) == nil)
    #expect(check(.messenger, String(repeating: "é", count: 2001)) == "too_long")
    #expect(check(.whatsapp, " \n\t") == "empty")
    #expect(check(.whatsapp, "Hi {name}!") == "placeholder")
  }

  @Test(
    arguments: [
      ("Hi {name}, {gym_name} {{1}}", ["{name}", "{gym_name}", "{1}"]),
      ("{} { } {:} {a b} {unclosed }x{", []),
      ("{größe}", ["{größe}"]),
    ]
  ) func findsOpenPlaceholders(text: String, expected: [String]) {
    #expect(Placeholder.all(in: text).map { "{\($0.name)}" } == expected)
  }

  @Test func backsOffWithFullJitter() {
    let longest = Backoff { $0.upperBound }
    #expect((1...5).map { longest.delay(afterTry: $0) } == [1000, 4000, 16_000, 64_000, nil])
    #expect(Backoff { $0.lowerBound }.delay(afterTry: 3) == 1, "no try follows at once")
    #expect(Backoff { $0.lowerBound }.endlessDelay(afterFailure: 1) == 1)
    #expect(longest.delay(afterTry: 2, tries: 2) == nil)
    #expect(longest.delay(afterTry: 1, atLeast: 500) == 1500)
    #expect(longest.delay(afterTry: 0) == nil)
    #expect(
      [1, 4, 5, 900].map { longest.endlessDelay(afterFailure: $0) } == [
        1000, 64_000, 64_000, 64_000,
      ]
    )
    for _ in 0..<200 {
      let delay = Backoff().delay(afterTry: 2) ?? -1
      #expect((1...4000).contains(delay))
    }
  }
}
