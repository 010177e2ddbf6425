// Draws the lead's details: who, where from, notes and timeline, as one scrolling column.
import Model
import TerminalUI

extension AppState {
  func leadTextWidth(_ pane: Rect) -> Int { max(1, pane.width - (pane.x > 0 ? 1 : 0) - 2) }

  func drawLead(_ inside: Rect, on canvas: inout Canvas) {
    guard let opened else {
      return drawMessage(
        ["No lead is opened", "", "Enter in the inbox opens one"],
        in: inside,
        on: &canvas
      )
    }
    let width = max(1, inside.width - 2)
    let limit = opened.leadScroll + inside.height + 1
    let lines = leadLines(opened, width: width, limit: limit)
    let hasHints = width >= 30
    for (row, line) in lines.dropFirst(opened.leadScroll).prefix(inside.height).enumerated() {
      canvas.line(
        line.left,
        right: hasHints ? line.right : [],
        at: Point(x: inside.x + 1, y: inside.y + row),
        width: width
      )
    }
    drawMore(
      above: opened.leadScroll,
      below: lines.count - opened.leadScroll - inside.height,
      in: inside,
      on: &canvas
    )
  }

  /// Marks on a pane's right edge, which its rows leave free, that there is more above or below.
  func drawMore(above: Int, below: Int, in pane: Rect, on canvas: inout Canvas) {
    guard !pane.isEmpty else { return }
    func mark(_ glyph: String, _ y: Int, on canvas: inout Canvas) {
      let point = Point(x: pane.maxX - 1, y: y)
      canvas.text(glyph, at: point, width: 1, style: Theme.accentStrong)
    }
    if above > 0 { mark("↑", pane.y, on: &canvas) }
    if below > 0 { mark("↓", pane.maxY - 1, on: &canvas) }
  }

  struct LeadLine {
    var left: [Span] = []
    var right: [Span] = []
  }

  /// The pane's lines; building stops after about `limit`.
  func leadLines(_ opened: OpenedLead, width: Int, limit: Int = .max) -> [LeadLine] {
    let lead = opened.summary
    var lines = [LeadLine(left: [Span(leadName(lead), Theme.strong)])]
    if let since = lead.waitingSince {
      let wait = Wait(since: since, now: now)
      let style = wait == .fresh ? Theme.good : wait == .aging ? Theme.warning : Theme.bad
      let words = wait.marker + " waiting for " + longAge(from: since, to: now)
      lines.append(LeadLine(left: [Span(words, style)]))
    }
    lines.append(LeadLine())
    lines.append(pair("Stage", stageName(lead.stage), key: "s change"))
    lines.append(pair("Owner", userName(lead.owner) ?? "nobody yet", key: "a assign"))
    guard let detail = opened.detail else {
      return lines + [LeadLine(), LeadLine(left: [Span("Loading …", Theme.quiet)])]
    }
    lines += personLines(detail, width: width)
    lines += contactLines(detail)
    lines += noteLines(detail, width: width)
    if lines.count < limit {
      lines += timelineLines(detail, width: width, limit: limit - lines.count)
    }
    return lines
  }

  private func pair(_ label: String, _ value: String, key: String? = nil) -> LeadLine {
    let name = Span(label.paddedRight(to: 11), Theme.quiet)
    return LeadLine(left: [name, Span(value)], right: keySpans(key))
  }

  /// A key in bold and what it does.
  private func keySpans(_ hint: String?) -> [Span] {
    guard let hint else { return [] }
    let key = hint.prefix { $0 != " " }
    return [Span(String(key), Theme.key), Span(String(hint.dropFirst(key.count)), Theme.quiet)]
  }

  func section(_ title: String, key: String? = nil) -> [LeadLine] {
    [
      LeadLine(),
      LeadLine(
        left: [Span(title, Theme.accentStrong)],
        right: keySpans(key)
      ),
    ]
  }

  private func contactLines(_ detail: LeadDetail) -> [LeadLine] {
    var lines = section("Contact", key: "y copy")
    for identity in detail.identities where identity.kind.isForPeople {
      lines.append(pair(identity.kind.title, identity.shown))
    }
    for thread in detail.threads {
      lines.append(pair("Writes on", thread.channelKind.title))
    }
    lines.append(pair("Source", detail.firstTouch?.words ?? "unknown"))
    if let last = detail.lastTouch, last != detail.firstTouch {
      lines.append(pair("Last", last.words))
    }
    lines.append(pair("Created", dateAndTime(detail.summary.createdAt, zone: zone)))
    return lines
  }

