// A lead's summary (preview, last message, who waits since when), derived from its messages and
// written in the same transaction as they are.
import GRDB

extension Database {
  /// Derives the whole summary of one lead anew.
  ///
  /// Somebody waits from the first message of theirs that is newer than our last one that did not
  /// fail, and newer than the moment somebody said that no reply is needed. Providers that give
  /// whole seconds make a message look older than a reply of the same second: what arrived after
  /// the reply is newer. History that came with an account, the provider's notices and messages
  /// taken back or changed ask for no reply.
  func summarise(lead: Int64, rev: Int64) throws {
    try cachedStatement(
      sql: """
        WITH mine AS (
          SELECT thread.id AS id FROM thread JOIN lead ON lead.person_id = thread.person_id
          WHERE lead.id = :lead
        ), newest AS (
          SELECT message.* FROM mine JOIN message ON message.id = (
            SELECT id FROM message WHERE thread_id = mine.id
            ORDER BY provider_at DESC, id DESC LIMIT 1)
          ORDER BY message.provider_at DESC, message.id DESC LIMIT 1
        ), answer AS (
          SELECT message.id AS id, message.provider_at AS at FROM mine JOIN message
            ON message.id = (
              SELECT id FROM message INDEXED BY message_thread
              WHERE thread_id = mine.id AND direction = 'out' AND status <> 'failed'
              ORDER BY provider_at DESC, id DESC LIMIT 1)
          ORDER BY message.provider_at DESC, message.id DESC LIMIT 1
        ), waiting AS (
          SELECT min(message.provider_at) AS since FROM mine JOIN message INDEXED BY message_thread
            ON message.thread_id = mine.id
          WHERE message.direction = 'in' AND message.is_history = 0
            AND message.kind NOT IN ('system', 'revoke', 'edit')
            AND message.provider_at >= ifnull((SELECT at - at % 1000 FROM answer), 0)
            AND (message.provider_at > ifnull((SELECT at FROM answer), 0)
              OR message.id > ifnull((SELECT id FROM answer), 0))
            AND message.provider_at > ifnull(
              (SELECT no_reply_at FROM lead WHERE id = :lead), 0)
        )
        UPDATE lead SET
          rev = :rev,
          waiting_since = (SELECT since FROM waiting),
          answered_count = CASE WHEN (SELECT since FROM waiting) IS NULL
            THEN inbound_count ELSE min(answered_count, inbound_count) END,
          -- A lead form takes no answer: replies go where they went before it.
          thread_id = ifnull((SELECT thread_id FROM newest WHERE kind <> 'form'),
            ifnull(thread_id, (SELECT thread_id FROM newest))),
          channel_kind = ifnull((SELECT CASE newest.kind WHEN 'form' THEN 'lead_ads'
            ELSE channel.kind END FROM newest
            JOIN channel ON channel.id = newest.channel_id), channel_kind),
          preview = ifnull((SELECT substr(text, 1, 160) FROM newest), ''),
          preview_direction = ifnull((SELECT direction FROM newest), 'in'),
          preview_status = ifnull((SELECT status FROM newest), 'received'),
          last_message_at = ifnull((SELECT provider_at FROM newest), created_at)
        WHERE id = :lead
        """
    ).execute(arguments: ["lead": lead, "rev": rev])
  }

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
          preview_direction = 'in', preview_status = 'received', last_message_at = ?
        WHERE id = ? AND waiting_since IS NOT NULL AND last_message_at <= ?
        """
    )
    try statement.execute(arguments: [rev, thread, kind, text, time, lead, time])
    guard changesCount == 0 else { return }
    try summarise(lead: lead, rev: rev)
    // Late, from before an answer: nothing new, though later ones wait.
    try cachedStatement(
      sql: "UPDATE lead SET answered_count = answered_count + 1 WHERE id = ? AND waiting_since > ?"
    ).execute(arguments: [lead, time])
  }

  /// The lead that stands for a thread's person now: the open one, else the newest.
  func lead(ofThread thread: Int64) throws -> Int64? {
    try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT lead.id FROM lead JOIN thread ON thread.person_id = lead.person_id
          WHERE thread.id = ? ORDER BY lead.is_open DESC, lead.id DESC LIMIT 1
          """
      ),
      arguments: [thread]
    )
  }
}
