// What the asking user may see. Every read of the store takes one, and it becomes part of the SQL.
import GRDB
import Model

/// The rows a read may return, and whose unread counts and drafts it shows.
package struct Scope: Equatable, Sendable {
  package enum Reach: Equatable, Sendable {
    case everything
    case gym(GymID)
    /// Leads of one gym that the user owns.
    case own(GymID, UserID)
  }

  package var reach: Reach
  package var viewer: UserID?

  package init(reach: Reach, viewer: UserID?) {
    self.reach = reach
    self.viewer = viewer
  }

  /// All rows, for commands on the machine and the worker.
  package static let everything = Scope(reach: .everything, viewer: nil)

  /// A condition on the `lead` table under `alias`, for a WHERE clause.
  func leads(_ alias: String) -> SQL {
    switch reach {
    case .everything: "1"
    case .gym(let gym): "\(sql: alias).gym_id = \(gym.rawValue)"
    case .own(let gym, let user):
      "\(sql: alias).gym_id = \(gym.rawValue) AND \(sql: alias).owner_id = \(user.rawValue)"
    }
  }

  /// The same as text that goes on a condition; ids are integers, so nothing needs quoting.
  var andLeads: String {
    switch reach {
    case .everything: ""
    case .gym(let gym): " AND lead.gym_id = \(gym.rawValue)"
    case .own(let gym, let user):
      " AND lead.gym_id = \(gym.rawValue) AND lead.owner_id = \(user.rawValue)"
    }
  }

  /// A condition on any table with `gym_id` under `alias`.
  func gyms(_ alias: String) -> SQL {
    switch reach {
    case .everything: "1"
    case .gym(let gym), .own(let gym, _): "\(sql: alias).gym_id = \(gym.rawValue)"
    }
  }
}
