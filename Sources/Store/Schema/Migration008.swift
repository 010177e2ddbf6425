// Schema version 8: settings of the screen.

let migration008 = """
  -- Nothing yet.
  """
