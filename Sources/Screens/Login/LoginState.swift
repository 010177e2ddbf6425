// The login form.
import TerminalUI

struct LoginState: Equatable {
  enum Entry: Equatable {
    case email, password
  }

  var email = Field()
  var password = Field()
  var entry = Entry.email
  /// The answer is awaited.
  var isBusy = false
  var error: String?
}
