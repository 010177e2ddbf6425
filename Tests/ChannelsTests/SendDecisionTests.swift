// What an answer to a send means for the message and its channel.
import Model
import Testing

@testable import Channels

@Suite struct SendDecisionTests {
  private typealias History = SendDecision.History

  private let longest = Backoff(random: { $0.upperBound })

  private func decide(
    _ code: Int?,
    subcode: Int? = nil,
    status: Int = 400,
    details: String? = nil,
    wait: Int64? = nil,
    _ history: History = History(attempt: 1)
  ) -> SendDecision {
    let error = GraphError(
      code: code,
      subcode: subcode,
      httpStatus: status,
      message: "no",
      details: details,
      wait: wait
    )
    return SendDecision(.refused(error), history, backoff: longest)
  }

  private func wait(_ decision: SendDecision) -> Int64? {
    if case .retry(let wait, _, _) = decision.fate { wait } else { nil }
  }

  @Test func aHoldStartsAtASecondAndDoubles() {
    for (holds, seconds) in [(0, 1), (1, 2), (2, 4), (6, 64), (40, 900)] {
      for decision in [
        decide(130_429, History(attempt: 1, holds: holds)),
        decide(nil, status: 429, History(attempt: 1, holds: holds)),
      ] {
        #expect(decision.rest?.wait == Int64(seconds) * .second)
        #expect(decision.rest?.cause == .limit)
        #expect(wait(decision) == decision.rest?.wait)
      }
    }
    #expect(decide(130_429, wait: 20 * .minute).rest?.wait == 20 * .minute, "what is stated holds")
    #expect(decide(131_048).rest?.wait == 4 * .hour)
  }

  @Test func theScopeSaysWhoElseWaits() {
    #expect(decide(4).rest?.scope == .app)
    #expect(decide(80_007).rest?.scope == .business)
    #expect(decide(131_064).rest?.scope == .business)
    #expect(decide(613, subcode: 2_534_040).rest?.scope == .account)
    #expect(decide(131_056).rest == nil, "one person's limit is nobody else's")
  }

  @Test func thePairLimitWaitsByPowersOfFour() {
    let waits = (1...7).map { wait(decide(131_056, History(attempt: $0))) }
    #expect(waits == [1, 4, 16, 64, 256, 256, 256].map { $0 * .second })
  }

  @Test func onlyTheProvidersFailuresUseUpTries() {
    guard case .retry(_, _, true) = decide(131_000, History(attempt: 60)).fate else {
      Issue.record("60 waits for a connection are no failures")
      return
    }
    guard case .failed = decide(131_000, History(attempt: 5, failures: 4)).fate else {
      Issue.record("the fifth failure is the last")
      return
    }
  }

  @Test func afterADayAPersonDecides() {
    let old = History(attempt: 9, age: .day)
    guard case .failed(let failure) = SendDecision(.notSent(reason: "no route"), old).fate else {
      Issue.record("it would be tried for ever")
      return
    }
    #expect(failure.title.contains("no route"))
    guard case .failed = decide(130_429, old).fate else {
      Issue.record("a limit ends too")
      return
    }
  }

  @Test func aTokenOrSetUpPausesAndKeepsTheMessage() {
    for (code, cause) in [(190, ChannelTrouble.Cause.token), (131_042, .setup), (368, .setup)] {
      let decision = decide(code)
      #expect(decision.rest?.cause == cause)
      #expect(decision.rest?.wait == nil)
      #expect(wait(decision) == 0)
      #expect(!decision.provesChannel)
    }
  }

  @Test func aFileIsTriedOnceMoreWhenItsServerWasTheCause() {
    #expect(wait(decide(131_053, details: "Downloading failed with http code 503")) != nil)
    let again = History(attempt: 2, failures: 1)
    #expect(wait(decide(131_053, details: "http code 503", again)) == nil)
    #expect(wait(decide(131_053, details: "unsupported type image/x")) == nil)
  }

  @Test func whatProvesAChannel() {
    #expect(
      SendDecision(.accepted(providerID: "w", recipient: nil), History(attempt: 1)).provesChannel
    )
    #expect(decide(131_026).provesChannel)
    #expect(!SendDecision(.notSent(reason: "r"), History(attempt: 1)).provesChannel)
    #expect(!SendDecision(.unknown(reason: "r"), History(attempt: 1)).provesChannel)
    #expect(!SendDecision(closed: "window").provesChannel)
  }

  @Test func twoUndeliveredMessagesMakeSomebodyUnreachableForADay() {
    let now = Timestamp(seconds: 1_793_000_000)
    let failure = FailedSend(code: 131_026, at: now)
    #expect(SendPolicy.unreachable([failure], now: now) == nil)
    #expect(SendPolicy.unreachable([failure, failure], now: now) != nil)
    #expect(SendPolicy.unreachable([failure, failure], now: now + .day) == nil)
    #expect(SendPolicy.unreachable([failure, FailedSend(code: 131_053, at: now)], now: now) == nil)
    let withheld = FailedSend(code: 131_049, at: now)
    #expect(SendPolicy.unreachable([withheld], kind: .template, now: now + .hour) != nil)
    #expect(SendPolicy.unreachable([withheld], kind: .template, now: now + .day) == nil)
    #expect(SendPolicy.unreachable([withheld], kind: .text, now: now) == nil)
  }
}
