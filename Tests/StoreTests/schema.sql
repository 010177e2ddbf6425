CREATE TRIGGER identity_search_delete AFTER DELETE ON identity
WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'identity')
    AND (SELECT high FROM search_range WHERE source = 'identity')
BEGIN
  INSERT INTO identity_search (identity_search, rowid, text) VALUES ('delete', old.id, old.value);
  UPDATE search_range SET purge = 1 WHERE source = 'identity';
END;

CREATE TRIGGER identity_search_update AFTER UPDATE OF value ON identity
WHEN old.value <> new.value
  AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'identity')
    AND (SELECT high FROM search_range WHERE source = 'identity')
BEGIN
  INSERT INTO identity_search (identity_search, rowid, text) VALUES ('delete', old.id, old.value);
  INSERT INTO identity_search (rowid, text) VALUES (new.id, new.value);
  UPDATE search_range SET purge = 1 WHERE source = 'identity' AND new.value = '';
END;

CREATE TRIGGER lead_tally_delete AFTER DELETE ON lead BEGIN
  UPDATE lead_tally SET n = n - 1
  WHERE gym_id = old.gym_id AND stage_id = old.stage_id AND owner_id = ifnull(old.owner_id, 0)
    AND is_open = old.is_open AND is_waiting = (old.waiting_since IS NOT NULL);
END;

CREATE TRIGGER lead_tally_insert AFTER INSERT ON lead BEGIN
  INSERT INTO lead_tally VALUES (
    new.gym_id, new.stage_id, ifnull(new.owner_id, 0), new.is_open,
    new.waiting_since IS NOT NULL, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER lead_tally_update
AFTER UPDATE OF gym_id, stage_id, owner_id, is_open, waiting_since ON lead
WHEN old.gym_id <> new.gym_id OR old.stage_id <> new.stage_id
  OR old.owner_id IS NOT new.owner_id OR old.is_open <> new.is_open
  OR (old.waiting_since IS NULL) <> (new.waiting_since IS NULL)
BEGIN
  UPDATE lead_tally SET n = n - 1
  WHERE gym_id = old.gym_id AND stage_id = old.stage_id AND owner_id = ifnull(old.owner_id, 0)
    AND is_open = old.is_open AND is_waiting = (old.waiting_since IS NOT NULL);
  INSERT INTO lead_tally VALUES (
    new.gym_id, new.stage_id, ifnull(new.owner_id, 0), new.is_open,
    new.waiting_since IS NOT NULL, 1)
  ON CONFLICT DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER message_search_delete AFTER DELETE ON message
WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'message')
    AND (SELECT high FROM search_range WHERE source = 'message')
BEGIN
  INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.id, old.text);
  UPDATE search_range SET purge = 1 WHERE source = 'message';
END;

CREATE TRIGGER message_search_update AFTER UPDATE OF text ON message
WHEN old.text <> new.text
  AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'message')
    AND (SELECT high FROM search_range WHERE source = 'message')
BEGIN
  INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO message_search (rowid, text) VALUES (new.id, new.text);
  UPDATE search_range SET purge = 1 WHERE source = 'message' AND new.text = '';
END;

CREATE TRIGGER note_search_delete AFTER DELETE ON note
WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'note')
    AND (SELECT high FROM search_range WHERE source = 'note')
BEGIN
  INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.id, old.text);
  UPDATE search_range SET purge = 1 WHERE source = 'note';
END;

CREATE TRIGGER note_search_update AFTER UPDATE OF text ON note
WHEN old.text <> new.text
  AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'note')
    AND (SELECT high FROM search_range WHERE source = 'note')
BEGIN
  INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO note_search (rowid, text) VALUES (new.id, new.text);
  UPDATE search_range SET purge = 1 WHERE source = 'note' AND new.text = '';
END;

CREATE TRIGGER person_search_delete AFTER DELETE ON person
WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'person')
    AND (SELECT high FROM search_range WHERE source = 'person')
BEGIN
  INSERT INTO person_search (person_search, rowid, text) VALUES ('delete', old.id, old.name);
  UPDATE search_range SET purge = 1 WHERE source = 'person';
END;

CREATE TRIGGER person_search_update AFTER UPDATE OF name ON person
WHEN old.name <> new.name
  AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'person')
    AND (SELECT high FROM search_range WHERE source = 'person')
