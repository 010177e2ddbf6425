// A channel that rests, and messages that wait: what the person at the keyboard reads.
import Model
import Testing

@testable import Screens

@Suite struct RestingChannelTests {
  private func trouble(
    _ cause: ChannelTrouble.Cause,
    until: Timestamp? = nil,
    reason: String = "The access token has expired: renew it in the config"
  ) -> ChannelTrouble {
    ChannelTrouble(
      channel: Sample.thread().messages.last?.channel ?? "",
      kind: .whatsapp,
      cause: cause,
      reason: reason,
      since: Sample.now,
      until: until
    )
  }

  private func session(_ troubles: ChannelTrouble...) -> Session {
    var session = Session.desk()
    session.openFirst()
    var health = Sample.health
    health.channels = troubles
    session.send(.health(health))
    return session
  }

  @Test func aPauseIsToldInTheStatusBarAndWhereOneWrites() {
    let session = session(trouble(.token))
    #expect(session.text.contains("! WhatsApp is paused: The access token has expired"))
    #expect(session.text.contains("WhatsApp is paused: replies are kept"))
  }

  @Test func aHoldSaysWhenItEndsAndGoesByItself() {
    var session = session(trouble(.limit, until: Sample.now + 5 * .minute, reason: "Too fast"))
    #expect(session.text.contains("! WhatsApp rests until 10:35: Too fast"))
    session.wait(5 * .minute)
    #expect(!session.text.contains("rests until"))
  }

  @Test func aHostileReasonIsHarmless() {
    let session = session(trouble(.setup, reason: "a\u{1B}]0;x\u{7}b\u{202E}c"))
    #expect(!session.text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
  }

  /// A conversation of ours: the first as given, the second queued behind it.
  private func waiting(_ status: MessageStatus, notBefore: Timestamp? = nil) -> Session {
    var session = session()
    var page = Sample.thread()
    guard var first = page.messages.last(where: { $0.direction == .outbound }) else {
      return session
    }
    first.status = status
    first.undoUntil = nil
    first.notBefore = notBefore
    first.failure = notBefore.map { _ in MessageFailure(code: nil, title: "Meta has trouble") }
    var second = first
    first.id = MessageID(9001)
    second.id = MessageID(9002)
    second.status = .queued
    second.notBefore = nil
    second.failure = nil
    page.messages = [first, second]
    session.load(.thread(page))
    return session
  }

  @Test(arguments: [MessageStatus.unconfirmed, .sending])
  func theNextMessageSaysWhatItWaitsFor(status: MessageStatus) {
    #expect(waiting(status).text.contains("waits for the message above"))
  }

  @Test func whatIsSentHoldsNobody() {
    let text = waiting(.sent).text
    #expect(!text.contains("waits for the message above"))
    #expect(text.contains("waiting to be sent"))
  }

  @Test func anotherTrySaysWhenAndWhy() {
    let session = waiting(.queued, notBefore: Sample.now + 2 * .minute)
    #expect(session.text.contains("again at 10:32: Meta has trouble"))
  }
}
