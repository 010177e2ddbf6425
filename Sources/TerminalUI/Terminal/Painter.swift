// Frames: finds the cells that changed since the last one and hands only those to curses, which
// finds the cheapest bytes for them. Owned by `Terminal`; main thread only.
import CursesShim

#if canImport(Glibc)
import Glibc
#endif

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
    guard cs_writable() else {
      owesFrame = true
      return false
    }
    let changed = putChanges(of: canvas)
    if changed == 0, canvas.cursor == shown?.cursor, !owesFrame { return true }
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
    return canvas.cells.withUnsafeBufferPointer { cells in
      guard let before else {
        return (0..<canvas.size.rows).reduce(0) { $0 + putRow(cells, nil, $1, columns) }
      }
      return before.cells.withUnsafeBufferPointer { old in
        (0..<canvas.size.rows).reduce(0) { $0 + putRow(cells, old, $1, columns) }
      }
    }
  }

  private typealias Cells = UnsafeBufferPointer<Cell>

  private func putRow(_ cells: Cells, _ old: Cells?, _ y: Int, _ columns: Int) -> Int {
    let row = y * columns
    if let old, Self.isSame(cells, old, row..<row + columns) { return 0 }
    var changed = 0
    var start = 0
    for x in 0..<columns {
      let cell = cells[row + x]
      if let old, old[row + x] == cell {
        put(from: start, y: y)
        continue
      }
      changed += 1
      if cell.isContinuation { continue }
      if run.isEmpty { start = x }
      run.append(curses(cell))
    }
    put(from: start, y: y)
    return changed
  }

  /// Most rows stay as they are: their bytes are compared before any cell is.
  private static func isSame(_ cells: Cells, _ old: Cells, _ range: Range<Int>) -> Bool {
    guard let new = cells.baseAddress, let old = old.baseAddress else { return false }
    let size = range.count * MemoryLayout<Cell>.stride
    return memcmp(new + range.lowerBound, old + range.lowerBound, size) == 0
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
