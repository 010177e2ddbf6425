// Draws the conversation: theirs on the left, ours on the right, days between them.
import Model
import TerminalUI

/// The parts of the chat pane below its title.
struct ThreadFrame {
  /// Named only where neither header nor title does it.
  var identity: Rect?
  var messages: Rect
  var composer: Rect

  /// `pane` is the whole pane, title included.
  init(state: AppState, pane: Rect) {
    var inside = pane.inset(left: pane.x > 0 ? 1 : 0, top: state.titleRows)
    if !state.layout.hasTitles && state.layout.header == nil {
      let (line, rest) = inside.splitTop(1)
      identity = line
      inside = rest
    }
    let height = state.composerHeight(width: inside.width, available: inside.height)
    (messages, composer) = inside.splitBottom(height)
  }
}

extension AppState {
  func drawThread(_ inside: Rect, on canvas: inout Canvas) {
    guard let opened, let pane = layout.thread else {
      let hint =
        layout.inbox == nil
        ? "1 goes to the inbox, Enter there opens a lead" : "Enter opens the lead under the cursor"
      return drawMessage(["No lead is opened", "", hint], in: inside, on: &canvas)
    }
    let frame = ThreadFrame(state: self, pane: pane)
    if let line = frame.identity {
      canvas.spans(
        identity(opened.summary, style: Theme.text),
        at: Point(x: line.x, y: line.y),
        width: line.width
      )
      canvas.restyle(line) { $0.with(.underline) }
    }
    drawMessages(opened.thread, in: frame.messages, on: &canvas)
    drawComposer(opened, in: frame.composer, on: &canvas)
    if opened.thread.scroll > 0 || opened.thread.hasNewer {
      drawScrollMark(opened, in: frame, on: &canvas)
    }
  }

  private func drawMessages(_ thread: ThreadState, in rect: Rect, on canvas: inout Canvas) {
    guard !thread.blocks.isEmpty else {
      let words =
        thread.isLoaded ? ["No messages yet", "", "r writes the first one"] : ["Loading …"]
      return drawMessage(words, in: rect, on: &canvas)
    }
    var bottom = rect.maxY + thread.scroll
    for block in thread.blocks.reversed() {
      let top = bottom - block.height
      if top < rect.maxY {
        draw(block, top: top, in: rect, on: &canvas)
        if block.message.id == thread.selected { mark(block, top: top, in: rect, on: &canvas) }
      }
      bottom = top
      if bottom <= rect.y { break }
    }
    if bottom > rect.y && thread.hasOlder {
      put([Span("… older messages are loading", Theme.quiet)], y: bottom - 1, in: rect, on: &canvas)
    }
  }

  /// On the rule above the composer; where there is none or it tells of the reply, on the right edge.
  private func drawScrollMark(_ opened: OpenedLead, in frame: ThreadFrame, on canvas: inout Canvas)
  {
    let thread = opened.thread
    let rule = frame.composer
    let below = thread.hasNewer ? "newer messages" : counted(thread.scroll, "line")
    let words = " ↓ \(below) below · G "
    let width = Width.of(words)
    guard rule.height > 1, !opened.composer.isActive, width + 2 <= rule.width else {
      return drawMore(above: 0, below: 1, in: frame.messages, on: &canvas)
    }
    let point = Point(x: rule.maxX - width - 1, y: rule.y)
    canvas.text(words, at: point, width: width, style: Theme.pill)
  }

  /// Draws a line of the conversation if it is on screen.
  private func put(_ spans: [Span], x: Int = 0, y: Int, in rect: Rect, on canvas: inout Canvas) {
    guard y >= rect.y, y < rect.maxY else { return }
    canvas.spans(spans, at: Point(x: rect.x + x, y: y), width: rect.width - x)
  }

