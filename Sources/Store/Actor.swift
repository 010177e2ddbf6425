// Who did something, as the history keeps it.
import Model

/// A signed-in user, a script on the machine, or the product itself.
package struct Actor: Equatable, Sendable {
  package var user: UserID?
  /// `cli:root` and the like, for those who are not users.
  package var label: String?

  package init(user: UserID? = nil, label: String? = nil) {
    self.user = user
    self.label = label
  }

  package static let system = Actor()
}
