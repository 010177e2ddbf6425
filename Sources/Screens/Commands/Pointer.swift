// The mouse: a click does what the frame shows there, opens a row or focuses a pane; the wheel
// scrolls what is under it, a border is dragged.
import TerminalUI

extension AppState {
  mutating func point(_ mouse: Mouse) {
    guard isMouseOn else { return }
    switch mouse.action {
    case .press:
      dragged = phase == .desk && overlays.isEmpty ? layout.border(at: mouse.at) : nil
      if dragged == nil { click(mouse.at) }
    case .drag: if let dragged { drag(dragged, to: mouse.at.x) }
    case .release:
      if let dragged { drop(dragged) }
      dragged = nil
    case .wheelUp: wheel(mouse.at, step: -3)
    case .wheelDown: wheel(mouse.at, step: 3)
    }
  }

  private mutating func click(_ at: Point) {
    // What lies below an overlay is painted too, but isn't meant.
    let target = view(self).target(at: at)
    guard phase == .desk, overlays.isEmpty else { return clickTop(target, at: at) }
    switch target?.meaning {
    case .tab(let number): if let pane = Pane(rawValue: number) { focus(pane) }
    case .keys(let sequence): press(sequence)
    case .field(_, let firstLine, let width):
      let column = at.x - (target?.rect.x ?? 0)
      let line = at.y - (target?.rect.y ?? 0) + firstLine
      focus(.thread)
      opened?.composer.text.click(column: column, line: line, width: width)
    case .surface: break
    case .row(let row) where focus == .templates: chooseTemplate(row)
    case .row, nil: clickPane(at)
    }
  }

  /// A click begins anew, whatever was half typed.
  private mutating func press(_ sequence: KeySequence) {
    keys = PendingKeys()
    for key in sequence.keys { press(key) }
  }

  /// A click while an overlay or a form takes the keys.
  private mutating func clickTop(_ target: ClickTarget?, at: Point) {
    switch target?.meaning {
    case .surface: break
    case .keys(let sequence): press(sequence)
    case .row(let row): chooseRow(row)
    case .field(let number, let firstLine, let width):
      let column = at.x - (target?.rect.x ?? 0)
      let line = at.y - (target?.rect.y ?? 0) + firstLine
      clickField(number) { $0.click(column: column, line: line, width: width) }
    case .tab, nil: closeList()
    }
  }

  /// What Enter does on that row.
  private mutating func chooseRow(_ row: Int) {
    switch overlays.last {
    case .help(var help):
      help.cursor = row
      press(.enter, help: help)
    case .palette(var palette):
      palette.cursor = row
      press(.enter, palette: palette)
    case .picker(var picker):
      picker.cursor = row
      press(.enter, picker: picker)
    case .prompt, .templateForm, .templateEditor, nil: break
    }
  }

  /// Puts the cursor into a field of what takes the keys.
  private mutating func clickField(_ number: Int, _ place: (inout TextEditor) -> Void) {
    switch phase {
    case .login(var login):
      guard !login.isBusy else { return }
      login.entry = number == 0 ? .email : .password
      if number == 0 { place(&login.email) } else { place(&login.password) }
      phase = .login(login)
      return
    case .setup(var setup):
      guard !setup.isBusy, setup.fields.indices.contains(number) else { return }
      setup.entry = number
      place(&setup.fields[number])
      phase = .setup(setup)
      return
    case .desk: break
    }
    switch overlays.last {
    case .prompt(var prompt):
      place(&prompt.field)
      replaceOverlay(.prompt(prompt))
    case .templateForm(var form):
      guard form.fields.indices.contains(number) else { return }
      form.cursor = number
      place(&form.fields[number].editor)
      replaceOverlay(.templateForm(form))
    case .templateEditor(var editor):
      guard editor.fields.indices.contains(number) else { return }
      editor.cursor = number
      place(&editor.fields[number].editor)
      replaceOverlay(.templateEditor(editor))
    case .help, .palette, .picker, nil: break
    }
  }

  /// A click beside a list closes it; beside what is being written a slip must not lose it.
  private mutating func closeList() {
    switch overlays.last {
    case .help, .palette: dismissOverlay()
    case .picker(let picker):
      if picker.isOfThemes { previewTheme(nil) }
      dismissOverlay()
    case .prompt, .templateForm, .templateEditor, nil: break
    }
  }

  private mutating func clickPane(_ at: Point) {
    if let header = layout.header, header.contains(at) {
      if layout.sizeClass < .single, focus != .inbox { goBack(quits: false) }
      return
    }
    guard let pane = layout.pane(at: at), let rect = layout[pane] else { return }
    switch pane {
    case .inbox:
      let row = (at.y - rect.y - titleRows - inboxSearchRows) / inboxRowHeight
      let index = inbox.top + row
      guard at.y >= rect.y + titleRows + inboxSearchRows, index < inbox.offset + inbox.rows.count
      else {
        return focus(.inbox)
      }
      focus(.inbox)
      inbox.moveCursor(to: index)
      openCursorLead()
    case .thread:
      focus(.thread)
      let frame = ThreadFrame(state: self, pane: rect)
      if frame.composer.contains(at), opened != nil { startReply() }
    case .lead, .dashboard, .templates: focus(pane)
    case .journal:
      let index = journal.top + at.y - rect.y - titleRows
      guard journal.detail == nil, at.y >= rect.y + titleRows, journal.lines.indices.contains(index)
      else { return }
      journal.cursor = index
      openEvent()
    case .notices:
      let index = notices.top + at.y - rect.y - titleRows
      guard !notices.isOpen, at.y >= rect.y + titleRows, notices.lines.indices.contains(index)
      else { return }
      notices.cursor = index
      openNotice()
    }
  }

  private mutating func wheel(_ at: Point, step: Int) {
    guard phase == .desk else { return }
    // The wheel moves the cursor of what lies on top.
    guard overlays.isEmpty else { return pressOverlay(step < 0 ? .up : .down) }
    switch layout.pane(at: at) {
    case .inbox: moveInbox(by: step)
    case .thread: scrollThread(by: -step)
    case .lead: scrollLead(by: step)
    case .dashboard: scrollDashboard(by: step)
    case .journal: moveJournal(by: step)
    case .notices: moveNotices(by: step)
    case .templates: moveTemplates(by: step)
    case nil: break
    }
  }
}
