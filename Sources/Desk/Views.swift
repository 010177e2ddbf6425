// What screens read: the gym's book of names and the dashboard. Lists come straight from the store.
import Model
import Store

extension FrontDesk {
  /// Gym, stages, people and saved replies; nil when no gym has been made.
  package struct Book: Sendable {
    package var gym: Gym
    package var zone: ZoneRules
    package var stages: [Stage]
    package var users: [User]
    package var templates: [Template]
    package var whatsAppTemplates: [WhatsAppTemplate]
    package var businessAccounts: [String]
  }

  package func book(seat: Seat) throws -> Book? {
    guard let gym = try store.gyms(seat.scope).first else { return nil }
    return Book(
      gym: gym,
      zone: ZoneRules(named: gym.zone) ?? .utc,
      stages: try store.stages(seat.scope),
      users: try store.users(),
      templates: try store.templates(seat.scope),
      whatsAppTemplates: try store.whatsAppTemplates(seat.scope),
      businessAccounts: try store.channels().compactMap(\.businessAccount)
    )
  }

  package func dashboard(seat: Seat) throws -> Dashboard {
    let zone = try store.gyms(seat.scope).first.flatMap { ZoneRules(named: $0.zone) } ?? .utc
    return try store.dashboard(scope: seat.scope, midnight: zone.startOfDay(clock.now()))
  }
}
