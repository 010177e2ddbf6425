// The login form.
import TerminalUI

struct LoginState: Equatable {
  enum Entry: Equatable {
    case email, password
  }

  var email = TextEditor(kind: .singleLine)
  var password = TextEditor(kind: .masked)
  var entry = Entry.email
  /// The answer is awaited.
  var isBusy = false
  var error: String?
}
