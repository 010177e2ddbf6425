// The opened lead: its conversation with the wrapped lines of every bubble, its details, its draft.
// Changed by ThreadUpdate and the composer, drawn by ThreadView and LeadView.
import Model
import TerminalUI

/// The lead that was opened; it stays until another is.
struct OpenedLead: Equatable {
  var id: LeadID { summary.id }
  var summary: LeadSummary
  var detail: LeadDetail?
  var thread = ThreadState()
  var composer = ComposerState()
  /// First line of the lead pane on screen.
  var leadScroll = 0
  var detailLoading = Loading()
  /// Who else is at this lead.
  var company: Company?
  var companyLoading = Loading()
  /// What is typed here is newer than the answer under way.
  var isDraftAhead = false

  /// When it was opened.
  var openedAt: Timestamp

  init(summary: LeadSummary, at now: Timestamp) {
    self.summary = summary
    openedAt = now
  }
}

struct ThreadState: Equatable {
  /// As many more messages are asked for each time the top is reached.
  static let page = 60

  /// Messages asked for at first: enough to fill a screen of `rows` as people write; where they are
  /// shorter, more are asked for at once.
  static func firstPage(rows: Int) -> Int { max(12, rows / 2) }

  var isLoaded = false
  var messages: [Message] = []
  /// Sent here, not yet seen in the store's answer.
  var pending: [PendingReply] = []
  var hasOlder = false
  /// What is loaded ends before the newest message.
  var hasNewer = false
  var window = ThreadWindow.newest(ThreadState.page)
  /// Where to scroll once it is loaded.
  var goal: ThreadGoal?
  var found: FoundPlaces?
  /// What is on screen stays there when newer messages come below it.
  var holdsPlace = false
  var windowClosesAt: Timestamp?
  var closedReason: String?
  /// The person was erased.
  var isErased = false
  var loading = Loading()
  var pictures = PictureState()
  /// The newest message that was reported as read.
  var markedThrough: MessageID?
  /// The message that keys are about.
  var selected: MessageID?
  /// Only a person may still answer, under the provider's tag for that.
  var isHumanAgent = false

  /// Bubbles, oldest first, for `wrapWidth` columns; pending ones last.
  var blocks: [ThreadBlock] = []
  var wrapWidth = 0
  /// Lines between the newest line and the lowest one on screen; 0 follows the conversation.
  var scroll = 0

  var lineCount: Int { blocks.reduce(0) { $0 + $1.height } }

  /// The newest message of theirs.
  var newestInbound: MessageID? { messages.last { $0.direction == .inbound }?.id }
}

/// A place to scroll to.
enum ThreadGoal: Equatable {
  case message(MessageID)
  case oldest, newest
}

/// A reply between Enter and the store's first answer that has it.
struct PendingReply: Equatable {
  var message: Message
  /// The newest message there was when it was sent: its own row has a higher id.
  var after: MessageID?
  /// `u` came before the store's id was known: it is recalled as soon as it is.
  var isRecalled = false

  /// True for the store's row of the reply.
  func isStored(as row: Message) -> Bool {
    // A template's words are the desk's.
    let isSame = message.kind == .template ? row.kind == .template : row.text == message.text
    return isSame && row.author == message.author && after.map { row.id > $0 } ?? true
  }
}

/// One message, wrapped, with what stands above it.
struct ThreadBlock: Equatable {
  var message: Message
  /// Above the words: quote, card, how it came.
  var head: [[Span]]
  var lines: [String]
  /// Below the words: what it said before, reactions.
  var tail: [[Span]]
  /// The columns of the widest line.
  var width: Int
  /// Set on a day's first message.
  var day: String?
  /// The first after somebody else's, with a blank line above.
  var startsRun: Bool
  /// Author, time and ticks stand below.
  var hasFooter: Bool
  /// The reason of a failure, wrapped.
  var trouble: [String]
  /// Rows of its photos, above the words.
  var pictures: [[Span]] = []

  var height: Int {
    (day == nil ? 0 : 2) + (startsRun ? 1 : 0) + pictures.count + head.count + lines.count
      + tail.count + (hasFooter ? 1 : 0) + trouble.count
  }
}
