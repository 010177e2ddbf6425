// Which commands the footer names where, the most useful first; their words are the table's.

extension Commands {
  static let footer: [Context: [Command.ID]] = [
    .inbox: [.open, .reply, .nextWaiting, .stage, .assign, .filter, .down],
    .chat: [.reply, .quickReply, .undo, .nextWaiting, .stage, .assign],
    .lead: [.stage, .assign, .note, .reply, .undo, .back],
    .dashboard: [.back, .nextWaiting, .refresh],
    .compose: [.send, .leave, .newline, .writeToNext, .insertQuickReply, .clear],
  ]
}
