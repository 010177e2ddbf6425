// Schema version 4: files that belong to messages, in both directions.

/// `path` is relative to the data directory's `media/`, named by `sha256`; never by what a customer
/// called the file, which is `name` and only shown.
let migration004 = """
  CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    -- Inbound: waiting, stored, failed, refused. Outbound: stored, then uploaded (provider_id set).
    state TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'uploaded', 'failed', 'refused')),
    provider_id TEXT,
    url TEXT,
    mime TEXT,
    name TEXT,
    bytes INTEGER,
    sha256 TEXT,
    path TEXT,
    duration_ms INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    rev INTEGER NOT NULL,
    UNIQUE (message_id, position)
  ) STRICT;
  CREATE INDEX attachment_waiting ON attachment (not_before, id) WHERE state = 'waiting';
  CREATE INDEX attachment_path ON attachment (path) WHERE path IS NOT NULL;
  """
