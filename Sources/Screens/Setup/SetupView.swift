// The form of the first run, centred.
import TerminalUI

extension AppState {
  func drawSetup(_ setup: SetupState, on canvas: inout Canvas) {
    let entries = zip(SetupState.labels, setup.fields).map {
      FormView.Entry(label: $0, field: $1)
    }
    let isLast = setup.entry == setup.fields.count - 1
    let form = FormView(
      title: "Welcome to Inbox",
      subtitle: "Set up your gym and your own account",
      entries: entries,
      focused: setup.entry,
      message: setup.isBusy ? "Setting up …" : setup.error,
      isError: !setup.isBusy,
      action: isLast ? "Enter set up" : "Enter next",
      keys: "Tab next field · Ctrl-C twice to quit",
      hints: []
    )
    form.draw(on: &canvas, notice: notice)
  }
}
