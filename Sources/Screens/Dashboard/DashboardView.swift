// Draws the numbers: tiles on top, leads by stage as bars below.
import Model
import TerminalUI

/// One number of the dashboard.
private struct Tile {
  var label: String
  var value: Int
  var note: String = ""
  var style = Theme.strong
  /// What a click on it presses.
  var keys: KeySequence?
}

extension AppState {
  func dashboardHeight(_ numbers: Dashboard, width: Int) -> Int {
    tileRows(width: width) + 1 + numbers.stages.count
  }

  /// Rows of the tiles and of the blank below them.
  private func tileRows(width: Int) -> Int {
    isWide(width) ? 2 * 4 + 1 : 6 / compactColumns(width - 2) + 1
  }

  private func isWide(_ width: Int) -> Bool { width >= 72 }

  private func compactColumns(_ width: Int) -> Int { width >= 40 ? 2 : 1 }

  func drawDashboard(_ inside: Rect, on canvas: inout Canvas) {
    guard let numbers = dashboard.numbers else {
      return drawMessage(["Loading …"], in: inside, on: &canvas)
    }
    let height = dashboardHeight(numbers, width: inside.width)
    // Drawn whole on a canvas of its own, then the visible rows are copied.
    var page = Canvas(size: Size(columns: inside.width, rows: max(height, inside.height)))
    let area = page.bounds.inset(left: 1, right: 1)
    if isWide(inside.width) {
      drawTiles(tiles(numbers), in: area, on: &page)
    } else {
      drawCompactTiles(tiles(numbers), in: area, on: &page)
    }
    drawStages(numbers, in: area.inset(top: tileRows(width: inside.width)), on: &page)
    for row in 0..<inside.height where row + dashboard.scroll < page.size.rows {
      for x in 0..<inside.width {
        canvas[inside.x + x, inside.y + row] = page[x, row + dashboard.scroll]
      }
    }
    for target in page.targets {
      let y = inside.y + target.rect.y - dashboard.scroll
      let rect = Rect(
        x: inside.x + target.rect.x,
        y: y,
        width: target.rect.width,
        height: target.rect.height
      )
      canvas.target(rect.intersection(inside), target.meaning)
    }
    drawMore(
      above: dashboard.scroll,
      below: height - dashboard.scroll - inside.height,
      in: inside,
      on: &canvas
    )
  }

  private func tiles(_ numbers: Dashboard) -> [Tile] {
    var waiting = Tile(label: "Waiting now", value: numbers.waitingNow)
    if let since = numbers.longestWaitSince, numbers.waitingNow > 0 {
      let wait = Wait(since: since, now: now)
      waiting.note = wait.marker + " longest " + shortAge(from: since, to: now)
      if wait == .late { waiting.style = Theme.bad }
    } else {
      waiting.note = "nobody waits"
    }
    func troubled(_ label: String, _ value: Int, _ note: String) -> Tile {
      Tile(
        label: label,
        value: value,
        note: value > 0 ? "! " + note : "all well",
        style: value > 0 ? Theme.bad : Theme.strong
      )
    }
    var sends = troubled("Sends in trouble", numbers.troubledSends, "Enter shows them")
    if numbers.troubledSends > 0 { sends.keys = KeySequence([.enter]) }
    return [
      waiting,
      Tile(label: "New today", value: numbers.newToday, note: "leads"),
      Tile(label: "Contacted today", value: numbers.contactedToday, note: "leads"),
      Tile(label: "Unassigned", value: numbers.unassigned, note: "without an owner"),
      sends,
      troubled("Could not be read", numbers.parkedEvents, "inbox event list"),
    ]
  }

  private func drawTiles(_ tiles: [Tile], in area: Rect, on canvas: inout Canvas) {
    let width = (area.width - 4) / 3
    for (index, tile) in tiles.enumerated() {
      let rect = Rect(
        x: area.x + index % 3 * (width + 2),
        y: area.y + index / 3 * 4,
        width: width,
        height: 4
      )
      if let keys = tile.keys { canvas.target(rect, .keys(keys)) }
      let inside = canvas.box(rect, title: [Span(tile.label, Theme.quiet)], style: Theme.rule)
      canvas.text(
        "\(tile.value)",
        at: Point(x: inside.x, y: inside.y),
        width: inside.width,
        style: tile.style
      )
      canvas.text(
        tile.note,
        at: Point(x: inside.x, y: inside.y + 1),
        width: inside.width,
        style: Theme.quiet
      )
    }
  }

  private func drawCompactTiles(_ tiles: [Tile], in area: Rect, on canvas: inout Canvas) {
    let columns = compactColumns(area.width)
    let width = (area.width - (columns - 1) * 3) / columns
    let order = columns == 2 ? [0, 1, 3, 2, 4, 5] : [0, 1, 2, 3, 4, 5]
    for (place, index) in order.enumerated() {
      let tile = tiles[index]
      let at = Point(
        x: area.x + place % columns * (width + 3),
        y: area.y + place / columns
      )
      if let keys = tile.keys {
        canvas.target(Rect(x: at.x, y: at.y, width: width, height: 1), .keys(keys))
      }
      let mark = tile.note.hasPrefix("!") ? Span("! ", Theme.bad) : Span("")
      canvas.line(
        [Span(tile.label, Theme.quiet)],
        right: [mark, Span("\(tile.value)", tile.style)],
        at: at,
        width: width
      )
    }
  }

  private func drawStages(_ numbers: Dashboard, in area: Rect, on canvas: inout Canvas) {
    let total = numbers.stages.reduce(0) { $0 + $1.count }
    let most = max(1, numbers.stages.map(\.count).max() ?? 1)
    canvas.line(
      [Span("Leads by stage", Theme.accentStrong), Span(" · \(total)", Theme.quiet)],
      at: Point(x: area.x, y: area.y),
      width: area.width
    )
    let longest = numbers.stages.reduce(0) { max($0, Width.of(stageName($1.stage))) }
    let labelWidth = min(longest, max(8, area.width / 2))
    let room = max(1, min(60, area.width - labelWidth - 7))
    for (row, count) in numbers.stages.enumerated() {
      let y = area.y + 1 + row
      let name = Wrap.truncate(stageName(count.stage), to: labelWidth)
      canvas.text(name, at: Point(x: area.x, y: y), width: labelWidth, style: Theme.text)
      canvas.text(
        String(count.count).padded(to: 5),
        at: Point(x: area.x + labelWidth, y: y),
        width: 5,
        style: count.count > 0 ? Theme.strong : Theme.quiet
      )
      canvas.text(
        bar(count.count, of: most, width: room),
        at: Point(x: area.x + labelWidth + 7, y: y),
        width: room,
        style: barStyle(count.stage)
      )
    }
  }

  private func barStyle(_ id: StageID) -> Style {
    switch stage(id)?.kind {
    case .won: Theme.good
    case .lost, .parked: Theme.quiet
    default: Theme.accent
    }
  }

  /// Full blocks and an eighth at the end; one that counts is never invisible.
  private func bar(_ count: Int, of most: Int, width: Int) -> String {
    guard count > 0 else { return "" }
    let eighths = max(1, count * width * 8 / most)
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