BEGIN
  INSERT INTO person_search (person_search, rowid, text) VALUES ('delete', old.id, old.name);
  INSERT INTO person_search (rowid, text) VALUES (new.id, new.name);
  UPDATE search_range SET purge = 1 WHERE source = 'person' AND new.name = '';
END;

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  lead_id INTEGER REFERENCES lead (id),
  at INTEGER NOT NULL,
  actor_id INTEGER REFERENCES user (id),
  actor_label TEXT,
  verb TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

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
  rev INTEGER NOT NULL, uploaded_at INTEGER, sent_bytes INTEGER,
  UNIQUE (message_id, position)
) STRICT;

CREATE TABLE channel (
  id TEXT PRIMARY KEY,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  kind TEXT NOT NULL,
  account TEXT NOT NULL, business_account TEXT,
  UNIQUE (kind, account)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE command_history (
  user_id INTEGER NOT NULL REFERENCES user (id),
  line TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, line)
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

CREATE TABLE counter (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  rev INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
  user_id INTEGER NOT NULL REFERENCES user (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL, typing_at INTEGER,
  PRIMARY KEY (user_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE dropped_file (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE early_receipt (
  channel_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  error_code INTEGER,
  error_title TEXT,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (channel_id, provider_id, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE form_draft (
  user_id INTEGER NOT NULL REFERENCES user (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE gym (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  zone TEXT NOT NULL,
  country TEXT,
  created_at INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE identity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  -- The channel id for ids that only one account knows, else ''.
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL CHECK (value <> ''),
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  retired_at INTEGER
, merge_id INTEGER) STRICT;

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

CREATE VIRTUAL TABLE identity_search USING fts5(text, content='', tokenize='trigram');

CREATE TABLE 'identity_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'identity_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'identity_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'identity_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  log TEXT NOT NULL,
  seq INTEGER NOT NULL,
  source TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  path TEXT NOT NULL,
  query TEXT NOT NULL,
  content_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  body BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'applied', 'parked', 'rejected')),
  reason TEXT,
  summary TEXT NOT NULL DEFAULT '',
  applied_at INTEGER, erased_at INTEGER,
  UNIQUE (log, seq)
) STRICT;

CREATE TABLE lead (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  stage_id INTEGER NOT NULL REFERENCES stage (id),
  owner_id INTEGER REFERENCES user (id),
  is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  close_reason TEXT,
  first_touch_kind TEXT NOT NULL,
  first_touch_headline TEXT,
  first_touch_url TEXT,
  first_touch_at INTEGER NOT NULL,
  last_touch_kind TEXT NOT NULL,
  last_touch_headline TEXT,
  last_touch_url TEXT,
  last_touch_at INTEGER NOT NULL,
  no_reply_at INTEGER,
  -- Summary of the person's messages, written with them.
  thread_id INTEGER REFERENCES thread (id),
  channel_kind TEXT NOT NULL,
  preview TEXT NOT NULL DEFAULT '',
  preview_direction TEXT NOT NULL DEFAULT 'in',
  preview_status TEXT NOT NULL DEFAULT 'received',
  last_message_at INTEGER NOT NULL,
  waiting_since INTEGER,
  inbound_count INTEGER NOT NULL DEFAULT 0,
  -- Of the inbound ones: how many some user has opened, and how many an answer has followed.
  opened_count INTEGER NOT NULL DEFAULT 0,
  answered_count INTEGER NOT NULL DEFAULT 0,
  rev INTEGER NOT NULL
, erased_at INTEGER) STRICT;

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

CREATE TABLE lead_tally (
  gym_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  is_waiting INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (gym_id, stage_id, owner_id, is_open, is_waiting)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE merge_row (
  merge_id INTEGER NOT NULL REFERENCES merge (id),
  name TEXT NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (merge_id, name, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  thread_id INTEGER NOT NULL REFERENCES thread (id),
  channel_id TEXT NOT NULL REFERENCES channel (id),
  provider_id TEXT,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  provider_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN (
    'received', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unconfirmed')),
  error_code INTEGER,
  error_title TEXT,
  author_id INTEGER REFERENCES user (id),
  author_label TEXT,
  reply_to TEXT,
  is_history INTEGER NOT NULL DEFAULT 0 CHECK (is_history IN (0, 1)),
  sent_at INTEGER,
  delivered_at INTEGER,
  read_at INTEGER,
  failed_at INTEGER,
  undo_until INTEGER,
  journal_id INTEGER REFERENCES journal (id) ON DELETE SET NULL,
  rev INTEGER NOT NULL, content TEXT, edited_at INTEGER, deleted_at INTEGER, first_text TEXT, reactions TEXT, shown_on INTEGER REFERENCES message (id) ON DELETE SET NULL, callback_data TEXT,
  CHECK ((direction = 'in') = (status = 'received')),
  UNIQUE (channel_id, provider_id)
) STRICT;

CREATE TABLE message_repeat (
  message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  journal_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, journal_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_search USING fts5(
  text, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3');

CREATE TABLE 'message_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'message_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'message_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'message_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  at INTEGER NOT NULL,
  author_id INTEGER REFERENCES user (id),
  author_label TEXT,
  text TEXT NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE note_draft (
  user_id INTEGER NOT NULL REFERENCES user (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE note_search USING fts5(
  text, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3');

CREATE TABLE 'note_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'note_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'note_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'note_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

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

CREATE TABLE outbox (
  message_id INTEGER PRIMARY KEY REFERENCES message (id),
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  thread_id INTEGER NOT NULL REFERENCES thread (id),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'unconfirmed')),
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  claimed_at INTEGER,
  callback_data TEXT NOT NULL UNIQUE,
  last_error TEXT
, priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (0, 1, 2)), position INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, scheduled_at INTEGER) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  name TEXT NOT NULL,
  -- A name that staff typed is never overwritten by a profile name.
  name_source TEXT NOT NULL CHECK (name_source IN ('staff', 'profile', 'identity')),
  profile_asked_at INTEGER,
  created_at INTEGER NOT NULL
, erased_at INTEGER) STRICT;

CREATE VIRTUAL TABLE person_search USING fts5(
  text, content='', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');

CREATE TABLE 'person_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'person_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'person_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'person_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE preference (
  user_id INTEGER NOT NULL REFERENCES user (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE read_mark (
  user_id INTEGER NOT NULL REFERENCES user (id),
  lead_id INTEGER NOT NULL REFERENCES lead (id),
  seen_count INTEGER NOT NULL,
  PRIMARY KEY (user_id, lead_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_range (
  source TEXT PRIMARY KEY CHECK (source IN ('message', 'note', 'person', 'identity')),
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  -- An index keeps what was deleted until its parts are merged: 1 asks for that, 2 is under way.
  purge INTEGER NOT NULL DEFAULT 0 CHECK (purge IN (0, 1, 2))
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES user (id),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  process_id INTEGER NOT NULL,
  origin TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE setting (
  gym_id INTEGER NOT NULL DEFAULT 0,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (gym_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE stage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('open', 'parked', 'won', 'lost')),
  position INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0,
  UNIQUE (gym_id, name)
) STRICT;

CREATE TABLE template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  position INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 0,
  UNIQUE (gym_id, name)
) STRICT;

CREATE TABLE thread (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  gym_id INTEGER NOT NULL REFERENCES gym (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  channel_id TEXT NOT NULL REFERENCES channel (id),
  -- The name that the newest message came from: replies go there.
  reply_identity_id INTEGER REFERENCES identity (id),
  last_inbound_at INTEGER,
  rev INTEGER NOT NULL DEFAULT 0, seen_at INTEGER,
  UNIQUE (person_id, channel_id)
) STRICT;

CREATE TABLE tour_taken (
  user_id INTEGER PRIMARY KEY REFERENCES user (id),
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE user (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'staff')),
  password_hash TEXT,
  created_at INTEGER NOT NULL,
  disabled_at INTEGER,
  rev INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE whatsapp_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  provider_id TEXT,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  quality TEXT,
  reason TEXT,
  format TEXT,
  components TEXT NOT NULL,
  -- When its state last changed; a webhook that is older than this says nothing new.
  changed_at INTEGER NOT NULL DEFAULT 0,
  synced_at INTEGER NOT NULL,
  rev INTEGER NOT NULL,
  UNIQUE (account, name, language)
) STRICT;

CREATE INDEX activity_lead ON activity (lead_id, id DESC);

CREATE INDEX attachment_path ON attachment (path) WHERE path IS NOT NULL;

CREATE INDEX attachment_waiting ON attachment (not_before, id) WHERE state = 'waiting';

CREATE INDEX draft_lead ON draft (lead_id, updated_at);

CREATE INDEX form_draft_lead ON form_draft (lead_id);

CREATE UNIQUE INDEX identity_active ON identity (gym_id, scope, kind, value)
  WHERE retired_at IS NULL AND kind <> 'username';

CREATE INDEX identity_conflict_other ON identity_conflict (other_id);

CREATE INDEX identity_person ON identity (person_id, last_seen_at DESC);

CREATE INDEX identity_retired ON identity (gym_id, scope, kind, value, retired_at)
  WHERE retired_at IS NOT NULL AND kind <> 'username';

CREATE INDEX journal_body ON journal (sha256, received_at);

CREATE INDEX journal_parked ON journal (id) WHERE state = 'parked';

CREATE INDEX journal_pending ON journal (id) WHERE state = 'pending';

CREATE INDEX lead_calm ON lead (last_message_at DESC, id DESC) WHERE waiting_since IS NULL;

CREATE INDEX lead_calm_open ON lead (last_message_at DESC, id DESC)
  WHERE waiting_since IS NULL AND is_open = 1;

CREATE INDEX lead_calm_owner ON lead (owner_id, last_message_at DESC, id DESC)
  WHERE waiting_since IS NULL AND is_open = 1;

CREATE INDEX lead_created ON lead (created_at);

CREATE INDEX lead_form_waiting ON lead_form (not_before, id) WHERE state = 'waiting';

CREATE UNIQUE INDEX lead_one_open ON lead (gym_id, person_id) WHERE is_open = 1;

CREATE INDEX lead_person ON lead (person_id, id DESC);

CREATE INDEX lead_rev ON lead (rev);

CREATE INDEX lead_troubled_calm ON lead (last_message_at DESC, id DESC)
  WHERE waiting_since IS NULL AND preview_status IN ('failed', 'unconfirmed');

CREATE INDEX lead_troubled_waiting ON lead (waiting_since, id)
  WHERE waiting_since IS NOT NULL AND preview_status IN ('failed', 'unconfirmed');

CREATE INDEX lead_waiting ON lead (waiting_since, id) WHERE waiting_since IS NOT NULL;

CREATE INDEX lead_waiting_owner ON lead (owner_id, waiting_since, id)
  WHERE waiting_since IS NOT NULL;

CREATE INDEX merge_into ON merge (into_lead_id);

CREATE INDEX merge_lead ON merge (lead_id);

CREATE INDEX message_ahead ON message (channel_id, reply_to)
  WHERE shown_on IS NULL AND kind IN ('reaction', 'edit', 'revoke');

CREATE UNIQUE INDEX message_callback ON message (callback_data) WHERE callback_data IS NOT NULL;

CREATE INDEX message_journal ON message (journal_id) WHERE journal_id IS NOT NULL;

CREATE INDEX message_outbound ON message (provider_at, thread_id) WHERE direction = 'out';

CREATE INDEX message_repeat_journal ON message_repeat (journal_id);

CREATE INDEX message_shown_on ON message (shown_on) WHERE shown_on IS NOT NULL;

CREATE INDEX message_thread ON message (thread_id, provider_at DESC, id DESC);

CREATE INDEX message_troubled ON message (id) WHERE status IN ('failed', 'unconfirmed');

CREATE INDEX message_unnamed ON message (thread_id)
  WHERE direction = 'out' AND provider_id IS NULL;

CREATE INDEX note_draft_lead ON note_draft (lead_id);

CREATE INDEX note_lead ON note (lead_id, id);

CREATE INDEX notice_channel ON notice (channel_id) WHERE channel_id IS NOT NULL;

CREATE INDEX notice_unread ON notice (id) WHERE read_at IS NULL;

CREATE INDEX outbox_due ON outbox (priority, not_before, message_id) WHERE state = 'queued';

CREATE INDEX outbox_thread ON outbox (thread_id, position, message_id);

CREATE INDEX person_nameless ON person (id)
  WHERE name_source = 'identity' AND profile_asked_at IS NULL;

CREATE INDEX session_user ON session (user_id, started_at DESC);
