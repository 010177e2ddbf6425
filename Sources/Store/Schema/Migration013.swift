// Schema version 13: answers that are being typed outlive the program too.

let migration013 = """
  -- Fields of questions and forms about a lead (a reason, a template's gaps), as the screen writes them.
  CREATE TABLE form_draft (
    user_id INTEGER NOT NULL REFERENCES user (id),
    lead_id INTEGER NOT NULL REFERENCES lead (id),
    text TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, lead_id)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX form_draft_lead ON form_draft (lead_id);
  """
