// What follows from time passing: customers write, lines become webhooks. Pure; Simulation posts.
import Glibc
import Model

extension World {
  /// Everything due at `now`, oldest first.
  mutating func due(by now: Timestamp) -> [Webhook] {
    var webhooks: [Webhook] = []
    while let (happening, at) = agenda.next(dueBy: now) {
      switch happening {
      case .arrival: arrive(at: at)
      case .line(let line, let address, let generation):
        if let webhook = utter(line, from: address, generation: generation, at: at) {
          webhooks.append(webhook)
        }
      case .notice(let body): webhooks.append(webhook(body))
      case .late(let webhook): webhooks.append(webhook)
      }
    }
    return webhooks
  }

  /// Bytes for `body`, twice when a duplicate is due.
  mutating func webhook(_ body: JSON) -> Webhook {
    let isDoubled = faults.take(&random) { $0 == .duplicate } != nil
    return Webhook(body, copies: isDoubled ? 2 : 1)
  }

  private mutating func arrive(at now: Timestamp) {
    let (persona, lines) = customers.arrive(at: now)
    meet(persona)
    let generation = customers.conversation(persona.address)?.generation ?? 0
    for planned in lines {
      let happening = Happening.line(
        planned.line,
        from: persona.address,
        generation: generation
      )
      agenda.add(happening, at: now + planned.after)
    }
    // A Poisson process: the pauses between arrivals are exponential, of mean 60 s ÷ rate.
    let pause = -Glibc.log(1 - random.fraction()) * 60_000 / rate
    agenda.add(.arrival, at: now + Int64(pause.rounded()))
  }

  private mutating func meet(_ persona: Persona) {
    guard person(persona.address) == nil else { return }
    remember(
      Person(
        address: persona.address,
        name: persona.name,
        username: persona.username,
        scopedID: persona.scopedID,
        hidesPhone: persona.hidesPhone,
        account: account(for: persona.surface)
      )
    )
  }

  private mutating func account(for surface: Surface) -> String {
    let choices =
      switch surface {
      case .whatsapp: accounts.whatsapp.map(\.phoneNumberID)
      case .instagram: accounts.instagram
      case .messenger: accounts.messenger
      }
    return random.pick(choices) ?? ""
  }

  /// The webhook of a line; nil when it has lapsed, because the gym wrote in between.
  private mutating func utter(
    _ line: Line,
    from address: Address,
    generation: Int,
    at now: Timestamp
  ) -> Webhook? {
    let current = customers.conversation(address)?.generation ?? 0
    guard generation == current, let person = person(address) else { return nil }
    heard(from: address, at: now)
    if case .reaction = line.content {} else { customers.said(by: address, at: now) }
    let body =
      address.surface == .whatsapp
      ? whatsappBody(line, from: person, at: now) : messengerBody(line, from: person, at: now)
    let made = webhook(body)
    if faults.take(&random, where: { $0 == .reorder }) != nil {
      agenda.add(.late(made), at: now + Self.lateness)
      return nil
    }
    return made
  }

  /// How long a reordered message is held back (ms).
  static let lateness: Int64 = 1500

  // MARK: A message taken

  /// Records a send and plans what comes of it; returns the receipts to post before the answer.
  mutating func accept(_ send: AcceptedSend, at now: Timestamp) -> [Webhook] {
    record(send, at: now)
    var person =
      person(send.to)
      ?? Person(
        address: send.to,
        scopedID: send.to.id.contains(".") ? send.to.id : nil,
        hidesPhone: send.to.surface == .whatsapp && send.to.id.contains("."),
        account: send.account
      )
    person.account = send.account
    remember(person)
    let isEarly = faults.take(&random) { $0 == .early } != nil
    let notices = notices(of: send, to: person, at: now)
    let early = isEarly ? notices.prefix(2) : []
    for notice in notices.dropFirst(early.count) {
      agenda.add(.notice(notice.body), at: now + notice.after)
    }
    if let last = notices.last, rate > 0, !send.text.isEmpty || send.category == "marketing" {
      answer(send, readAt: now + last.after)
    }
    return early.map { webhook($0.body) }
  }

  private mutating func answer(_ send: AcceptedSend, readAt: Timestamp) {
    let (lines, generation) = customers.hear(send.text, id: send.id, at: send.to, now: readAt)
    for planned in lines {
      agenda.add(
        .line(planned.line, from: send.to, generation: generation),
        at: readAt + planned.after
      )
    }
  }
}
