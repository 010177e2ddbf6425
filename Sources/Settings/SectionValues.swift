// One table of the file after checking: values by key, still to be put into Configuration.
import Model

/// The checked values of one table.
struct SectionValues {
  enum Value {
    case text(String)
    case whole(Int)
    case listen(ListenAddress)
    case secrets([Secret])
    case truth(Bool)
    case hours(HoursOfDay)
    case look(Configuration.Look)
  }

  /// Where the table stands, for errors: `relay_server.client#1`.
  var path: String
  var values: [String: Value] = [:]

  func text(_ key: String) -> String? {
    guard case .text(let text) = values[key] else { return nil }
    return text
  }

  func whole(_ key: String) -> Int? {
    guard case .whole(let number) = values[key] else { return nil }
    return number
  }

  func truth(_ key: String) -> Bool? {
    guard case .truth(let value) = values[key] else { return nil }
    return value
  }

  func hours(_ key: String) -> HoursOfDay? {
    guard case .hours(let hours) = values[key] else { return nil }
    return hours
  }

  func look(_ key: String) -> Configuration.Look? {
    guard case .look(let look) = values[key] else { return nil }
    return look
  }

  func listen(_ key: String) -> ListenAddress? {
    guard case .listen(let address) = values[key] else { return nil }
    return address
  }

  func secrets(_ key: String) -> [Secret] {
    guard case .secrets(let secrets) = values[key] else { return [] }
    return secrets
  }

  func secret(_ key: String) -> Secret? { secrets(key).first }
}
