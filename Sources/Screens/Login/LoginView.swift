// The login form, centred; the demo's logins stand below it when there are any.
import TerminalUI

extension AppState {
  func drawLogin(_ login: LoginState, on canvas: inout Canvas) {
    let form = FormView(
      title: "Inbox",
      subtitle: "Every lead, one place",
      entries: [
        FormView.Entry(label: "E-mail", field: login.email),
        FormView.Entry(label: "Password", field: login.password),
      ],
      focused: login.entry == .email ? 0 : 1,
      message: login.isBusy ? "Signing in …" : login.error,
      isError: !login.isBusy,
      action: login.entry == .email ? "Enter next" : "Enter sign in",
      keys: "Tab other field · Ctrl-C twice to quit",
      hints: loginHint
    )
    form.draw(on: &canvas, notice: notice)
  }
}
