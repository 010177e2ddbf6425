// A gym's morning for the screens: names in several scripts, emoji, long and hostile texts, every
// delivery state. Times hang on one fixed "now", so that pictures are the same every day.
import Model

@testable import Screens

enum Sample {
  /// Friday, 14 November 2025, 10:30:00 UTC.
  static let now = Timestamp(seconds: 1_763_116_200)

  static let gym = Gym(
    id: GymID(1),
    slug: "downtown",
    name: "Downtown",
    zone: "UTC",
    country: "DE"
  )
  static let ana = User(id: UserID(1), email: "ana@downtown.gym", name: "Ana Berger", role: .owner)
  static let tom = User(id: UserID(2), email: "tom@downtown.gym", name: "Tom Okafor", role: .staff)
  static let stageNames: [(String, Stage.Kind)] = [
    ("New", .open), ("Contacted", .open), ("Interested", .open), ("Visit booked", .open),
    ("Attended", .open), ("Considering", .open), ("Won", .won), ("Follow up later", .parked),
    ("No-show", .parked), ("Unreachable", .parked), ("Lost", .lost), ("Not interested", .lost),
  ]
  static let stages = stageNames.enumerated().map { index, entry in
    Stage(
      id: StageID(Int64(index + 1)),
      gym: gym.id,
      name: entry.0,
      kind: entry.1,
      position: index
    )
  }
  static let templates = [
    ("First reply", "Hi {first_name}, thanks for writing to {gym}! What are you training for?"),
    (
      "Trial offer",
      "Hi {first_name}! Your first session at {gym} is free. Would {day} at {time} suit you?\n\n"
        + "Best, {staff}"
    ),
    ("Visit confirmation", "See you on {day}, {first_name} 💪 Bring water and indoor shoes."),
    ("Win-back", "Hi {first_name}, it's {staff} from {gym}. Shall we find you a new time?"),
  ].enumerated().map { index, entry in
    Template(id: TemplateID(Int64(index + 1)), gym: gym.id, name: entry.0, body: entry.1)
  }
  static let book = GymBook(
    gym: gym,
    zone: .utc,
    stages: stages,
    users: [ana, tom],
    templates: templates,
    undoSendSeconds: 8
  )

  static func ago(minutes: Int64 = 0, hours: Int64 = 0, days: Int64 = 0) -> Timestamp {
    now - (minutes * .minute + hours * .hour + days * .day)
  }

  /// One line of the sample inbox.
  static func lead(
    _ id: Int64,
    _ name: String,
    _ text: String,
    minutes: Int64,
    waits: Bool = false,
    stage: Int64 = 1,
    owner: UserID? = nil,
    channel: ChannelKind = .whatsapp,
    status: MessageStatus = .received,
    unread: Int = 0,
    draft: Bool = false
  ) -> LeadSummary {
    LeadSummary(
      id: LeadID(id),
      rev: id,
      gym: gym.id,
      person: PersonID(id),
      name: name,
      stage: StageID(stage),
      owner: owner,
      thread: ThreadID(id),
      channelKind: channel,
      preview: text,
      previewDirection: status == .received ? .inbound : .outbound,
      previewStatus: status,
      lastMessageAt: ago(minutes: minutes),
      createdAt: ago(days: 3),
      waitingSince: waits ? ago(minutes: minutes) : nil,
      unread: unread,
      hasDraft: draft
    )
  }

  static let leads: [LeadSummary] = [
    lead(
      1,
      "Мария Соколова",
      "Можно ли прийти завтра на пробную тренировку?",
      minutes: 134,
      waits: true,
      stage: 3,
      owner: ana.id,
      unread: 2
    ),
    lead(
      2,
      "Lena Vogt",
      "Do you have a sauna? And how much is the student plan per month",
      minutes: 22,
      waits: true,
      channel: .instagram,
      unread: 1
    ),
    lead(
      3,
      "田中 健太",
      "体験レッスンを予約したいです 🙏",
      minutes: 11,
      waits: true,
      stage: 2,
      owner: tom.id,
      unread: 1,
      draft: true
    ),
    lead(
      4,
      "Amélie d'Arcangues-Beaumont de la Tour",
      "👍",
      minutes: 3,
      waits: true,
      stage: 4,
      owner: ana.id,
      channel: .instagram,
      unread: 1
    ),
    lead(
      5,
      "Jonas Weber",
      "Great, see you on Thursday at six!",
      minutes: 41,
      stage: 4,
      owner: ana.id,
      status: .read
    ),
    lead(
      6,
      "محمد الأحمد",
      "شكرا جزيلا",
      minutes: 95,
      stage: 3,
      owner: tom.id
    ),
    lead(
      7,
      "Priya Raghunathan",
      "The yoga class is at 18:30 on Mondays and Wednesdays",
      minutes: 180,
      stage: 5,
      owner: tom.id,
      channel: .instagram,
      status: .delivered
    ),
    lead(8, "Dev\u{1B}[31m\u{202E}il", "line one\nline two\ttab \u{1B}]0;owned\u{7}", minutes: 300),
    lead(
      9,
      "김서연",
      "네 좋아요 😊",
      minutes: 600,
      stage: 6,
      owner: ana.id,
      channel: .instagram
    ),
    lead(
      10,
      "Oluwaseun Adébáyọ̀",
      "Your trial is booked",
      minutes: 1500,
      stage: 4,
      owner: tom.id,
      status: .failed
    ),
    lead(
      11,
      "Sofía Hernández",
      "We will miss you! Come back any time",
      minutes: 2900,
      stage: 8,
      owner: ana.id,
      status: .unconfirmed
    ),
    lead(12, "", "[photo]", minutes: 4400, channel: .messenger),
    lead(
      13,
      "Ben Carter",
      "Welcome to the team 🎉",
      minutes: 10_300,
      stage: 7,
      owner: ana.id,
      status: .sent
    ),
    lead(
      14,
      "Ivana Kovačević",
      "Maybe after the winter",
      minutes: 30_000,
      stage: 8,
      owner: tom.id
    ),
  ]

