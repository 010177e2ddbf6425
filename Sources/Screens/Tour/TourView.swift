// Draws the tour: the practice desk, and below it what is to be tried.
import TerminalUI

extension AppState {
  func drawTour(step: Int, practice: AppState, on canvas: inout Canvas) {
    let desk = view(practice)
    for y in 0..<desk.size.rows {
      for x in 0..<desk.size.columns { canvas[x, y] = desk[x, y] }
    }
    canvas.cursor = desk.cursor
    let rect = Rect(
      x: 0,
      y: desk.size.rows,
      width: size.columns,
      height: size.rows - desk.size.rows
    )
    let isOver = step >= TourStep.all.count
    let title = isOver ? "You know the way" : TourStep.all[step].title
    let words =
      isOver
      ? "Enter goes to your own inbox; :tour shows this again." : tourWords(TourStep.all[step])
    let count = isOver ? "Tour" : "Tour \(step + 1) of \(TourStep.all.count)"
    guard rect.height >= 3 else {
      // A line is room for the name of the thing alone.
      let short = isOver ? count : "\(step + 1) of \(TourStep.all.count)"
      let line = [Span(short, Theme.pill), Span(" " + title, Theme.strong)]
      canvas.spans(line, at: Point(x: 0, y: rect.y), width: rect.width)
      return
    }
    let inside = canvas.box(
      rect,
      title: [Span(count, Theme.pill), Span(" " + title, Theme.strong)],
      footer: "made-up people, nothing is sent · Ctrl-C leaves",
      footerStyle: Theme.quiet,
      style: Theme.accent
    )
    for (row, line) in Wrap.lines(words, width: max(1, inside.width)).prefix(inside.height)
      .enumerated()
    {
      canvas.text(
        line,
        at: Point(x: inside.x, y: inside.y + row),
        width: inside.width,
        style: Theme.text
      )
    }
  }
}
