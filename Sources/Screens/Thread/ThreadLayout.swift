// Wraps the conversation for the pane's width. Lines are kept in the state by message, so that a
// frame only draws: what hasn't changed since the last wrap isn't wrapped again.
import Model
import TerminalUI

extension ThreadState {
  /// Widest bubble in a pane, so that both sides can be told apart.
  static func bubbleWidth(pane: Int) -> Int {
    pane < 40 ? max(1, pane - 4) : min(72, pane * 3 / 4)
  }

  /// Lays every message out anew where text, width or neighbours changed.
  mutating func layOut(width: Int, now: Timestamp, zone: ZoneRules) {
    let anchor = scroll > 0 || holdsPlace ? bottomAnchor() : nil
    holdsPlace = false
    var known: [MessageID: ThreadBlock] = [:]
    if width == wrapWidth {
      known = Dictionary(blocks.map { ($0.message.id, $0) }, uniquingKeysWith: { $1 })
    }
    wrapWidth = width
    // What is for later stands last: it has not been said yet.
    let all =
      messages.filter { $0.scheduledAt == nil } + pending.filter { !$0.isRecalled }.map(\.message)
      + messages.filter { $0.scheduledAt != nil }
    var next: [ThreadBlock] = []
    next.reserveCapacity(all.count)
    var lastDay: Int?
    for (index, message) in all.enumerated() {
      let follower = index + 1 < all.count ? all[index + 1] : nil
      let day = zone.civil(message.providerAt).dayNumber
      var block = wrapped(message, width: width, known: known[message.id])
      block.pictures = pictures.rows(of: message)
      block.day = day == lastDay ? nil : dayTitle(message.providerAt, now: now, zone: zone)
      let isFirst = next.last?.hasFooter ?? true
      block.startsRun = isFirst || block.day != nil
      block.hasFooter = !(follower.map { isRun(message, $0) } ?? false)
      next.append(block)
      lastDay = day
    }
    blocks = next
    if let anchor { restore(anchor) }
  }

  private func wrapped(_ message: Message, width: Int, known: ThreadBlock?) -> ThreadBlock {
    if var known, known.message.looks(like: message) {
      known.message = message
      return known
    }
    let parts = BubbleParts(message, width: width, isErased: isErased)
    let lines =
      parts.text.isEmpty && !parts.head.isEmpty
      ? [] : Wrap.lines(parts.text, width: width).map(String.init)
    let rows = parts.head + parts.tail
    return ThreadBlock(
      message: message,
      head: parts.head,
      lines: lines,
      tail: parts.tail,
      width: rows.reduce(lines.reduce(0) { max($0, Width.of($1)) }) { widest, row in
        max(widest, row.reduce(0) { $0 + $1.width })
      },
      day: nil,
      startsRun: true,
      hasFooter: true,
      trouble: trouble(of: message, width: width)
    )
  }

  /// What went wrong and what can be done about it.
  private func trouble(of message: Message, width: Int) -> [String] {
    let words: String
    switch message.status {
    case .failed:
      let reason = message.failure.map { Sanitizer.line($0.title) } ?? "the provider refused it"
      let later =
        message.deliveredAfterAll == nil ? "" : "\nthough it was reported as delivered later"
      words = "✗ Not sent: \(reason)\(later)\nM write it again"
    case .unconfirmed:
      words = "? Maybe sent: the connection broke\nm it was sent · M send it again"
    default: return []
    }
    return Wrap.lines(words, width: width).map(String.init)
  }

  /// Two messages of one side within five minutes read as one turn, if they stand alike.
  private func isRun(_ first: Message, _ second: Message) -> Bool {
    let isSettled = first.status != .queued && first.status.isTrouble == false
    return isSettled && first.status == second.status && first.direction == second.direction
      && first.author == second.author
      && first.channel == second.channel
      && second.providerAt - first.providerAt < 5 * .minute
  }

  private struct Anchor {
    var message: MessageID
    /// Lines from the message's last line down to the newest.
    var below: Int
  }

  /// The lowest message on screen, to hold on to while others come and go.
  private func bottomAnchor() -> Anchor? {
    var below = 0
    for block in blocks.reversed() {
      if below + block.height > scroll { return Anchor(message: block.message.id, below: below) }
      below += block.height
    }
    return nil
  }

  private mutating func restore(_ anchor: Anchor) {
    var below = 0
    for block in blocks.reversed() {
      if block.message.id == anchor.message {
        scroll = max(0, scroll + below - anchor.below)
        return
      }
      below += block.height
    }
  }
}

extension Message {
  /// Whether its bubble has the same rows.
  fileprivate func looks(like other: Message) -> Bool {
    text == other.text && failure == other.failure && status == other.status
      && media == other.media && content == other.content && quote == other.quote
      && replyTo == other.replyTo && reactions == other.reactions && firstText == other.firstText
      && deletedAt == other.deletedAt && deliveredAfterAll == other.deliveredAfterAll
  }
}

extension MessageStatus {
  /// A person has to look at it.
  var isTrouble: Bool { self == .failed || self == .unconfirmed }
}
