// Schema version 2: what messages hold beside their words, and what becomes of them later: edits,
// deletions, reactions, read marks.

/// `message.content` is JSON: the structured part of a card (place, contacts, order, buttons) or of an
/// outbound payload; NULL for plain text.
///
/// Reactions, edits and deletions are messages of their own, with `reply_to` naming what they are about;
/// `text`, `edited_at`, `deleted_at` and `reactions` of that message are derived from them.
let migration002 = """
  ALTER TABLE message ADD COLUMN content TEXT;
  ALTER TABLE message ADD COLUMN edited_at INTEGER;
  ALTER TABLE message ADD COLUMN deleted_at INTEGER;
  -- The words before the first edit.
  ALTER TABLE message ADD COLUMN first_text TEXT;
  -- JSON, such as [{"from":"customer","emoji":"👍"}].
  ALTER TABLE message ADD COLUMN reactions TEXT;
  -- The message whose bubble shows this reaction, edit or deletion; NULL while that is not here.
  ALTER TABLE message ADD COLUMN shown_on INTEGER REFERENCES message (id) ON DELETE SET NULL;
  -- Our reference, kept when somebody says that an unconfirmed message was sent.
  ALTER TABLE message ADD COLUMN callback_data TEXT;
  CREATE INDEX message_shown_on ON message (shown_on) WHERE shown_on IS NOT NULL;
  CREATE INDEX message_ahead ON message (channel_id, reply_to)
    WHERE shown_on IS NULL AND kind IN ('reaction', 'edit', 'revoke');
  CREATE UNIQUE INDEX message_callback ON message (callback_data) WHERE callback_data IS NOT NULL;
  CREATE INDEX message_unnamed ON message (thread_id)
    WHERE direction = 'out' AND provider_id IS NULL;

  -- They have seen everything up to then.
  ALTER TABLE thread ADD COLUMN seen_at INTEGER;

  -- Further journal rows that hold a message which was here already: deleting it cleans them too.
  CREATE TABLE message_repeat (
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    journal_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
    PRIMARY KEY (message_id, journal_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX message_repeat_journal ON message_repeat (journal_id);
  """
