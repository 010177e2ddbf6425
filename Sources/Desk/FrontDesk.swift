// What a person or a script can do. Screens' effects, the command line and a later API call these
// functions and nothing else: each checks, asks the gate, runs one store transaction.
import Model
import Store

/// The desk of one installation.
///
/// Safe from any thread; calls block on the store.
package final class FrontDesk: Sendable {
  package let store: LeadStore
  /// How long a reply typed in the app can be called back, in milliseconds; 0 is off.
  package let undoSend: Int64
  let passwords: PasswordHashing
  let undoLog = UndoLog()

  var clock: WallClock { store.clock }

  /// `passwords` says how dear hashing is; tests take cheap ones.
  package init(
    store: LeadStore,
    undoSendSeconds: Int,
    passwords: PasswordHashing = .standard
  ) {
    self.store = store
    undoSend = Int64(undoSendSeconds) * .second
    self.passwords = passwords
  }
}

/// Who acts, and what they may see.
package struct Seat: Equatable, Sendable {
  package var actor: Actor
  package var scope: Scope

  package init(actor: Actor, scope: Scope) {
    self.actor = actor
    self.scope = scope
  }

  /// A signed-in user.
  ///
  /// Everybody sees every lead for now.
  package init(user: User) {
    actor = Actor(user: user.id)
    scope = Scope(reach: .everything, viewer: user.id)
  }

  /// A script on the machine, audited under this label.
  package init(script label: String) {
    actor = Actor(label: label)
    scope = .everything
  }
}

/// The gate's no, or another rule that stands in the way.
package struct Refusal: Error, Equatable, CustomStringConvertible {
  /// A short name such as `window_closed`, for scripts.
  package var rule: String
  /// What is wrong and what to do, in one line.
  package var text: String

  package init(rule: String, text: String) {
    self.rule = rule
    self.text = text
  }

  package var description: String { "\(rule): \(text)" }
}
