// Schema version 12: notes that are being typed outlive the program too.

let migration012 = """
  -- A note being typed, apart from the reply: it must never reach a customer.
  CREATE TABLE note_draft (
    user_id INTEGER NOT NULL REFERENCES user (id),
    lead_id INTEGER NOT NULL REFERENCES lead (id),
    text TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, lead_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX note_draft_lead ON note_draft (lead_id);
  """
