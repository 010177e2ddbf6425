// Schema version 2: what messages hold beside their words, and what becomes of them later: edits,
// deletions, reactions.

/// `message.content` is JSON: the structured part of a card (place, contacts, order, buttons) or of an
/// outbound payload; NULL for plain text.
let migration002 = """
  ALTER TABLE message ADD COLUMN content TEXT;
  ALTER TABLE message ADD COLUMN edited_at INTEGER;
  ALTER TABLE message ADD COLUMN deleted_at INTEGER;
  """
