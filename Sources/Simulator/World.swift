// Everything the simulator knows, as one value: people, what was sent, what happens next. It does
// no I/O and reads no clock, so a run with the same seed and the same calls repeats itself.
import Model

struct World {
  let accounts: Accounts
  /// Unprompted messages a minute; at 0 nobody writes or answers by themselves.
  let rate: Double
  var random: SeededRandom
  var ids: IdentifierSource
  var faults = FaultTable()
  var customers: Customers
  var agenda = Agenda()
  var templates = TemplateCatalog()
  var media = MediaShelf()
  var forms = FormShelf()
  /// `http://host:port` of the server, for links that webhooks carry.
  var origin = "http://127.0.0.1"
  /// Every accepted send, one JSON object a line.
  private(set) var sentLines: [String] = []
  /// What was sent on Instagram and Messenger, by person, newest first.
  private var sentTo: [String: [JSON]] = [:]
  private var people: [Address: Person] = [:]
  /// BSUID → the address its person is kept under.
  private var scopedIDs: [String: Address] = [:]
  private var usedAccounts: Set<String> = []
  private var calls = 0

  init(
    accounts: Accounts = Accounts(),
    rate: Double = 0,
    seed: UInt64 = 1,
    faults: FaultTable = FaultTable(),
    now: Timestamp
  ) {
    self.accounts = accounts
    self.rate = rate
    self.faults = faults
    random = SeededRandom(seed: seed)
    ids = IdentifierSource(seed: seed, startedAt: now.milliseconds)
    customers = Customers(seed: seed, accounts: accounts)
    if rate > 0 { agenda.add(.arrival, at: now + random.milliseconds(800...2500)) }
  }

  /// Accounts that sends may leave from: those declared and those used so far.
  var knownAccounts: Set<String> {
    usedAccounts
      .union(accounts.whatsapp.map(\.phoneNumberID))
      .union(accounts.instagram).union(accounts.messenger)
  }

  mutating func use(account: String) { usedAccounts.insert(account) }

  // MARK: People

  /// The person at `address`; a BSUID finds them as well as their phone.
  func person(_ address: Address) -> Person? {
    people[address] ?? scopedIDs[address.id].flatMap { people[$0] }
  }

  mutating func remember(_ person: Person) {
    people[person.address] = person
    if let scopedID = person.scopedID { scopedIDs[scopedID] = person.address }
  }

  /// Notes that they wrote; an older message never moves the window back.
  mutating func heard(from address: Address, at time: Timestamp) {
    guard var person = person(address) else { return }
    person.lastWroteAt = max(person.lastWroteAt ?? time, time)
    remember(person)
  }

  /// The person's newest message is no older than `window`; whoever never wrote counts as inside.
  func isInside(_ window: Int64, _ address: Address, now: Timestamp) -> Bool {
    guard let last = person(address)?.lastWroteAt else { return true }
    return now - last <= window
  }

  // MARK: Sends

  mutating func record(_ send: AcceptedSend, at now: Timestamp) {
    let line: JSON = [
      "at": .string(now.rfc3339),
      "to": .string(send.to.id),
      "body": send.request,
      "wamid": .string(send.id),
      "account": .string(send.account),
      "surface": .string(send.to.surface.rawValue),
    ]
    sentLines.append(line.line)
    guard send.to.surface != .whatsapp else { return }
    let entry: JSON = [
      "id": .string(send.id), "created_time": .string(now.rfc3339),
      "from": ["id": .string(send.account)], "message": .string(send.text),
    ]
    sentTo[send.to.id] = [entry] + (sentTo[send.to.id] ?? []).prefix(19)
  }

  /// The conversation with one person as `/conversations` lists it: our newest 20 messages.
  func conversation(with person: String) -> JSON {
    guard let messages = sentTo[person] else { return ["data": []] }
    return ["data": [["id": .string("t_" + person), "messages": ["data": .array(messages)]]]]
  }

  /// The usage that the answer's `X-App-Usage` header tells, in percent.
  mutating func countCall() -> Int {
    calls += 1
    return faults.usage ?? min(calls / 200, 60)
  }
}

extension Timestamp {
  /// `2026-08-01T09:30:00.125Z`.
  var rfc3339: String {
    let fields = ZoneRules.utc.civil(self)
    func digits(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return digits(fields.year, 4) + "-" + digits(fields.month, 2) + "-" + digits(fields.day, 2)
      + "T" + digits(fields.hour, 2) + ":" + digits(fields.minute, 2) + ":"
      + digits(fields.second, 2) + "." + digits(Int(milliseconds % 1000), 3) + "Z"
  }
}
