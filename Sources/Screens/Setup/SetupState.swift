// The form of the first run: a gym and the first person who signs in.
import TerminalUI

struct SetupState: Equatable {
  static let labels = [
    "Gym's name", "Time zone", "Your name", "E-mail", "Password", "Password again",
  ]
  static let passwordEntry = 4
  /// The shortest password taken; NIST SP 800-63B asks for at least 8 characters.
  static let shortestPassword = 8

  var fields: [TextEditor]
  var entry = 0
  var isBusy = false
  var error: String?

  init(zone: String) {
    fields = Self.labels.indices.map { index in
      TextEditor(
        kind: index >= Self.passwordEntry ? .masked : .singleLine,
        text: index == 1 ? zone : ""
      )
    }
  }

  /// The first entry that can't be right, and why.
  var problem: (entry: Int, reason: String)? {
    let words = fields.map { $0.text.split(separator: " ").joined(separator: " ") }
    if words[0].isEmpty { return (0, "Give the gym a name") }
    if words[1].isEmpty { return (1, "Name a time zone such as Europe/Berlin") }
    if words[2].isEmpty { return (2, "Type your name as customers and colleagues know it") }
    if !words[3].contains("@") { return (3, "Type your e-mail address") }
    if fields[4].text.count < Self.shortestPassword {
      return (4, "A password needs at least \(Self.shortestPassword) characters")
    }
    if fields[4].text != fields[5].text { return (5, "The two passwords are not the same") }
    return nil
  }
}
