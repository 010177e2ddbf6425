// Schema version 8: what each person has chosen about the screen.

let migration008 = """
  -- Outside the counter: nobody else's screen shows it.
  CREATE TABLE preference (
    user_id INTEGER NOT NULL REFERENCES user (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user_id, key)
  ) STRICT, WITHOUT ROWID;
  """
