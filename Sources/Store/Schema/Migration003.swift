// Schema version 3: merges, account notices, consent, erasure.

let migration003 = """
  -- Nothing yet.
  """
