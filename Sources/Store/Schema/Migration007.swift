// Schema version 7: full-text search and what the screens remember.

let migration007 = """
  -- Nothing yet.
  """
