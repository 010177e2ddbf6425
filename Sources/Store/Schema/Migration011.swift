// Schema version 11: what was searched for is no longer remembered, for it names people.

let migration011 = """
  DELETE FROM command_history WHERE line LIKE 'search %';
  """
