// Signing in, and who may. Passwords are hashed here and forgotten.
import Model
import Store

extension FrontDesk {
  /// The user behind e-mail and password.
  ///
  /// Throws `Refusal`; it doesn't tell whether the e-mail or the password was wrong.
  package func signIn(email: String, password: Secret, origin: String) throws -> (User, Int64) {
    let address = email.trimmed
    let matches: Bool
    if let stored = try store.passwordHash(email: address) {
      matches = try PasswordHashing.matches(password, stored)
    } else {
      // An unknown e-mail takes as long as a wrong password: one hash.
      _ = try passwords.hash(password)
      matches = false
    }
    guard matches, let user = try store.user(email: address) else {
      throw Refusal(rule: "sign_in", text: "e-mail and password don't match")
    }
    guard !user.isDisabled else {
      throw Refusal(rule: "disabled", text: "this account is switched off; ask an admin")
    }
    return (user, try store.startSession(user.id, origin: origin))
  }

  /// The user for `--as`: whoever may read the data directory is trusted.
  package func signIn(as email: String, origin: String) throws -> (User, Int64) {
    guard let user = try store.user(email: email.trimmed) else {
      throw StoreError.noSuchUser(email)
    }
    return (user, try store.startSession(user.id, origin: origin))
  }

  package func signOut(session: Int64) throws { try store.endSession(session) }

  /// Adds somebody who may sign in.
  package func addUser(
    email: String,
    name: String,
    role: User.Role,
    password: Secret?,
    by seat: Seat
  ) throws -> User {
    let address = email.trimmed
    try check(email: address)
    try password.map(check(password:))
    let person = name.trimmed
    return try store.addUser(
      email: address,
      name: person.isEmpty ? String(address.prefix { $0 != "@" }) : person,
      role: role,
      passwordHash: password.map(passwords.hash),
      by: seat.actor
    )
  }

  package func setPassword(email: String, to password: Secret, by seat: Seat) throws {
    try check(password: password)
    try store.setPassword(email: email.trimmed, hash: passwords.hash(password), by: seat.actor)
  }

  private func check(email: String) throws {
    let parts = email.split(separator: "@", omittingEmptySubsequences: false)
    let isSound =
      parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && email.utf8.count <= 254
      && !email.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7f }
    guard isSound else {
      throw Refusal(rule: "email", text: "\"\(email)\" is not an e-mail address")
    }
  }

  /// NIST SP 800-63B: at least 8 characters, no rules about their kind; at most 1024 bytes.
  private func check(password: Secret) throws {
    guard password.revealed.count >= 8, password.revealed.utf8.count <= 1024 else {
      throw Refusal(rule: "password", text: "a password needs 8 characters or more")
    }
  }
}
