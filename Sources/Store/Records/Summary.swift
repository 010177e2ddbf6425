// A lead's summary (preview, last message, who waits since when), derived from its messages and
// written in the same transaction as they are. Plain index walks: joined into one statement they would
// need temporary tables, which cost more than the walks.
import GRDB
import Model

extension Database {
  /// Derives the whole summary of one lead anew.
  ///
  /// Somebody waits from the first message of theirs that is newer than our last one that did not
  /// fail, and newer than the moment somebody said that no reply is needed. Providers that give
  /// whole seconds make a message look older than a reply of the same second: what arrived after
  /// the reply is newer. History that came with an account, the provider's notices and what was taken
  /// back ask for no reply; what only shows on another bubble is no answer and nothing new, but for a
  /// reaction that stands.
  func summarise(lead: Int64, rev: Int64) throws {
    let threads = try Row.fetchAll(
      cachedStatement(
        sql: """
          SELECT thread.id, ifnull(lead.no_reply_at, 0) FROM lead
          JOIN thread ON thread.person_id = lead.person_id WHERE lead.id = ?
          """
      ),
      arguments: [lead]
    ).map { (id: $0[0] as Int64, mark: $0[1] as Int64) }
    let newest = try threads.compactMap { try newestSaid(thread: $0.id) }.max {
      $0.place < $1.place
    }
    let answer = try threads.compactMap { try newestAnswer(thread: $0.id) }.max()
    let waiting = try threads.compactMap {
      try waitingSince(thread: $0.id, answer: answer, mark: $0.mark)
    }.min()
    try write(summary: lead, newest: newest, waiting: waiting, rev: rev)
  }

  /// What the list shows of a thread's newest message.
  private struct Newest {
    var place: MessagePlace
    var thread: Int64
    var row: Row
  }

