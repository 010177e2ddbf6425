// Frames: finds the cells that changed since the last one and hands only those to curses, which
// finds the cheapest bytes for them. Owned by `Terminal`; main thread only.
import CursesShim

final class Painter {
  /// A frame this small goes out in one write: no fence is needed to keep it whole.
  private static let fenceAbove = 256

  /// Another one paints every cell anew; what comes out the same is not sent.
  var palette: Palette {
    didSet {
      guard palette != oldValue else { return }
      lastResolved = palette.resolve(lastStyle)
      forget()
    }
  }
  /// What the terminal shows, nil when that is unknown.
  private var shown: Canvas?
  private var latest: Canvas?
  private var run: [cs_cell] = []
  private var lastStyle = Style.plain
  private var lastResolved: ResolvedStyle
  /// A frame was held back, or everything must be sent again.
  var owesFrame = false

  init(palette: Palette) {
    self.palette = palette
    lastResolved = palette.resolve(.plain)
  }

  /// The latest frame when it is still to be sent.
  var canvasOwed: Canvas? { owesFrame ? latest : nil }

  var isWaiting: Bool { owesFrame && latest != nil }

  /// What stands on the screen no longer counts: the next frame puts every cell.
  func forget() {
    shown = nil
    owesFrame = true
  }

  func present(_ canvas: Canvas) -> Bool {
    latest = canvas
    if canvas == shown && !owesFrame { return true }
    guard cs_writable() else {
      owesFrame = true
      return false
    }
    let changed = putChanges(of: canvas)
    let cursor = canvas.cursor.flatMap { canvas.bounds.contains($0) ? $0 : nil }
    let fenced = changed > Self.fenceAbove || owesFrame
    cs_present(Int32(cursor?.x ?? -1), Int32(cursor?.y ?? -1), fenced)
    shown = canvas
    owesFrame = false
    return true
  }

  /// The number of cells that differ.
  private func putChanges(of canvas: Canvas) -> Int {
    let before = shown?.size == canvas.size ? shown : nil
    let columns = canvas.size.columns
    var changed = 0
    for y in 0..<canvas.size.rows {
      var start = 0
      for x in 0..<columns {
        let cell = canvas.cells[y * columns + x]
        if let before, before.cells[y * columns + x] == cell {
          put(from: start, y: y)
          continue
        }
        changed += 1
        if cell.isContinuation { continue }
        if run.isEmpty { start = x }
        run.append(curses(cell))
      }
      put(from: start, y: y)
    }
    return changed
  }

  private func put(from x: Int, y: Int) {
    guard !run.isEmpty else { return }
    cs_put(Int32(x), Int32(y), run, Int32(run.count))
    run.removeAll(keepingCapacity: true)
  }

  private func curses(_ cell: Cell) -> cs_cell {
    if cell.style != lastStyle {
      lastStyle = cell.style
      lastResolved = palette.resolve(cell.style)
    }
    return cs_cell(
      glyph: cell.content.scalars,
      foreground: lastResolved.foreground,
      background: lastResolved.background,
      attributes: UInt32(lastResolved.attributes.rawValue)
    )
  }
}
