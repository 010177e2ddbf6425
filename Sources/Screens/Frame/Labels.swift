// The gym's names, made harmless once when they arrive and not for every row of every frame.
import Model
import TerminalUI

struct Labels: Equatable {
  private(set) var stages: [StageID: String] = [:]
  private(set) var users: [UserID: String] = [:]
  /// By the address that people sign in with, as the timeline keeps it.
  private(set) var names: [String: String] = [:]
  /// Two columns.
  private(set) var initials: [UserID: String] = [:]

  init(_ book: GymBook?) {
    for stage in book?.stages ?? [] { stages[stage.id] = Sanitizer.line(stage.name, limit: 60) }
    for user in book?.users ?? [] {
      let name = Sanitizer.line(user.name, limit: 60)
      users[user.id] = name
      names[user.email] = name
      initials[user.id] = Screens.initials(name).padded(to: 2)
    }
  }
}
