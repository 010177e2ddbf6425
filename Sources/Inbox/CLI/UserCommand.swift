// `inbox user …`: who may sign in.
import ArgumentParser
import Desk
import Model
import Settings
import Store

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Who may sign in.",
    subcommands: [
      Add.self, List.self, Disable.self, Enable.self, SetPassword.self, SetRole.self,
      Sessions.self,
    ]
  )

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add somebody.",
      discussion: "The password is asked for, or read from stdin with --password-stdin."
    )

    @OptionGroup var common: CommonOptions
    @Argument(help: "The e-mail to sign in with.") var email: String
    @Option(help: "The name others see.") var name: String = ""
    @Option(help: "owner, admin or staff.") var role: User.Role = .staff
    @Flag(help: "Read the password from stdin.") var passwordStdin = false

    func run() throws {
      let desk = try common.open().desk
      let password = try Prompt.newPassword(fromStdin: passwordStdin)
      let user = try desk.addUser(
        email: email,
        name: name,
        role: role,
        password: password,
        by: .commandLine
      )
      Output.error("\(user.email) may sign in as \(user.role.rawValue)")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Everybody.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption

    func run() throws {
      let users = try common.open().store.users()
      guard json.isJSON else {
        return Output.table(
          [["E-MAIL", "NAME", "ROLE", "STATE"]]
            + users.map { [$0.email, $0.name, $0.role.rawValue, $0.isDisabled ? "off" : "on"] }
        )
      }
      for user in users {
        Output.object {
          $0.field("id", user.id.rawValue)
          $0.field("email", user.email)
          $0.field("name", user.name)
          $0.field("role", user.role.rawValue)
          $0.field("disabled", user.isDisabled)
        }
      }
    }
  }

  struct Disable: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Keep somebody out.")
    @OptionGroup var common: CommonOptions
    @Argument var email: String

    func run() throws {
      try common.open().store.setDisabled(email: email, true, by: Seat.commandLine.actor)
    }
  }

  struct Enable: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let somebody in again.")
    @OptionGroup var common: CommonOptions
    @Argument var email: String

    func run() throws {
      try common.open().store.setDisabled(email: email, false, by: Seat.commandLine.actor)
    }
  }

  struct SetPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "passwd",
      abstract: "Set a new password."
    )
    @OptionGroup var common: CommonOptions
    @Argument var email: String
    @Flag(help: "Read the password from stdin.") var passwordStdin = false

    func run() throws {
      let desk = try common.open().desk
      guard try desk.store.user(email: email) != nil else { throw StoreError.noSuchUser(email) }
      let password = try Prompt.newPassword(fromStdin: passwordStdin)
      try desk.setPassword(email: email, to: password, by: .commandLine)
    }
  }

  struct SetRole: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "role",
      abstract: "Make somebody owner, admin or staff."
    )
    @OptionGroup var common: CommonOptions
    @Argument var email: String
    @Argument var role: User.Role

    func run() throws {
      try common.open().store.setRole(email: email, role: role, by: Seat.commandLine.actor)
    }
  }

  struct Sessions: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Who signed in, newest first.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var json: JSONOption
    @Option(help: "At most this many.") var limit = 100

    func run() throws {
      let sessions = try common.open().store.sessions(limit: limit)
      guard json.isJSON else {
        return Output.table(
          [["E-MAIL", "FROM", "TO", "WHERE"]]
            + sessions.map {
              [$0.email, $0.startedAt.rfc3339, $0.endedAt?.rfc3339 ?? "-", $0.origin]
            }
        )
      }
      for session in sessions {
        Output.object {
          $0.field("email", session.email)
          $0.field("started_at", session.startedAt.rfc3339)
          $0.field("ended_at", session.endedAt?.rfc3339)
          $0.field("origin", session.origin)
        }
      }
    }
  }
}

extension User.Role: ExpressibleByArgument {}
