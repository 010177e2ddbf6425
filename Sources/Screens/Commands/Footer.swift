// Which commands the footer names where, the most useful first; their words are the table's.

import TerminalUI

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
    .templates: [
      .editTemplate, .newReply, .newWhatsAppTemplate, .deleteTemplate, .undo, .syncNow, .back,
    ],
    .compose: [.send, .leave, .newline, .writeToNext, .insertQuickReply, .clear],
  ]

  /// The inbox's while leads are marked: what is done with them.
  static let markedFooter: [Command.ID] = [.stage, .assign, .noReplyNeeded]
}

/// A key and its word, as the footer shows them.
struct FooterHint: Sendable {
  var key: String
  var word: String
  /// What a click on it presses.
  var sequence: KeySequence?

  /// Nil for a command that the footer doesn't name.
  init?(_ command: Command) {
    guard let hint = command.hint else { return nil }
    // Mostly the key of the row; `j/k` stands for two.
    let own = command.keys.first { hint.hasPrefix($0.label + " ") }
    key = own?.label ?? String(hint.prefix { $0 != " " })
    word = String(hint.dropFirst(key.count + 1))
    sequence = own ?? Key(label: key).map { KeySequence([$0]) }
  }

  init(key: Key, word: String) {
    self.key = key.label
    self.word = word
    sequence = KeySequence([key])
  }
}