  private func draw(_ block: ThreadBlock, top: Int, in rect: Rect, on canvas: inout Canvas) {
    var y = top
    if block.startsRun { y += 1 }
    if let day = block.day {
      drawDay(day, y: y, in: rect, on: &canvas)
      y += 2
    }
    let isOurs = block.message.direction == .outbound
    let right = rect.width - 3
    let pictureWidth = block.pictures.map { $0.reduce(0) { $0 + $1.width } }.max() ?? 0
    let x = isOurs ? max(1, right - max(block.width, pictureWidth)) : 3
    let barX = isOurs ? right + 1 : 1
    let bar = isOurs ? Span("▐", Theme.accent) : Span("▌", Theme.quiet)
    let words = block.lines.map { line in
      opened?.thread.found?.terms.spans(line, Theme.text) ?? [Span(line)]
    }
    for row in block.pictures + block.head + words + block.tail {
      put(row, x: x, y: y, in: rect, on: &canvas)
      put([bar], x: barX, y: y, in: rect, on: &canvas)
      y += 1
    }
    if block.hasFooter {
      let spans = footer(block.message)
      let width = spans.reduce(0) { $0 + $1.width }
      put(spans, x: isOurs ? max(0, right - width) : 3, y: y, in: rect, on: &canvas)
      y += 1
    }
    let style = block.message.status == .failed ? Theme.bad : Theme.warning
    for line in block.trouble {
      put([Span(line, style)], x: max(1, right - Width.of(line)), y: y, in: rect, on: &canvas)
      y += 1
    }
  }

  /// The chosen message: reversed, with a pointer that shows without colour.
  private func mark(_ block: ThreadBlock, top: Int, in rect: Rect, on canvas: inout Canvas) {
    let first = top + (block.startsRun ? 1 : 0) + (block.day == nil ? 0 : 2)
    for y in max(first, rect.y)..<max(first, min(top + block.height, rect.maxY)) {
      let line = Rect(x: rect.x + 1, y: y, width: rect.width - 2, height: 1)
      canvas.restyle(line) { $0 == Theme.found ? $0 : Theme.selected }
    }
    if first >= rect.y, first < rect.maxY {
      canvas.text("▸", at: Point(x: rect.x, y: first), width: 1, style: Theme.accentStrong)
    }
  }

  private func drawDay(_ day: String, y: Int, in rect: Rect, on canvas: inout Canvas) {
    guard y >= rect.y, y < rect.maxY else { return }
    let line = Rect(x: rect.x + 1, y: y, width: rect.width - 2, height: 1)
    canvas.fill(line, style: Theme.rule, glyph: "╌")
    let words = " " + day + " "
    let x = line.x + max(0, (line.width - Width.of(words)) / 2)
    canvas.text(words, at: Point(x: x, y: y), width: line.maxX - x, style: Theme.quiet)
  }

  /// Who wrote it, when, and where it stands.
  private func footer(_ message: Message) -> [Span] {
    let time = clockTime(message.providerAt, zone: zone)
    guard message.direction == .outbound else {
      let name = opened.map { leadName($0.summary) } ?? ""
      let first = name.split(separator: " ").first.map(String.init) ?? name
      var words = first + " · " + time
      if message.channelKind != opened?.summary.channelKind {
        words += " · " + message.channelKind.title
      }
      return [Span(words, Theme.quiet)]
    }
    var author = "Gym"
    if let id = message.author {
      let name = userName(id) ?? "Colleague"
      author = id == session?.user.id ? "You" : String(name.prefix { $0 != " " })
    }
    let isCounting = message.status == .queued && message.undoUntil ?? now > now
    let state = delivery(message)
    let words =
      isCounting || message.scheduledAt != nil ? "" : time + (state.text.isEmpty ? "" : "  ")
    return [Span(author + " · " + words, Theme.quiet), state]
  }

  private func uploadWords(_ file: Attachment) -> String {
    guard let sent = file.sentBytes, let bytes = file.bytes, bytes > 0 else { return "… uploading" }
    return "… uploading \(min(99, sent * 100 / bytes)) %"
  }

  private func delivery(_ message: Message) -> Span {
    switch message.status {
    case .queued:
      if let time = message.scheduledAt {
        let keys = nextTakenBack == message.id ? " · \(undoKey) cancel" : ""
        return Span("◷ " + time.dayAndTime(now: now, zone: zone) + keys, Theme.warning)
      }
      guard let end = message.undoUntil, end > now else {
        return Span(waitWords(message), Theme.quiet)
      }
      let seconds = (end - now + .second - 1) / .second
      let keys = nextTakenBack == message.id ? " · \(undoKey) undo" : ""
      return Span("◷ sending in \(seconds) s" + keys, Theme.warning)
    case .sending:
      // On WhatsApp a file goes up before its message.
      let file =
        message.channelKind == .whatsapp ? message.media.first { $0.state == .stored } : nil
      return Span(file.map(uploadWords) ?? "… sending", Theme.quiet)
    case .sent: return Span("✓", Theme.quiet)
    case .delivered: return Span("✓✓", Theme.quiet)
    case .read: return Span("✓✓ read", Theme.accent)
    case .received, .failed, .unconfirmed: return Span("")
    }
  }
}