  static func page(
    _ rows: [LeadSummary] = leads,
    filter: InboxQuery.Filter = .open,
    offset: Int = 0,
    total: Int? = nil
  ) -> InboxPage {
    let count = total ?? rows.count
    return InboxPage(
      query: InboxQuery(anchor: .top, filter: filter, limit: InboxState.window),
      rows: rows,
      hasBefore: offset > 0,
      hasAfter: offset + rows.count < count,
      total: count,
      waiting: rows.filter(\.needsReply).count,
      offset: offset
    )
  }

  static func message(
    _ id: Int64,
    _ text: String,
    at: Timestamp,
    status: MessageStatus = .received,
    author: UserID? = nil,
    failure: MessageFailure? = nil,
    undoUntil: Timestamp? = nil,
    lead: Int64 = 1
  ) -> Message {
    Message(
      id: MessageID(id),
      lead: LeadID(lead),
      thread: ThreadID(lead),
      channel: "wa-main",
      channelKind: .whatsapp,
      direction: status == .received ? .inbound : .outbound,
      kind: .text,
      text: text,
      providerAt: at,
      receivedAt: at,
      status: status,
      failure: failure,
      author: author,
      undoUntil: undoUntil
    )
  }

  static let messages: [Message] = [
    message(1, "Здравствуйте! У вас есть утренние занятия?", at: ago(hours: 3, days: 2)),
    message(
      2,
      "Здравствуйте, Мария! Да, по вторникам и четвергам в 7:00 и в 8:30. Какое время вам удобнее?",
      at: ago(hours: 2, days: 2),
      status: .read,
      author: ana.id
    ),
    message(3, "8:30 отлично", at: ago(minutes: 100, days: 1)),
    message(4, "а что взять с собой?", at: ago(minutes: 99, days: 1)),
    message(
      5,
      "Just comfortable clothes, indoor shoes and a bottle of water. We have towels 🙂\n\n"
        + "The address is https://downtown.gym/find-us",
      at: ago(minutes: 80, days: 1),
      status: .delivered,
      author: tom.id
    ),
    message(
      6,
      "See you on Thursday!",
      at: ago(minutes: 79, days: 1),
      status: .failed,
      author: tom.id,
      failure: MessageFailure(code: 131_047, title: "more than 24 hours since their last message")
    ),
    message(7, "Можно ли прийти завтра на пробную тренировку? 🏋️", at: ago(minutes: 134)),
    message(8, "И сколько стоит абонемент?", at: ago(minutes: 133)),
    message(
      9,
      "Конечно! Первая тренировка бесплатная.",
      at: ago(minutes: 1),
      status: .unconfirmed,
      author: ana.id
    ),
  ]

  static func thread(
    _ messages: [Message] = messages,
    lead: Int64 = 1,
    hasOlder: Bool = false,
    closedReason: String? = nil
  ) -> ThreadPage {
    ThreadPage(
      lead: LeadID(lead),
      messages: messages,
      hasOlder: hasOlder,
      windowClosesAt: now + 90 * .minute,
      closedReason: closedReason
    )
  }

  static let detail = LeadDetail(
    summary: leads[0],
    identities: [
      Identity(kind: .phone, value: "4915123456789"),
      Identity(kind: .username, value: "maria.sok"),
      Identity(kind: .bsuid, value: "DE.13491208655302741918"),
      Identity(kind: .email, value: "maria.sokolova@example.org"),
    ],
    threads: [
      ThreadSummary(
        id: ThreadID(1),
        channel: "wa-main",
        channelKind: .whatsapp,
        lastInboundAt: ago(minutes: 133)
      )
    ],
    firstTouch: Touch(kind: "ad", headline: "Sommer in Form 2025", url: nil, at: ago(days: 3)),
    lastTouch: nil,
    notes: [
      Note(
        id: 1,
        at: ago(days: 1),
        author: "Tom Okafor",
        text: "Knee injury last year, wants a trainer for the first weeks."
      )
    ],
    activity: [
      Activity(
        id: 4,
        at: ago(hours: 5),
        actor: "Ana Berger",
        verb: "stage",
        before: "Contacted",
        after: "Interested"
      ),
      Activity(
        id: 3,
        at: ago(days: 1),
        actor: "Tom Okafor",
        verb: "note",
        before: nil,
        after: nil
      ),
      Activity(
        id: 2,
        at: ago(days: 2),
        actor: "Ana Berger",
        verb: "assign",
        before: nil,
        after: "Ana Berger"
      ),
      Activity(id: 1, at: ago(days: 3), actor: nil, verb: "created", before: nil, after: nil),
    ]
  )

  static let dashboard = Dashboard(
    at: now,
    stages: zip(stages, [11, 8, 7, 5, 3, 2, 6, 4, 1, 2, 3, 0]).map {
      Dashboard.StageCount(stage: $0.id, count: $1)
    },
    newToday: 4,
    contactedToday: 9,
    waitingNow: 4,
    longestWaitSince: ago(minutes: 134),
    unassigned: 3,
    troubledSends: 2,
    parkedEvents: 0
  )

  static let health = WorkerHealth(link: .connected, lastEventAt: ago(minutes: 3), queued: 1)
}
