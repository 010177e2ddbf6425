// Which keys mean what, also several in a row. Pure; a screen keeps a `KeyReader` in its state.

/// Bindings of key sequences to actions.
package struct KeyMap<Action> {
  private var actions: [[Key]: Action] = [:]
  /// Every proper beginning of a binding, with the bindings below it in the order they were made.
  private var below: [[Key]: [KeySequence]] = [:]

  package init(_ bindings: [(KeySequence, Action)] = []) {
    for (sequence, action) in bindings { bind(sequence, to: action) }
  }

  /// The later binding of the same keys wins.
  package mutating func bind(_ sequence: KeySequence, to action: Action) {
    let isNew = actions.updateValue(action, forKey: sequence.keys) == nil
    guard isNew else { return }
    for count in 1..<max(1, sequence.keys.count) {
      below[Array(sequence.keys.prefix(count)), default: []].append(sequence)
    }
  }

  package subscript(_ sequence: KeySequence) -> Action? { actions[sequence.keys] }

  /// True when more keys may follow.
  package func isPrefix(_ keys: [Key]) -> Bool { below[keys] != nil }

  /// The bindings that begin with `prefix`, for a which-key popup.
  package func continuations(of prefix: [Key]) -> [(sequence: KeySequence, action: Action)] {
    (below[prefix] ?? []).compactMap { sequence in
      actions[sequence.keys].map { (sequence, $0) }
    }
  }

  /// Bindings that can never be reached in full because a shorter one answers first.
  package var shadowed: [KeySequence] {
    below.filter { actions[$0.key] != nil }.flatMap(\.value)
  }
}

extension KeyMap: Sendable where Action: Sendable {}

/// What a key led to.
package enum KeyResult<Action> {
  case action(Action)
  /// The beginning of a sequence: more keys are awaited, without a time limit.
  case pending
  /// Esc or Ctrl-C gave an unfinished sequence up.
  case cancelled
  case unbound
}

extension KeyResult: Equatable where Action: Equatable {}
extension KeyResult: Sendable where Action: Sendable {}

/// Remembers the beginning of an unfinished sequence.
package struct KeyReader: Equatable, Sendable {
  /// The keys pressed so far; empty when nothing is under way.
  package private(set) var pending: [Key] = []

  package init() {}

  package mutating func press<Action>(_ key: Key, in map: KeyMap<Action>) -> KeyResult<Action> {
    let keys = pending + [key]
    let wasPending = !pending.isEmpty
    pending = []
    if let action = map[KeySequence(keys)] { return .action(action) }
    if map.isPrefix(keys) {
      pending = keys
      return .pending
    }
    return wasPending && (key == .escape || key == .ctrl("c")) ? .cancelled : .unbound
  }

  /// Gives an unfinished sequence up, as when the context changes.
  package mutating func reset() { pending = [] }
}
