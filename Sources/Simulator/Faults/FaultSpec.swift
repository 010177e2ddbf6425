// Reads faults: the `--faults` list of the command line and the JSON of POST /_sim/fault.

enum FaultSpec {
  /// What is wrong with a list or a body, in one line.
  struct Failure: Error, Equatable {
    var reason: String
  }

  static let help = """
    Faults that strike at random: a comma list of NAME=PROBABILITY. NAME is 400, 401, 403, 429, \
    500 or 503 (a Graph error), any other Graph code such as 131056, slow or slow:MILLISECONDS \
    (a late answer), drop-before or drop-after (the connection closes before or after the send \
    was accepted), malformed (accepted, then half an answer), duplicate, reorder, early (webhooks \
    twice, out of order, before the answer), fail or fail:CODE (accepted, then a failed receipt). Example: 500=0.02,drop-after=0.01
    """

  /// Fills the chances of a table from a `--faults` list.
  static func parse(_ list: String) throws(Failure) -> FaultTable {
    var table = FaultTable()
    for item in list.split(separator: ",") {
      let sides = item.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      guard sides.count == 2, let chance = Double(sides[1]), (0...1).contains(chance) else {
        throw Failure(reason: "'\(item)' is not NAME=PROBABILITY with a probability from 0 to 1")
      }
      try add(sides[0], chance, to: &table)
    }
    return table
  }

  private static func add(
    _ name: String,
    _ chance: Double,
    to table: inout FaultTable
  ) throws(Failure) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    let word = parts.first ?? ""
    let detail = parts.count > 1 ? Int(parts[1]) : nil
    guard parts.count < 2 || detail != nil else {
      throw Failure(reason: "'\(name)': a whole number must follow the ':'")
    }
    if let fault = WebhookFault(name: word, code: detail) {
      table.webhookChances.append(.init(fault: fault, probability: chance))
      return
    }
    var fault = CallFault()
    switch word {
    case "slow": fault.delayMilliseconds = Int64(detail ?? 5000)
    case "drop-before": fault.drop = .before
    case "drop-after": fault.drop = .after
    case "malformed": fault.isMalformed = true
    default:
      guard let number = Int(word), number > 0 else {
        throw Failure(reason: "'\(word)' is no fault; see inbox-sim serve --help")
      }
      if [400, 401, 403, 404, 429, 500, 503].contains(number) {
        fault.status = number
      } else {
        fault.code = number
      }
    }
    table.callChances.append(.init(fault: fault, probability: chance))
  }

  /// Arms what a POST /_sim/fault body asks for.
  static func arm(_ json: JSON, in table: inout FaultTable) throws(Failure) {
    guard json.isObject else { throw Failure(reason: "the body must be a JSON object") }
    let times = Int(json["times"]?.integer ?? 1)
    guard times > 0 else { throw Failure(reason: "times must be 1 or more") }
    if let name = json["webhooks"]?.text {
      guard let fault = WebhookFault(name: name, code: json["code"]?.integer.map { Int($0) })
      else { throw Failure(reason: "webhooks must be duplicate, reorder, early or fail") }
      table.arm(fault, times: times)
      return
    }
    if try arm(state: json, in: &table) { return }
    var fault = CallFault()
    fault.match = json["match"]?.text ?? ""
    fault.status = json["status"]?.integer.map { Int($0) }
    fault.code = json["code"]?.integer.map { Int($0) }
    fault.subcode = json["subcode"]?.integer.map { Int($0) }
    fault.delayMilliseconds = json["delay_ms"]?.integer ?? 0
    fault.retryAfter = json["retry_after"]?.integer.map { Int($0) }
    fault.body = json["body"]
    fault.times = times
    if let drop = json["drop"]?.text {
      fault.drop = CallFault.Drop(rawValue: drop)
      guard fault.drop != nil else { throw Failure(reason: "drop must be before or after") }
    }
    if let status = fault.status, !(200...599).contains(status) {
      throw Failure(reason: "status must be from 200 to 599")
    }
    fault.isMalformed = json["malformed"] == true
    let changesAnswer = fault.refuses || fault.drop != nil || fault.isMalformed
    guard changesAnswer || fault.delayMilliseconds > 0 else {
      let list = "status, code, delay_ms, drop, malformed, body, token, usage or webhooks"
      throw Failure(reason: "say what fails: \(list)")
    }
    table.arm(fault)
  }

  /// What holds until it is taken back, instead of for some calls.
  private static func arm(state json: JSON, in table: inout FaultTable) throws(Failure) -> Bool {
    if let token = json["token"]?.text {
      guard token == "expired" || token == "valid" else {
        throw Failure(reason: "token must be expired or valid")
      }
      table.isTokenExpired = token == "expired"
      return true
    }
    guard let usage = json["usage"]?.integer else { return false }
    guard (0...100).contains(usage) else {
      throw Failure(reason: "usage must be a percentage from 0 to 100")
    }
    table.usage = Int(usage)
    return true
  }
}
