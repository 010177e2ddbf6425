// Asking for the journal, moving in it, opening an event, applying events once more.
import Model
import TerminalUI

extension AppState {
  mutating func askJournal() {
    guard journal.loading.ask() else { return }
    effects.append(.loadJournal(journal.query))
  }

  mutating func receive(_ page: JournalPage) {
    let isStale = journal.loading.answered()
    guard page.query.onlyParked == journal.onlyParked else { return askJournal() }
    keepCursor(in: page)
    journal.page = page
    health.parked = page.parked
    revealJournalCursor()
    if isStale && focus == .journal { askJournal() }
  }

  /// The cursor stays on its event while others come in above it; at the top it follows them.
  private mutating func keepCursor(in page: JournalPage) {
    let held = journal.cursor > 0 ? journal.subject?.id : nil
    let place = page.lines.firstIndex { $0.id == held } ?? min(journal.cursor, page.lines.count - 1)
    journal.cursor = max(0, place)
  }

  mutating func receive(_ detail: JournalDetail) {
    guard focus == .journal else { return }
    if journal.detail?.line.id != detail.line.id { journal.detailScroll = 0 }
    journal.detail = detail
  }

  mutating func moveJournal(by step: Int) {
    if journal.detail != nil { return scrollEvent(by: step) }
    journal.cursor = min(max(0, journal.cursor + step), max(0, journal.lines.count - 1))
    revealJournalCursor()
    guard journal.page?.hasMore == true, journal.cursor >= journal.lines.count - 20,
      !journal.loading.isInFlight
    else { return }
    journal.limit += JournalState.page
    askJournal()
  }

  private mutating func revealJournalCursor() {
    let rows = max(1, journalRows)
    journal.top = min(journal.top, journal.cursor)
    journal.top = max(journal.top, journal.cursor - rows + 1)
  }

  private mutating func scrollEvent(by step: Int) {
    guard let pane = layout.journal, let detail = journal.detail else { return }
    let inside = pane.inset(top: titleRows)
    let excess = eventLines(detail, width: inside.width - 2).count - inside.height
    journal.detailScroll = min(max(0, journal.detailScroll + step), max(0, excess))
  }

  mutating func openEvent(isRaw: Bool = false) {
    guard let line = journal.subject else { return }
    effects.append(.loadEvent(line.id, isRaw: isRaw))
  }

  /// Shows what is hidden in the opened event, or hides it again.
  mutating func toggleRaw() { openEvent(isRaw: !(journal.detail?.isRaw ?? false)) }

  mutating func filterJournal() {
    journal.onlyParked.toggle()
    journal.cursor = 0
    journal.top = 0
    journal.limit = JournalState.page
    journal.loading = Loading()
    askJournal()
  }

  mutating func replay(all: Bool) {
    if all { return effects.append(.replay(nil)) }
    guard let line = journal.subject else { return }
    effects.append(.replay(line.id))
  }

  mutating func openEventLead() {
    guard let lead = journal.subject?.lead else { return }
    effects.append(.openLead(lead))
  }
}
