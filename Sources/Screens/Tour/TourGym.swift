// The made-up gym of the tour, and what it answers instead of a store.
import Model

enum TourGym {
  /// Also where the gym has no undo window: the tour shows one.
  static let undoSeconds = 8
  private static let gym = GymID(1)
  private static let names = [
    "Maria Silva", "Jonas Weber", "Aylin Demir", "Tom Okafor", "Inés Vega",
  ]
  private static let lines = [
    ["Hi! Is there a trial class on Friday?", "I would come after work, at six"],
    ["What does a month cost?"],
    ["I saw your ad with the two free weeks 💪 is that still on?"],
    ["Great, see you on Thursday!"],
    ["Do you have a sauna?"],
  ]
  /// Minutes since they wrote; the first three wait.
  private static let ages: [Int64] = [42, 12, 3, 95, 300]

  static func book(_ real: GymBook?) -> GymBook {
    if var real {
      real.undoSendSeconds = undoSeconds
      return real
    }
    let stage = Stage(id: StageID(1), gym: gym, name: "New", kind: .open, position: 0)
    return GymBook(
      gym: Gym(id: gym, slug: "tour", name: "Your gym", zone: "UTC", country: nil),
      zone: .utc,
      stages: [stage],
      users: [],
      templates: [],
      undoSendSeconds: undoSeconds
    )
  }

  static func page(_ query: InboxQuery?, now: Timestamp) -> InboxPage {
    var rows = names.indices.map { lead($0, now: now) }
    var query = query ?? InboxQuery(anchor: .top, filter: .open, limit: 200)
    query.anchor = .top
    if let search = query.search {
      let terms = SearchTerms(search)
      rows = rows.filter { terms.match($0.name, asName: true) || terms.match($0.preview) }
    }
    return InboxPage(
      query: query,
      rows: rows,
      hasBefore: false,
      hasAfter: false,
      total: rows.count,
      waiting: rows.count { $0.needsReply },
      offset: 0
    )
  }

  /// What a store would answer; nil for what needs no answer.
  static func answer(_ effect: AppEffect, now: Timestamp, zone: ZoneRules) -> Loaded? {
    switch effect {
    case .loadInbox(let query): return .inbox(page(query, now: now))
    case .loadThread(let lead, _): return .thread(thread(lead, now: now))
    case .loadLead(let lead):
      guard let index = index(lead) else { return .leadMissing(lead, into: nil) }
      return .lead(detail(index, now: now))
    case .loadDraft(let key): return .draft(key, text: "")
    case .loadDashboard: return nil
    case .loadCompany(let lead): return .company(Company(lead: lead, draft: "", others: []))
    case .setStage, .assign, .addNote, .noReplyNeeded, .bulk:
      return .acted(note: "Done, on the tour only", isReversible: false)
    case .undo: return .failed(reason: "nothing to undo")
    case .redo: return .failed(reason: "nothing to redo")
    default: return nil
    }
  }

  private static func index(_ lead: LeadID) -> Int? {
    let index = Int(lead.rawValue) - 1
    return names.indices.contains(index) ? index : nil
  }

  private static func lead(_ index: Int, now: Timestamp) -> LeadSummary {
    let at = now - ages[index] * .minute
    let waits = index < 3
    return LeadSummary(
      id: LeadID(Int64(index + 1)),
      rev: 1,
      gym: gym,
      person: PersonID(Int64(index + 1)),
      name: names[index],
      stage: StageID(1),
      owner: nil,
      thread: ThreadID(Int64(index + 1)),
      channelKind: index % 2 == 0 ? .whatsapp : .instagram,
      preview: lines[index].last ?? "",
      previewDirection: .inbound,
      previewStatus: .received,
      lastMessageAt: at,
      createdAt: at,
      waitingSince: waits ? at : nil,
      unread: waits ? lines[index].count : 0,
      hasDraft: false
    )
  }

  private static func thread(_ lead: LeadID, now: Timestamp) -> ThreadPage {
    let index = index(lead) ?? 0
    let summary = self.lead(index, now: now)
    let messages = lines[index].enumerated().map { number, text in
      let at = summary.lastMessageAt - Int64(lines[index].count - 1 - number) * .minute
      return Message(
        id: MessageID(Int64(index * 10 + number + 1)),
        lead: lead,
        thread: ThreadID(lead.rawValue),
        channel: "tour",
        channelKind: summary.channelKind,
        direction: .inbound,
        kind: .text,
        text: text,
        providerAt: at,
        receivedAt: at,
        status: .received
      )
    }
    return ThreadPage(
      lead: lead,
      messages: messages,
      hasOlder: false,
      windowClosesAt: now + 20 * .hour,
      closedReason: nil
    )
  }

  private static func detail(_ index: Int, now: Timestamp) -> LeadDetail {
    let summary = lead(index, now: now)
    return LeadDetail(
      summary: summary,
      identities: [Identity(kind: .phone, value: "4915100000\(index)")],
      threads: [],
      firstTouch: Touch(kind: "link", headline: nil, url: nil, at: summary.createdAt),
      lastTouch: nil,
      notes: [],
      activity: []
    )
  }
}
