// Schema version 5: sending: why channels rest, and the order in which messages leave.

/// A row of `channel_state` is one reason for which a channel sends nothing.
///
/// Without a row it works; `until` is when it ends by itself. `outbox.position` orders a thread's
/// messages: the time from which each wants to leave, so that one that is planned for later holds
/// nothing that is written before.
let migration005 = """
  CREATE TABLE channel_state (
    channel_id TEXT NOT NULL REFERENCES channel (id),
    cause TEXT NOT NULL CHECK (cause IN ('token', 'setup', 'delivery', 'limit', 'account')),
    code INTEGER,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    rev INTEGER NOT NULL,
    PRIMARY KEY (channel_id, cause)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE outbox ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (0, 1, 2));
  ALTER TABLE outbox ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
  -- Tries that failed at the provider's end; waiting for a limit or a connection is none.
  ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
  DROP INDEX outbox_due;
  DROP INDEX outbox_thread;
  CREATE INDEX outbox_due ON outbox (priority, not_before, message_id) WHERE state = 'queued';
  CREATE INDEX outbox_thread ON outbox (thread_id, position, message_id);
  """
