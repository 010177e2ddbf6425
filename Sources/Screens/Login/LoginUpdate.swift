// Keys of the login form and the answers to it.
import Model
import TerminalUI

extension AppState {
  mutating func press(_ key: Key, login: LoginState) {
    var login = login
    if login.isBusy && key != .ctrl("c") { return }
    switch key {
    case .ctrl("c"), .ctrl("z"), .ctrl("l"): return pressFormKey(key)
    case .tab, .backTab, .up, .down:
      login.entry = login.entry == .email ? .password : .email
    // Keys typed before the screen was up come with Enter as Ctrl-J.
    case .enter, .ctrl("j"): submit(&login)
    case .escape: login.error = nil
    default:
      let result =
        login.entry == .email ? login.email.handle(key) : login.password.handle(key)
      if result == .changed { login.error = nil }
    }
    phase = .login(login)
  }

  private mutating func submit(_ login: inout LoginState) {
    let email = login.email.text.filter { $0 != " " }
    if email.isEmpty {
      login.entry = .email
      login.error = "Type your e-mail address"
    } else if login.entry == .email {
      login.entry = .password
    } else if login.password.isEmpty {
      login.error = "Type your password"
    } else {
      login.isBusy = true
      login.error = nil
      effects.append(.signIn(email: email, password: Secret(login.password.text)))
      login.password = TextEditor(kind: .masked)
    }
  }

  mutating func failSignIn(_ reason: String) {
    guard case .login(var login) = phase else { return }
    login.isBusy = false
    login.entry = .password
    login.error = Sanitizer.line(reason, limit: 200)
    phase = .login(login)
  }

  mutating func pasteIntoForm(_ text: String) {
    let line = Sanitizer.line(text, limit: 200)
    switch phase {
    case .login(var login):
      guard !login.isBusy else { return }
      if login.entry == .email { login.email.insert(line) } else { login.password.insert(line) }
      phase = .login(login)
    case .setup(var setup):
      guard !setup.isBusy else { return }
      setup.fields[setup.entry].insert(line)
      phase = .setup(setup)
    case .desk: break
    }
  }

  /// Keys that work in every form.
  mutating func pressFormKey(_ key: Key) {
    switch key {
    case .ctrl("c"): cancelOrOfferQuit()
    case .ctrl("z"): effects.append(.suspend)
    case .ctrl("l"): effects.append(.redraw)
    default: break
    }
  }
}
