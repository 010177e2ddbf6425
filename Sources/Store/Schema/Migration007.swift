// Schema version 7: full-text search and what the screens remember.

/// Each index holds the words of one table's rows, those whose ids `search_range` names, and no text.
///
/// New rows are indexed soon after they are stored, in batches (`Records/SearchIndex.swift`),
/// so that applying webhooks doesn't pay for it; old ones of an existing store from the newest back.
/// The triggers keep what is indexed true when a text is changed, erased or taken back.
///
/// Messages are found newest first, by rowid: ranking common words of a million messages would read
/// them all. Prefix indexes of two and three letters serve searching while one types.
let migration007 = """
  CREATE TABLE search_range (
    source TEXT PRIMARY KEY CHECK (source IN ('message', 'note', 'person', 'identity')),
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    -- An index keeps what was deleted until its parts are merged: 1 asks for that, 2 is under way.
    purge INTEGER NOT NULL DEFAULT 0 CHECK (purge IN (0, 1, 2))
  ) STRICT, WITHOUT ROWID;
  INSERT INTO search_range (source, low, high)
    SELECT 'message', ifnull(max(id), 0) + 1, ifnull(max(id), 0) FROM message;
  INSERT INTO search_range (source, low, high) SELECT 'note', ifnull(max(id), 0) + 1, ifnull(max(id), 0) FROM note;
  INSERT INTO search_range (source, low, high)
    SELECT 'person', ifnull(max(id), 0) + 1, ifnull(max(id), 0) FROM person;
  INSERT INTO search_range (source, low, high)
    SELECT 'identity', ifnull(max(id), 0) + 1, ifnull(max(id), 0) FROM identity;

  CREATE VIRTUAL TABLE message_search USING fts5(
    text, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
  CREATE TRIGGER message_search_update AFTER UPDATE OF text ON message
  WHEN old.text <> new.text
    AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'message')
      AND (SELECT high FROM search_range WHERE source = 'message')
  BEGIN
    INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO message_search (rowid, text) VALUES (new.id, new.text);
    UPDATE search_range SET purge = 1 WHERE source = 'message' AND new.text = '';
  END;
  CREATE TRIGGER message_search_delete AFTER DELETE ON message
  WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'message')
      AND (SELECT high FROM search_range WHERE source = 'message')
  BEGIN
    INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.id, old.text);
    UPDATE search_range SET purge = 1 WHERE source = 'message';
  END;

  CREATE VIRTUAL TABLE note_search USING fts5(
    text, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
  CREATE TRIGGER note_search_update AFTER UPDATE OF text ON note
  WHEN old.text <> new.text
    AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'note')
      AND (SELECT high FROM search_range WHERE source = 'note')
  BEGIN
    INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO note_search (rowid, text) VALUES (new.id, new.text);
    UPDATE search_range SET purge = 1 WHERE source = 'note' AND new.text = '';
  END;
  CREATE TRIGGER note_search_delete AFTER DELETE ON note
  WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'note')
      AND (SELECT high FROM search_range WHERE source = 'note')
  BEGIN
    INSERT INTO note_search (note_search, rowid, text) VALUES ('delete', old.id, old.text);
    UPDATE search_range SET purge = 1 WHERE source = 'note';
  END;

  CREATE VIRTUAL TABLE person_search USING fts5(
    text, content='', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
  CREATE TRIGGER person_search_update AFTER UPDATE OF name ON person
  WHEN old.name <> new.name
    AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'person')
      AND (SELECT high FROM search_range WHERE source = 'person')
  BEGIN
    INSERT INTO person_search (person_search, rowid, text) VALUES ('delete', old.id, old.name);
    INSERT INTO person_search (rowid, text) VALUES (new.id, new.name);
    UPDATE search_range SET purge = 1 WHERE source = 'person' AND new.name = '';
  END;
  CREATE TRIGGER person_search_delete AFTER DELETE ON person
  WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'person')
      AND (SELECT high FROM search_range WHERE source = 'person')
  BEGIN
    INSERT INTO person_search (person_search, rowid, text) VALUES ('delete', old.id, old.name);
    UPDATE search_range SET purge = 1 WHERE source = 'person';
  END;

  -- Any three characters of a phone number, user name or address, from either end.
  CREATE VIRTUAL TABLE identity_search USING fts5(text, content='', tokenize='trigram');
  CREATE TRIGGER identity_search_update AFTER UPDATE OF value ON identity
  WHEN old.value <> new.value
    AND old.id BETWEEN (SELECT low FROM search_range WHERE source = 'identity')
      AND (SELECT high FROM search_range WHERE source = 'identity')
  BEGIN
    INSERT INTO identity_search (identity_search, rowid, text) VALUES ('delete', old.id, old.value);
    INSERT INTO identity_search (rowid, text) VALUES (new.id, new.value);
    UPDATE search_range SET purge = 1 WHERE source = 'identity' AND new.value = '';
  END;
  CREATE TRIGGER identity_search_delete AFTER DELETE ON identity
  WHEN old.id BETWEEN (SELECT low FROM search_range WHERE source = 'identity')
      AND (SELECT high FROM search_range WHERE source = 'identity')
  BEGIN
    INSERT INTO identity_search (identity_search, rowid, text) VALUES ('delete', old.id, old.value);
    UPDATE search_range SET purge = 1 WHERE source = 'identity';
  END;

  -- When the draft's owner last typed, while they do; colleagues believe it only while it is fresh.
  ALTER TABLE draft ADD COLUMN typing_at INTEGER;
  CREATE INDEX draft_lead ON draft (lead_id, updated_at);

  -- What a user ran from the command line of the screen.
  CREATE TABLE command_history (
    user_id INTEGER NOT NULL REFERENCES user (id),
    line TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, line)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tour_taken (
    user_id INTEGER PRIMARY KEY REFERENCES user (id),
    at INTEGER NOT NULL
  ) STRICT;
  """
