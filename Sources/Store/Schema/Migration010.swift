// Schema version 10: the leads whose last message is in trouble, in the list's order.

let migration010 = """
  CREATE INDEX lead_troubled_waiting ON lead (waiting_since, id)
    WHERE waiting_since IS NOT NULL AND preview_status IN ('failed', 'unconfirmed');
  CREATE INDEX lead_troubled_calm ON lead (last_message_at DESC, id DESC)
    WHERE waiting_since IS NULL AND preview_status IN ('failed', 'unconfirmed');
  """
