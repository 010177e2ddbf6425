// What happens on the tour: keys go to the practice desk, which asks sample data instead of a store.
import Model
import TerminalUI

extension AppState {
  /// What is left above what is to be tried, the longest of which has all its lines.
  private var practiceSize: Size {
    let width = max(1, size.columns - 4)
    let lines = TourStep.all.map { Wrap.lines(tourWords($0), width: width).count }.max() ?? 1
    return Size(columns: size.columns, rows: max(0, size.rows - 2 - lines))
  }

  var hasRoomForTour: Bool { Layout.sizeClass(of: practiceSize) != .refused }

  mutating func offerTour() {
    guard overlays.isEmpty, tour == nil, hasRoomForTour else { return }
    overlays.append(.prompt(PromptState(purpose: .tour)))
  }

  /// Takes it up where it was left.
  mutating func startTour() {
    effects.append(.tourTaken)
    tour = pausedTour ?? .at(step: 0, practice: practiceDesk)
    pausedTour = nil
    tourTakes(.resize(size))
  }

  private var practiceDesk: AppState {
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
    practice.isPractice = true
    return practice
  }

  private mutating func leaveTour() {
    guard case .at(let step, _) = tour else { return }
    let isOver = step >= TourStep.all.count
    pausedTour = isOver ? nil : tour
    tour = nil
    say(
      isOver
        ? "That was the tour · :tour shows it again" : "The tour waits: :tour takes it up again"
    )
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
      let isAtRest = practice.focus == .inbox && practice.overlays.isEmpty && practice.search == nil
      let isLeaving =
        key == .ctrl("c") || (isOver && key == .enter)
        || (isOver || isAtRest) && [.escape, .character("q")].contains(key)
      if isLeaving { return leaveTour() }
    }
    hold(step, &practice)
    let isLeft = pass(.terminal(event), to: &practice)
    tour = .at(step: advance(step, practice), practice: practice)
    if isLeft { leaveTour() }
  }

  /// Time passes there too.
  mutating func tourTicks() {
    guard case .at(let step, var practice) = tour else { return }
    hold(step, &practice)
    _ = pass(.tick, to: &practice)
    tour = .at(step: step, practice: practice)
  }

  private func hold(_ step: Int, _ practice: inout AppState) {
    guard TourStep.all.indices.contains(step), TourStep.all[step].holdsReplies else { return }
    practice.holdReplies(until: now + Int64(TourGym.undoSeconds) * .second)
  }

  private func advance(_ step: Int, _ practice: AppState) -> Int {
    TourStep.all.indices.dropFirst(step).first { !TourStep.all[$0].isDone(practice) }
      ?? TourStep.all.count
  }

  /// Returns whether the desk was left, which ends the tour and not the program.
  private mutating func pass(_ event: AppEvent, to practice: inout AppState) -> Bool {
    var isLeft = false
    var wanted = update(&practice, event, now: now)
    while !wanted.isEmpty {
      let effect = wanted.removeFirst()
      if effect == .quit { isLeft = true }
      if effect == .redraw || effect == .suspend { effects.append(effect) }
      guard let answer = TourGym.answer(effect, now: now, zone: zone) else { continue }
      wanted += update(&practice, .loaded(answer), now: now)
    }
    return isLeft
  }
}