  private func newestSaid(thread: Int64) throws -> Newest? {
    try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT provider_at, id, channel_id, direction, status,
            CASE WHEN deleted_at IS NULL THEN substr(\(Message.words("message")), 1, 160)
              ELSE '[deleted]' END, kind
          FROM message INDEXED BY message_thread WHERE thread_id = ? AND \(Self.isSaid)
          ORDER BY provider_at DESC, id DESC LIMIT 1
          """
      ),
      arguments: [thread]
    ).map { Newest(place: MessagePlace(at: $0[0], id: $0[1]), thread: thread, row: $0) }
  }

  private func newestAnswer(thread: Int64) throws -> MessagePlace? {
    try Row.fetchOne(
      cachedStatement(
        sql: """
          SELECT provider_at, id FROM message INDEXED BY message_thread
          WHERE thread_id = ? AND direction = 'out' AND status <> 'failed' AND \(Self.isSaid)
            AND kind NOT IN ('edit', 'revoke')
          ORDER BY provider_at DESC, id DESC LIMIT 1
          """
      ),
      arguments: [thread]
    ).map { MessagePlace(at: $0[0], id: $0[1]) }
  }

  private func waitingSince(thread: Int64, answer: MessagePlace?, mark: Int64) throws -> Int64? {
    let at = answer?.at ?? 0
    return try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT provider_at FROM message INDEXED BY message_thread
          WHERE thread_id = ?1 AND provider_at >= ?2 AND (provider_at > ?3 OR id > ?4)
            AND provider_at > ?5 AND \(Self.isNews) AND deleted_at IS NULL
          ORDER BY provider_at, id LIMIT 1
          """
      ),
      arguments: [thread, at - at % 1000, at, answer?.id ?? 0, mark]
    )
  }

  private func write(summary lead: Int64, newest: Newest?, waiting: Int64?, rev: Int64) throws {
    let channel: String? = newest?.row[2]
    let direction: String? = newest?.row[3]
    let status: String? = newest?.row[4]
    let preview: String? = newest?.row[5]
    let kind: String? = newest?.row[6]
    try cachedStatement(
      sql: """
        UPDATE lead SET rev = ?1, waiting_since = ?2,
          answered_count = CASE WHEN ?2 IS NULL
            THEN inbound_count ELSE min(answered_count, inbound_count) END,
          -- A lead form takes no answer: replies go where they went before it.
          thread_id = CASE WHEN ?10 THEN ifnull(thread_id, ?3) ELSE ifnull(?3, thread_id) END,
          channel_kind = CASE WHEN ?10 THEN 'lead_ads'
            ELSE ifnull((SELECT kind FROM channel WHERE id = ?4), channel_kind) END,
          preview = ?5, preview_direction = ?6,
          -- One that nobody knows the fate of holds the others back, whatever has come since.
          preview_status = CASE WHEN EXISTS (SELECT 1 FROM thread
              JOIN outbox ON outbox.thread_id = thread.id AND outbox.state = 'unconfirmed'
              WHERE thread.person_id = lead.person_id)
            THEN 'unconfirmed' ELSE ?7 END,
          last_message_at = ifnull(?8, created_at)
        WHERE id = ?9
        """
    ).execute(arguments: [
      rev, waiting, newest?.thread, channel, preview ?? "", direction ?? "in",
      status ?? "received", newest?.place.at, lead, kind == "form",
    ])
  }

  /// What stands for a message of its own: not an edit or deletion that shows on its bubble, nor a
  /// reaction that is gone.
  private static let isSaid = """
    (kind NOT IN ('edit', 'revoke', 'reaction')
      OR kind = 'reaction' AND text <> '' AND deleted_at IS NULL
      OR kind IN ('edit', 'revoke') AND shown_on IS NULL)
    """

  /// The summary after one more inbound message, when nothing but the obvious changes: it is
  /// the newest, and either somebody waits already or the one before it was ours or is
  /// answered.
  func summariseInbound(
    lead: Int64,
    thread: Int64,
    kind: String,
    text: String,
    at time: Int64,
    rev: Int64
  ) throws {
    let statement = try cachedStatement(
      sql: """
        UPDATE lead SET rev = ?, thread_id = ?, channel_kind = ?, preview = substr(?, 1, 160),
          preview_direction = 'in', preview_status = 'received', last_message_at = ?,
          inbound_count = inbound_count + 1
        WHERE id = ? AND waiting_since IS NOT NULL AND last_message_at <= ?
          AND preview_status <> 'unconfirmed'
        """
    )
    try statement.execute(arguments: [rev, thread, kind, text, time, lead, time])
    guard changesCount == 0 else { return }
    try countInbound(lead: lead)
    try summarise(lead: lead, rev: rev)
    // Late, from before an answer: nothing new, though later ones wait.
    try cachedStatement(
      sql: "UPDATE lead SET answered_count = answered_count + 1 WHERE id = ? AND waiting_since > ?"
    ).execute(arguments: [lead, time])
  }

  func countInbound(lead: Int64) throws {
    try cachedStatement(sql: "UPDATE lead SET inbound_count = inbound_count + 1 WHERE id = ?")
      .execute(arguments: [lead])
  }

  /// All but what waits now counts as answered, also where a mark that said more is gone again.
  func countAnswered(lead: Int64) throws {
    try cachedStatement(
      sql: """
        UPDATE lead SET answered_count = max(0, inbound_count - (
          SELECT count(*) FROM thread JOIN message ON message.thread_id = thread.id
          WHERE thread.person_id = lead.person_id AND provider_at >= lead.waiting_since
            AND \(Self.isNews)))
        WHERE id = ? AND waiting_since IS NOT NULL
        """
    ).execute(arguments: [lead])
  }

  /// The lead that stands for a thread's person now: the open one, else the newest.
  func lead(ofThread thread: Int64) throws -> Int64? {
    let person = try Int64.fetchOne(
      cachedStatement(sql: "SELECT person_id FROM thread WHERE id = ?"),
      arguments: [thread]
    )
    return try person.flatMap { try lead(ofPerson: $0) }
  }

  /// The lead that stands for a person: the open one, else the newest.
  func lead(ofPerson person: Int64) throws -> Int64? {
    try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT ifnull(
            (SELECT max(id) FROM lead WHERE person_id = ?1 AND is_open = 1),
            (SELECT max(id) FROM lead WHERE person_id = ?1))
          """
      ),
      arguments: [person]
    )
  }
}

/// A message by its place in the thread's order.
private struct MessagePlace: Comparable {
  var at: Int64
  var id: Int64

  static func < (first: MessagePlace, second: MessagePlace) -> Bool {
    (first.at, first.id) < (second.at, second.id)
  }
}
