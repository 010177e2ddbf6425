// What was done here can be taken back, the newest first and from anywhere: a change of a lead, or a
// message that has not left. Called by update, view and the deadlines.
import Model
import TerminalUI

/// Something done in this session.
enum Deed: Equatable {
  /// The desk knows how to reverse it.
  case change(at: Timestamp)
  case message(SentMessage)

  var at: Timestamp {
    switch self {
    case .change(let at): at
    case .message(let sent): sent.reply.message.receivedAt
    }
  }

  var sent: SentMessage? {
    if case .message(let sent) = self { sent } else { nil }
  }
}

/// A message that was sent here, at once or for later.
struct SentMessage: Equatable {
  var lead: LeadSummary
  var reply: PendingReply
  /// The lead's row before the reply showed in it.
  var before: LeadSummary?

  var message: Message { reply.message }
}

/// What is taken back next.
enum Reversal: Equatable {
  case change
  case sent(SentMessage)
  /// A row of the opened chat: chosen, or written by the same person elsewhere or before.
  case row(Message)
}

/// The deeds of a session, newest last.
struct Deeds: Equatable {
  /// As many as the desk keeps.
  private static let most = 100

  private(set) var list: [Deed] = []
  /// Messages numbered so far.
  private var messages: Int64 = 0
  /// Changes taken back that can be done again.
  private var undone = 0

  mutating func append(_ deed: Deed) {
    list.append(deed)
    if list.count > Self.most { list.removeFirst() }
    if case .change = deed { undone = 0 }
  }

  mutating func undoChange() {
    guard let place = list.lastIndex(where: { $0.sent == nil }) else { return }
    list.remove(at: place)
    undone += 1
  }

  mutating func redoChange(at now: Timestamp) {
    guard undone > 0 else { return }
    undone -= 1
    list.append(.change(at: now))
  }

  /// Their undo windows begin anew.
  mutating func hold(until end: Timestamp) {
    for place in list.indices {
      guard var sent = list[place].sent, sent.message.undoUntil != nil else { continue }
      sent.reply.message.undoUntil = end
      list[place] = .message(sent)
    }
  }

  /// An id of our own until the store's is known.
  mutating func nextID(at now: Timestamp) -> MessageID {
    messages += 1
    return MessageID(-now.milliseconds - messages)
  }

  /// No message to the lead is to be taken back.
  mutating func forgetAll(of lead: LeadID) { list.removeAll { $0.sent?.lead.id == lead } }

  /// The newest message with these marks is no longer to be taken back.
  mutating func forget(where isMeant: (SentMessage) -> Bool) {
    guard let place = list.lastIndex(where: { $0.sent.map(isMeant) ?? false }) else { return }
    list.remove(at: place)
  }
}

extension Message {
  /// Waits in its undo window, or for its time.
  func canBeTakenBack(at now: Timestamp) -> Bool {
    status == .queued && (scheduledAt ?? undoUntil).map { $0 > now } ?? false
  }

  /// What comes back into the draft.
  fileprivate var draft: String { kind.takesDraft ? text : "" }
}

extension AppState {
  /// What `u` takes back, or Ctrl-_ in the composer, where only messages count.
  ///
  /// The newest deed of this session; in the chat also what the same person has sent otherwise, by
  /// the time of writing; a chosen message before all others.
  var reversal: Reversal? {
    if let chosen = selectedMessage, chosen.canBeTakenBack(at: now) { return .row(chosen) }
    let deed = deeds.list.last { deed in
      deed.sent.map { $0.message.canBeTakenBack(at: now) } ?? !isTyping
    }
    if focus == .thread, let row = newestOwnRow, deed.map({ row.receivedAt > $0.at }) ?? true {
      return .row(row)
    }
    return deed.map { $0.sent.map { .sent($0) } ?? .change }
  }

  private var newestOwnRow: Message? {
    // Asked for each picture: most messages are told by their status alone.
    opened?.thread.messages.lazy
      .filter {
        $0.status == .queued && $0.author == session?.user.id && $0.canBeTakenBack(at: now)
      }
      .max { $0.receivedAt < $1.receivedAt }
  }

  /// The bubble that is taken back next.
  var nextTakenBack: MessageID? {
    switch reversal {
    case .row(let message): message.id
    case .sent(let sent): sent.lead.id == opened?.id ? row(of: sent)?.id ?? sent.message.id : nil
    case .change, nil: nil
    }
  }

  /// The store's row of a message sent to the opened lead, while it can be taken back.
  private func row(of sent: SentMessage) -> Message? {
    opened?.thread.messages.last {
      sent.reply.isStored(as: $0) && $0.canBeTakenBack(at: now)
    }
  }

  /// The message last sent here that has not left.
  var lastSent: SentMessage? {
    deeds.list.last { $0.sent?.message.canBeTakenBack(at: now) ?? false }?.sent
  }

  /// The newest one in its undo window whose chat is no longer on screen.
  var sentLeftBehind: SentMessage? {
    deeds.list.last { deed in
      guard let sent = deed.sent, sent.message.scheduledAt == nil else { return false }
      return sent.message.canBeTakenBack(at: now) && !isShown(sent.lead.id)
    }?.sent
  }

  private func isShown(_ lead: LeadID) -> Bool { opened?.id == lead && layout.thread != nil }

  /// Takes back what was done last; false when there is nothing.
  mutating func takeBack() -> Bool {
    switch reversal {
    case .change: undoChange()
    case .sent(let sent): callBack(sent)
    case .row(let message): callBack(message)
    case nil: return false
    }
    return true
  }

  mutating func undoChange() {
    deeds.undoChange()
    effects.append(.undo)
  }

