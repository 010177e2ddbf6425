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
    let present = TourStep.all.indices.contains(step) ? TourStep.all[step] : nil
    let title = present?.title ?? "You know the way"
    let words = present.map { advice($0, practice) }
    let count = present == nil ? "Tour" : "Tour \(step + 1) of \(TourStep.all.count)"
    let inside = canvas.box(
      rect,
      title: [Span(count, Theme.pill), Span(" " + title, Theme.strong)],
      footer: "Ctrl-C leaves · made-up people · nothing is sent",
      footerStyle: Theme.quiet,
      style: Theme.accent
    )
    let lines = Wrap.lines(
      words ?? "Enter goes to your own inbox; :tour shows this again.",
      width: max(1, inside.width)
    )
    for (row, line) in lines.prefix(inside.height).enumerated() {
      canvas.text(
        line,
        at: Point(x: inside.x, y: inside.y + row),
        width: inside.width,
        style: Theme.text
      )
    }
  }

  /// What is to be tried, or how to get to where it can be.
  private func advice(_ step: TourStep, _ practice: AppState) -> String {
    step.contexts.contains(practice.context) ? tourWords(step) : step.wayBack
  }
}
