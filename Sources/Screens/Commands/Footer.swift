// Which commands the footer names where, the most useful first; their words are the table's.

extension Commands {
  static let footer: [Context: [Command.ID]] = [
    .inbox: [.open, .reply, .nextFound, .nextWaiting, .find, .stage, .assign, .filter, .down],
    .chat: [.reply, .nextFound, .quickReply, .undo, .nextWaiting, .openFile, .stage, .assign],
    .lead: [.stage, .assign, .note, .reply, .undo, .back],
    .message: [.quote, .react, .copySelected, .undo, .endSelection],
    .dashboard: [.openTroubled, .back, .nextWaiting, .refresh],
    .search: [.openFound, .endSearch, .foundDown, .keepFound],
    .journal: [.openEvent, .replayEvent, .replayParked, .filterJournal, .openEventLead, .back],
    .notices: [.openNotice, .readNotice, .readAllNotices, .back],
    .compose: [.send, .leave, .newline, .writeToNext, .insertQuickReply, .clear],
  ]
}
