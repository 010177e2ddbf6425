// Carries out the effects around drafts of replies and notes: kept while typing, on the runner's queue, so
// that a blocked screen can't lose them.
import Desk
import Dispatch
import Logging
import Model
import Screens
import Store
import Synchronization

extension EffectRunner {
  /// A draft is on disk this long after the last key, in milliseconds.
  private static let draftDelay = 300

  func flushDrafts() { queue.sync { storeDrafts() } }

  func keepDraft(_ key: DraftKey, _ draft: TypedDrafts.Draft, now: Bool) {
    let wasWaiting = drafts.withLock { drafts in
      defer { drafts.keep(draft, for: key) }
      return !drafts.isEmpty
    }
    if now {
      queue.async { [self] in storeDrafts() }
    } else if !wasWaiting {
      storeLater()
    }
  }

  /// A choice changes with each key, or column of a border that is dragged: the last one counts.
  func keepChoice(_ choice: Preference) {
    let wasWaiting = choices.withLock { choices in
      defer { choices[choice.key] = choice.value }
      return !choices.isEmpty
    }
    if !wasWaiting { storeLater() }
  }

  private func storeLater() {
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.draftDelay)) { [self] in
      storeDrafts()
    }
  }

  func send(_ effect: AppEffect, taking key: DraftKey) {
    drafts.withLock { $0.startSending(key) }
    queue.async { [self] in
      perform(effect)
      release(key)
    }
  }

  func loadDraft(_ key: DraftKey) {
    let unsaved = drafts.withLock { $0.startReading(key) }
    queue.async { [self] in
      if let unsaved { store(unsaved, for: key) }
      perform(.loadDraft(key))
      release(key)
    }
  }

  private func release(_ key: DraftKey) {
    drafts.withLock { $0.release(key) }
    storeDrafts()
  }

  /// What can't be sent is a draft again.
  func giveBack(_ text: String, to lead: LeadID) {
    drafts.withLock { $0.giveBack(text, to: .reply(lead)) }
    storeDrafts()
  }

  func storeDrafts() {
    for (key, draft) in drafts.withLock({ $0.take() }) { store(draft, for: key) }
    let chosen = choices.withLock { choices in
      defer { choices = [:] }
      return choices
    }
    for (key, value) in chosen { store(value, for: key) }
  }

  private func store(_ value: String, for key: Preference.Key) {
    guard let user = seat.withLock({ $0?.seat.actor.user }) else { return }
    do { try store.setPreference(key.rawValue, to: value, of: user) } catch {
      installation.log.error("keeping \(key.rawValue): \(error)")
      report(.failed(reason: "It could not be stored: \(Self.words(error))"))
    }
  }

  private func store(_ draft: TypedDrafts.Draft, for key: DraftKey) {
    guard let user = seat.withLock({ $0?.seat.actor.user }) else { return }
    do {
      let other = try store.saveDraft(
        key,
        of: user,
        text: draft.text,
        isTyping: draft.isTyping,
        known: drafts.withLock { $0.known(draft, for: key) }
      )
      drafts.withLock { $0.stored(draft, below: other, for: key) }
      if let other { report(.draftMet(key, text: other)) }
    } catch {
      installation.log.error("keeping a draft: \(error)")
      report(.failed(reason: "The draft could not be stored: \(Self.words(error))"))
    }
  }
}
