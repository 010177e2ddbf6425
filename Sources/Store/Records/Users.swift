// People who sign in, and their sessions. Password hashes stay inside this file's two methods.
import GRDB
import Glibc
import Model

extension LeadStore {
  package func users() throws -> [User] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT id, email, name, role, disabled_at FROM user ORDER BY id"
      ).map(User.init(row:))
    }
  }

  /// Whether the user is there and has not been disabled.
  package func isActive(_ user: UserID) throws -> Bool {
    try read { database in
      try Bool.fetchOne(
        database.cachedStatement(sql: "SELECT 1 FROM user WHERE id = ? AND disabled_at IS NULL"),
        arguments: [user.rawValue]
      ) ?? false
    }
  }

  /// The user with this e-mail, in any case of letters.
  package func user(email: String) throws -> User? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT id, email, name, role, disabled_at FROM user WHERE email = ?",
        arguments: [email]
      ).map(User.init(row:))
    }
  }

  /// The stored hash of the user's password; nil when there is no user or no password.
  package func passwordHash(email: String) throws -> String? {
    try read {
      try String.fetchOne(
        $0,
        sql: "SELECT password_hash FROM user WHERE email = ?",
        arguments: [email]
      )
    }
  }

  /// Throws `StoreError.userExists`.
  package func addUser(
    email: String,
    name: String,
    role: User.Role,
    passwordHash: String?,
    by actor: Actor
  ) throws -> User {
    let now = clock.now()
    return try write { database, rev in
      let id = try Int64.fetchOne(
        database,
        sql: """
          INSERT INTO user (email, name, role, password_hash, created_at, rev)
          VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id
          """,
        arguments: [email, name, role.rawValue, passwordHash, now.milliseconds, rev]
      )
      guard let id else { throw StoreError.userExists(email) }
      try database.recordAudit(actor, verb: "user_add", after: email, at: now)
      return User(id: UserID(id), email: email, name: name, role: role)
    }
  }

  package func setPassword(email: String, hash: String, by actor: Actor) throws {
    try changeUser(email, set: "password_hash = ?", to: hash, verb: "user_password", by: actor)
  }

  package func setRole(email: String, role: User.Role, by actor: Actor) throws {
    try changeUser(email, set: "role = ?", to: role.rawValue, verb: "user_role", by: actor)
  }

  package func setDisabled(email: String, _ disabled: Bool, by actor: Actor) throws {
    let now = disabled ? clock.now().milliseconds : nil
    try changeUser(
      email,
      set: "disabled_at = ?",
      to: now,
      verb: disabled ? "user_disable" : "user_enable",
      by: actor
    )
  }

  private func changeUser(
    _ email: String,
    set assignment: String,
    to value: (any DatabaseValueConvertible)?,
    verb: String,
    by actor: Actor
  ) throws {
    let now = clock.now()
    try write { database, rev in
      try database.execute(
        sql: "UPDATE user SET \(assignment), rev = ? WHERE email = ?",
        arguments: [value, rev, email]
      )
      guard database.changesCount > 0 else { throw StoreError.noSuchUser(email) }
      try database.recordAudit(actor, verb: verb, after: email, at: now)
    }
  }

  /// Notes that the user signed in here; returns the session's id.
  package func startSession(_ user: UserID, origin: String) throws -> Int64 {
    let now = clock.now().milliseconds
    return try writeQuietly { database in
      try Int64.fetchOne(
        database,
        sql: """
          INSERT INTO session (user_id, started_at, process_id, origin)
          VALUES (?, ?, ?, ?) RETURNING id
          """,
        arguments: [user.rawValue, now, Int64(getpid()), origin]
      ) ?? 0
    }
  }

  package func endSession(_ id: Int64) throws {
    let now = clock.now().milliseconds
    try writeQuietly {
      try $0.execute(
        sql: "UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
        arguments: [now, id]
      )
    }
  }

  /// One signing-in.
  package struct SessionRecord: Sendable {
    package var email: String
    package var startedAt: Timestamp
    package var endedAt: Timestamp?
    package var origin: String
  }

  /// Newest first.
  package func sessions(limit: Int) throws -> [SessionRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT user.email, session.started_at, session.ended_at, session.origin
          FROM session JOIN user ON user.id = session.user_id
          ORDER BY session.id DESC LIMIT ?
          """,
        arguments: [limit]
      ).map { row in
        let ended: Int64? = row[2]
        return SessionRecord(
          email: row[0],
          startedAt: Timestamp(milliseconds: row[1]),
          endedAt: ended.map(Timestamp.init(milliseconds:)),
          origin: row[3]
        )
      }
    }
  }
}

extension User {
  init(row: Row) {
    let disabledAt: Int64? = row[4]
    self.init(
      id: UserID(row[0]),
      email: row[1],
      name: row[2],
      role: Role(rawValue: row[3]) ?? .staff,
      isDisabled: disabledAt != nil
    )
  }
}
