// What happens on the tour: keys go to the practice desk, which asks sample data instead of a store.
import Model
import TerminalUI

extension AppState {
  /// Rows below the practice desk for what is to be tried.
  var tourRows: Int {
    guard size.rows >= 12 else { return 1 }
    let width = max(1, size.columns - 4)
    let lines = TourStep.all.map { Wrap.lines(tourWords($0), width: width).count }.max() ?? 1
    return 2 + min(lines, size.rows / 4)
  }

  mutating func offerTour() {
    guard overlays.isEmpty, tour == nil else { return }
    overlays.append(.prompt(PromptState(purpose: .tour)))
  }

  mutating func startTour() {
    var practice = AppState(size: practiceSize, now: now)
    let user =
      session?.user
      ?? User(id: UserID(1), email: "you@gym.example", name: "You", role: .staff)
    for answer: Loaded in [
      .signedIn(Session(user: user)), .gym(TourGym.book(book)), .inbox(TourGym.page(nil, now: now)),
    ] {
      _ = update(&practice, .loaded(answer), now: now)
    }
    practice.health.link = .connected
    practice.screen.ownEnter = screen.usedEnter
    tour = .at(step: 0, practice: practice)
    effects.append(.tourTaken)
  }

  private mutating func endTour(_ words: String) {
    tour = nil
    say(words)
  }

  private var practiceSize: Size {
    Size(columns: size.columns, rows: max(0, size.rows - tourRows))
  }

  /// A key, a click or another size, while the tour is on.
  mutating func tourTakes(_ event: TerminalEvent) {
    guard case .at(let step, var practice) = tour else { return }
    var event = event
    if case .resize(let size) = event {
      self.size = size
      event = .resize(practiceSize)
    }
    if case .key(let key) = event {
      let isOver = step >= TourStep.all.count
      if isOver, [.enter, .escape, .character("q")].contains(key) {
        return endTour("That was the tour · :tour shows it again")
      }
      let isAtRest = practice.focus == .inbox && practice.overlays.isEmpty && practice.search == nil
      if key == .ctrl("c") || (isAtRest && [.escape, .character("q")].contains(key)) {
        return endTour("The tour waits: :tour takes it up again")
      }
    }
    hold(step, &practice)
    pass(.terminal(event), to: &practice)
    tour = .at(step: advance(step, practice), practice: practice)
  }

  /// Time passes there too.
  mutating func tourTicks() {
    guard case .at(let step, var practice) = tour else { return }
    hold(step, &practice)
    pass(.tick, to: &practice)
    tour = .at(step: step, practice: practice)
  }

  private func hold(_ step: Int, _ practice: inout AppState) {
    guard TourStep.all.indices.contains(step), TourStep.all[step].holdsReplies else { return }
    practice.holdReplies(until: now + Int64(TourGym.undoSeconds) * .second)
  }

  private func advance(_ step: Int, _ practice: AppState) -> Int {
    guard TourStep.all.indices.contains(step), TourStep.all[step].isDone(practice) else {
      return step
    }
    return step + 1
  }

  private mutating func pass(_ event: AppEvent, to practice: inout AppState) {
    var wanted = update(&practice, event, now: now)
    while !wanted.isEmpty {
      let effect = wanted.removeFirst()
      if effect == .redraw || effect == .suspend { effects.append(effect) }
      guard let answer = TourGym.answer(effect, now: now, zone: zone) else { continue }
      wanted += update(&practice, .loaded(answer), now: now)
    }
  }
}
