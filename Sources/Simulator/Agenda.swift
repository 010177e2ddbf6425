// What will happen and when: a heap by time, ties in the order they were added.
import Model

/// Something planned.
enum Happening: Sendable {
  /// The next unprompted message is due.
  case arrival
  /// A customer's line; it lapses when they have been answered since it was planned.
  case line(Line, from: Address, generation: Int)
  /// A receipt, echo or the like, ready to be posted.
  case notice(JSON)
  /// A webhook that was held back so that later ones overtake it.
  case late(Webhook)
}

struct Agenda {
  private struct Entry {
    var at: Timestamp
    var order: Int
    var happening: Happening

    func precedes(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
  }

  private var heap: [Entry] = []
  private var added = 0

  var nextAt: Timestamp? { heap.first?.at }
  var count: Int { heap.count }

  mutating func add(_ happening: Happening, at time: Timestamp) {
    added += 1
    heap.append(Entry(at: time, order: added, happening: happening))
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the earliest entry if it is due at `now`.
  mutating func next(dueBy now: Timestamp) -> (happening: Happening, at: Timestamp)? {
    guard let first = heap.first, first.at <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.happening, first.at)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
