// Draws what lies over the panes: help, palette, pickers, prompts, the which-key popup.
import Model
import TerminalUI

extension AppState {
  func drawOverlays(_ layout: Layout, on canvas: inout Canvas) {
    for overlay in overlays {
      switch overlay {
      case .help(let help): drawHelp(help, on: &canvas)
      case .palette(let palette): drawPalette(palette, on: &canvas)
      case .picker(let picker): drawPicker(picker, on: &canvas)
      case .prompt(let prompt): drawPrompt(prompt, on: &canvas)
      case .templateForm(let form): drawTemplateForm(form, on: &canvas)
      case .templateEditor(let editor): drawTemplateEditor(editor, on: &canvas)
      }
    }
    if overlays.isEmpty { drawWhichKey(layout, on: &canvas) }
  }

  /// The columns of a box that wants so many: a few columns of a list beside it say nothing and look
  /// like dirt.
  func overlayWidth(_ wanted: Int) -> Int { wanted + 12 > size.columns ? size.columns : wanted }

  /// A box over the body, as wide as it wants to be or the screen allows.
  ///
  /// One of `most` rows would stand in the middle; a lower one begins where that would, so that the
  /// line being typed stays where it is.
  func overlayBox(
    width: Int,
    height: Int,
    most: Int = 0,
    title: [Span],
    footer: String,
    on canvas: inout Canvas
  ) -> Rect {
    let width = overlayWidth(width)
    let margin = width < size.columns ? 2 : 0
    let room = canvas.bounds.inset(
      left: margin,
      top: size.rows >= 16 ? 1 : 0,
      right: margin,
      bottom: size.rows >= 16 ? 1 : 0
    )
    var rect = room.centered(width: width, height: max(height, most))
    rect.height = min(rect.height, height)
    canvas.target(rect, .surface)
    return canvas.box(
      rect,
      title: title,
      footer: footer,
      footerStyle: Theme.quiet,
      style: Theme.accent
    )
  }

  /// What stands on a box: where there is little room, whom it is about and then `noun`.
  func boxTitle(_ title: String, about lead: String?, _ noun: String?, width: Int) -> [Span] {
    let room = width - 6
    guard let lead, let noun, layout.sizeClass <= .tiny || Width.of(title) > room else {
      return [Span(title, Theme.strong)]
    }
    // As much of the name as leaves the noun its place, and enough to know them by.
    let name = Wrap.truncate(lead, to: max(6, room - Width.of(noun) - 2))
    return [Span(name + ": " + noun, Theme.strong)]
  }

  /// A search line with its cursor; returns the rect below it.
  func drawSearch(
    _ field: TextEditor,
    prompt: String,
    in rect: Rect,
    on canvas: inout Canvas
  ) -> Rect {
    let (line, rest) = rect.splitTop(1)
    canvas.text(
      prompt,
      at: Point(x: line.x, y: line.y),
      width: line.width,
      style: Theme.accentStrong
    )
    let box = line.inset(left: Width.of(prompt))
    let shown = field.layout(width: max(1, box.width))
    canvas.text(
      shown.lines.first ?? "",
      at: Point(x: box.x, y: box.y),
      width: box.width,
      style: Theme.text
    )
    canvas.cursor = Point(x: min(box.x + shown.cursor.x, max(line.x, line.maxX - 1)), y: line.y)
    return rest
  }
}
