// Schema version 9: how far an upload has come.

let migration009 = """
  -- Of an outbound file that takes longer to go up; gone once it is there.
  ALTER TABLE attachment ADD COLUMN sent_bytes INTEGER;
  """
