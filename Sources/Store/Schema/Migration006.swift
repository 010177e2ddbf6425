// Schema version 6: outbound kinds and WhatsApp's templates.

let migration006 = """
  -- Nothing yet.
  """