  mutating func redoChange() {
    deeds.redoChange(at: now)
    effects.append(.redo)
  }

  /// Calls a message back that was sent here; its lead is opened for that.
  private mutating func callBack(_ sent: SentMessage) {
    deeds.forget { $0.message.id == sent.message.id }
    let wasElsewhere = opened?.id != sent.lead.id
    if !isShown(sent.lead.id) {
      let wasTyping = isTyping
      open(inbox.row(sent.lead.id) ?? sent.lead)
      if wasTyping { startReply() }
    }
    if let row = row(of: sent) {
      effects.append(.recall(row.id))
      opened?.thread.messages.removeAll { $0.id == row.id }
    } else {
      // Its own row is recalled as soon as the conversation tells its id.
      opened?.thread.pending.removeAll { $0.message.id == sent.message.id }
      var reply = sent.reply
      reply.isRecalled = true
      opened?.thread.pending.append(reply)
      if !wasElsewhere { askThread() }
    }
    if let before = sent.before { showAgain(before) }
    calledBack(sent.message, to: wasElsewhere ? sent.lead : nil)
  }

  private mutating func callBack(_ message: Message) {
    guard let lead = opened?.id else { return }
    deeds.forget { $0.lead.id == lead && $0.reply.isStored(as: message) }
    effects.append(.recall(message.id))
    opened?.thread.messages.removeAll { $0.id == message.id }
    calledBack(message, to: nil)
  }

  /// `lead` is named where it was not on screen.
  private mutating func calledBack(_ message: Message, to lead: LeadSummary?) {
    endSelection()
    threadChanged = true
    if !message.draft.isEmpty { restoreDraft(message.draft) }
    // The next one back is before the edits, too.
    opened?.composer.markSent()
    let name = lead.map(firstName)
    let isDraft = message.draft.isEmpty ? "it will not be sent" : "it is a draft again"
    if message.scheduledAt != nil {
      say("Cancelled" + (name.map { " for " + $0 } ?? "") + ": " + isDraft)
    } else {
      say("Called back: it was not sent" + (name.map { " to " + $0 } ?? ""))
    }
  }

  /// The row as it was before the reply, unless the store has said more since.
  private mutating func showAgain(_ before: LeadSummary) {
    patchLead(before.id) { row in
      guard row.previewDirection == .outbound, row.previewStatus == .queued else { return }
      row.preview = before.preview
      row.previewDirection = before.previewDirection
      row.previewStatus = before.previewStatus
      row.lastMessageAt = before.lastMessageAt
      row.waitingSince = before.waitingSince
    }
  }

  /// Messages that are on their way to the store, as far as they can be taken back.
  mutating func sent(_ messages: [OutboundMessage], to lead: LeadID) {
    guard let row = opened?.id == lead ? opened?.summary : inbox.row(lead) else { return }
    let newest = opened?.id == lead ? opened?.thread.messages.map(\.id).max() : nil
    for message in messages where message.content.kind != .reaction {
      let reply = PendingReply(message: optimistic(message, to: row), after: newest)
      sent(SentMessage(lead: row, reply: reply))
    }
  }

  mutating func sent(_ message: SentMessage) {
    if opened?.id == message.lead.id { opened?.composer.markSent() }
    if message.message.canBeTakenBack(at: now) { deeds.append(.message(message)) }
  }

  /// The message before the store has it.
  mutating func optimistic(_ message: OutboundMessage, to row: LeadSummary) -> Message {
    let undo = Int64(book?.undoSendSeconds ?? 0) * .second
    let thread = opened?.detail?.threads.first { $0.id == row.thread }
    return Message(
      id: deeds.nextID(at: now),
      lead: row.id,
      thread: row.thread ?? ThreadID(0),
      channel: thread?.channel ?? "",
      channelKind: row.channelKind,
      direction: .outbound,
      kind: message.content.kind,
      text: message.text,
      providerAt: now,
      receivedAt: now,
      status: .queued,
      author: session?.user.id,
      undoUntil: undo > 0 && message.sendAt == nil ? now + undo : nil,
      scheduledAt: message.sendAt
    )
  }

  /// What was sent and is not stored yet can be called back until `end`.
  mutating func holdReplies(until end: Timestamp) {
    deeds.hold(until: end)
    for place in opened?.thread.pending.indices ?? 0..<0
    where opened?.thread.pending[place].message.undoUntil != nil {
      opened?.thread.pending[place].message.undoUntil = end
    }
    threadChanged = true
  }

  /// Who and how long, such as `◷ Derek: sending in 5 s · u undo`.
  var leftBehindSpan: Span? {
    guard let sent = sentLeftBehind, let until = sent.message.undoUntil else { return nil }
    let seconds = (until - now + .second - 1) / .second
    let keys = reversal == .sent(sent) ? " · \(undoKey) undo" : ""
    return Span("◷ \(firstName(sent.lead)): sending in \(seconds) s" + keys, Theme.warning)
  }

  /// What takes a message back where the keys go now: in the composer `u` is a letter, and what was
  /// typed since is undone first.
  var undoKey: String {
    guard isTyping, let composer = opened?.composer else { return "u" }
    return composer.isAsWhenSent || !composer.text.canUndo ? "Ctrl-_" : "Esc u"
  }

  /// The key for what was just done, such as ` · u undo`; nothing where it can't be taken back.
  func undoHint(_ word: String = "undo") -> String {
    reversal == nil ? "" : " · \(undoKey) \(word)"
  }

  func firstName(_ lead: LeadSummary) -> String {
    let name = leadName(lead)
    return name.split(separator: " ").first.map(String.init) ?? name
  }
}