  private func noteLines(_ detail: LeadDetail, width: Int) -> [LeadLine] {
    var lines = section("Notes", key: detail.begunNote == nil ? "c add" : "c go on")
    if let begun = detail.begunNote {
      let words = Sanitizer.line(begun, limit: 300)
      lines.append(LeadLine(left: [Span("✎ Begun: ", Theme.warning), Span(words)]))
    } else if detail.notes.isEmpty {
      lines.append(LeadLine(left: [Span("None yet; customers never see them", Theme.quiet)]))
    }
    for note in detail.notes.reversed() {
      let text = Sanitizer.paragraph(note.text, limit: 4000)
      lines += Wrap.lines(text, width: width).map { LeadLine(left: [Span(String($0))]) }
      let author = note.author.map { Sanitizer.line($0, limit: 60) } ?? "System"
      let words = author + " · " + shortAge(from: note.at, to: now)
      lines.append(LeadLine(left: [Span(words, Theme.quiet)]))
    }
    return lines
  }

  private func timelineLines(_ detail: LeadDetail, width: Int, limit: Int) -> [LeadLine] {
    var lines = section("Timeline")
    for activity in detail.activity where lines.count < limit {
      let age = shortAge(from: activity.at, to: now)
      let actor = activity.actor.map { Sanitizer.line($0, limit: 60) }
      let words = Sanitizer.line(activity.words(names: labels.names), limit: 300)
      let rows = Wrap.lines(words, width: max(8, width - 5))
      for (index, row) in rows.enumerated() {
        let head = index == 0 ? age.padded(to: 3) + "  " : "     "
        lines.append(LeadLine(left: [Span(head, Theme.quiet), Span(String(row))]))
      }
      if let actor { lines.append(LeadLine(left: [Span("     " + actor, Theme.quiet)])) }
    }
    return lines
  }
}

extension String {
  /// Left-aligned in `columns`.
  func paddedRight(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - Width.of(self)))
  }
}

extension Identity {
  /// As a person reads it.
  fileprivate var shown: String {
    let text = Sanitizer.line(value, limit: 120)
    switch kind {
    case .phone: return "+" + text
    case .username: return "@" + text
    default: return text
    }
  }
}

extension Identity.Kind {
  /// Scoped ids say nothing to a person.
  fileprivate var isForPeople: Bool {
    switch self {
    case .phone, .username, .email: true
    case .bsuid, .parentBSUID, .igsid, .psid: false
    }
  }

  fileprivate var title: String {
    switch self {
    case .phone: "Phone"
    case .username: "Username"
    case .email: "E-mail"
    default: "Id"
    }
  }
}

extension Touch {
  fileprivate var words: String {
    let headline = headline.map { Sanitizer.line($0, limit: 120) }
    switch kind {
    case "ad": return headline.map { "Ad: " + $0 } ?? "Ad"
    case "link": return headline.map { "Link: " + $0 } ?? "Link"
    case "channel": return headline ?? "Wrote by themselves"
    default: return headline ?? Sanitizer.line(kind, limit: 40)
    }
  }
}

extension Activity {
  /// What happened, as a sentence without its subject.
  fileprivate func words(names: [String: String]) -> String {
    switch verb {
    case "created": "Lead created"
    case "stage": "Stage " + change
    case "assign": after.map { "Assigned to " + (names[$0] ?? $0) } ?? "Unassigned"
    case "note": "Note added"
    case "reply", "sent": "Replied" + (after.map { ": " + $0 } ?? "")
    case "reply_needed": "Waits for an answer again"
    case "note_removed": "Note removed"
    case "note_restored": "Note brought back"
    case "send_again": "Sent again"
    case "was_sent": "Confirmed as sent"
    case "recalled": "Reply called back"
    case "no_reply_needed": "No reply needed"
    case "merged": "Merged with " + (after ?? "another lead")
    case "unmerged": "Taken apart again" + (after.map { ": " + $0 } ?? "")
    case "perhaps_one_person":
      "Taken back: perhaps the same person" + (after.map { " as lead " + $0 } ?? "")
    case "two_people": "Noted: not the same person" + (after.map { " as lead " + $0 } ?? "")
    case "identity_conflict": "Perhaps the same person" + (after.map { ": " + $0 } ?? "")
    case "opted_out": "Asked for no messages" + (after.map { ": " + $0 } ?? "")
    case "opted_in": "Wants messages again" + (after.map { ": " + $0 } ?? "")
    default: verb.map { $0 == "_" ? " " : String($0) }.joined() + (after.map { ": " + $0 } ?? "")
    }
  }

  private var change: String {
    switch (before, after) {
    case (let before?, let after?): before + " → " + after
    case (_, let after?): "→ " + after
    default: "changed"
    }
  }
}
