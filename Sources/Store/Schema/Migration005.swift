// Schema version 5: sending: how a channel stands, as every process has to know it.

/// `paused` needs a person (token, set-up, ban), `held` ends by itself at `until`.
let migration005 = """
  CREATE TABLE channel_state (
    channel_id TEXT PRIMARY KEY REFERENCES channel (id),
    state TEXT NOT NULL CHECK (state IN ('working', 'held', 'paused')),
    code INTEGER,
    reason TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    rev INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  """
