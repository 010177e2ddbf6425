// Schema version 3: merges, account notices, consent, lead forms, erasure.

/// `merge_row` holds what a merge moved, so that taking it back moves the same rows and no others;
/// `merge.before` is JSON of the rows that a merge changes or takes away.
let migration003 = """
  -- A webhook that lost what it said of somebody; without a body it is never applied again.
  ALTER TABLE journal ADD COLUMN erased_at INTEGER;
  ALTER TABLE person ADD COLUMN erased_at INTEGER;
  ALTER TABLE lead ADD COLUMN erased_at INTEGER;

  -- The merge that brought a name to its person: what comes under it goes back with it.
  ALTER TABLE identity ADD COLUMN merge_id INTEGER;
  CREATE INDEX identity_retired ON identity (gym_id, scope, kind, value, retired_at)
    WHERE retired_at IS NOT NULL AND kind <> 'username';

  CREATE TABLE identity_conflict (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gym_id INTEGER NOT NULL REFERENCES gym (id),
    -- The one whom the payload was given to, and whose name it showed as well.
    person_id INTEGER NOT NULL REFERENCES person (id),
    other_id INTEGER NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Somebody has said that they are two people.
    dismissed_at INTEGER,
    UNIQUE (person_id, other_id)
  ) STRICT;
  CREATE INDEX identity_conflict_other ON identity_conflict (other_id);

  CREATE TABLE merge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gym_id INTEGER NOT NULL REFERENCES gym (id),
    lead_id INTEGER NOT NULL,
    into_lead_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    into_person_id INTEGER NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_id INTEGER REFERENCES user (id),
    actor_label TEXT,
    before TEXT NOT NULL,
    undone_at INTEGER
  ) STRICT;
  CREATE INDEX merge_lead ON merge (lead_id);
  CREATE INDEX merge_into ON merge (into_lead_id);

  CREATE TABLE merge_row (
    merge_id INTEGER NOT NULL REFERENCES merge (id),
    name TEXT NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (merge_id, name, row)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE consent (
    person_id INTEGER NOT NULL REFERENCES person (id),
    channel_kind TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN ('all', 'marketing')),
    decision TEXT NOT NULL CHECK (decision IN ('in', 'out')),
    at INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('preference', 'word', 'staff')),
    detail TEXT,
    PRIMARY KEY (person_id, channel_kind, category)
  ) STRICT, WITHOUT ROWID;

  -- What providers say of the gym's own accounts. gym_id is NULL where no channel has the account.
  CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gym_id INTEGER REFERENCES gym (id),
    channel_id TEXT REFERENCES channel (id),
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    effect TEXT CHECK (effect IN ('pause', 'resume')),
    at INTEGER NOT NULL,
    journal_id INTEGER REFERENCES journal (id) ON DELETE SET NULL,
    read_at INTEGER,
    reader_id INTEGER REFERENCES user (id),
    reader_label TEXT,
    rev INTEGER NOT NULL,
    UNIQUE (account, kind, at, title)
  ) STRICT;
  CREATE INDEX notice_unread ON notice (id) WHERE read_at IS NULL;
  CREATE INDEX notice_channel ON notice (channel_id) WHERE channel_id IS NOT NULL;

  -- A filled-in lead form: named by a webhook, fetched by the worker.
  CREATE TABLE lead_form (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gym_id INTEGER NOT NULL REFERENCES gym (id),
    channel_id TEXT NOT NULL REFERENCES channel (id),
    provider_id TEXT NOT NULL,
    form TEXT,
    message_id INTEGER NOT NULL REFERENCES message (id),
    journal_id INTEGER REFERENCES journal (id) ON DELETE SET NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'fetched', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    UNIQUE (channel_id, provider_id)
  ) STRICT;
  CREATE INDEX lead_form_waiting ON lead_form (not_before, id) WHERE state = 'waiting';
  """
