// Schema version 9: how far an upload has come, and the files of messages that were taken back.

let migration009 = """
  -- Of an outbound file that takes longer to go up; gone once it is there.
  ALTER TABLE attachment ADD COLUMN sent_bytes INTEGER;

  -- Files in the media folder that their messages have no more: the worker removes them, and the row. Outside
  -- the counter: nobody's screen shows it.
  CREATE TABLE dropped_file (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  INSERT INTO dropped_file
  SELECT DISTINCT path FROM attachment WHERE path IS NOT NULL AND EXISTS (
    SELECT 1 FROM message WHERE message.id = attachment.message_id AND deleted_at IS NOT NULL);
  DELETE FROM attachment WHERE state <> 'refused' AND EXISTS (
    SELECT 1 FROM message WHERE message.id = attachment.message_id AND deleted_at IS NOT NULL);
  """
