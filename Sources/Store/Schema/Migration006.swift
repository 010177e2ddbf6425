// Schema version 6: outbound kinds and WhatsApp's templates.

/// `outbox.scheduled_at` is the time somebody chose for a message; it goes with the row, so that a message
/// that has left is like any other.
///
/// A template belongs to a business account, which all its phone numbers share; `components` is Meta's
/// JSON.
let migration006 = """
  ALTER TABLE channel ADD COLUMN business_account TEXT;
  ALTER TABLE outbox ADD COLUMN scheduled_at INTEGER;
  ALTER TABLE attachment ADD COLUMN uploaded_at INTEGER;

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
  """
