// Taking acts back. One row here makes an act reversible; the log is a person's own, and lives as
// long as the session.
import Model
import Store
import Synchronization

/// An act that can be taken back, with what stood before and after.
enum ReversibleAct: Equatable, Sendable {
  case stage(LeadID, from: StagePlace, to: StagePlace)
  case assign(LeadID, from: UserID?, to: UserID?)
  case note(LeadID, Int64)
  case noReply(LeadID, from: Timestamp?, to: Timestamp?)
}

/// What a session has done and undone, newest last.
final class UndoLog: Sendable {
  private struct Stacks {
    var done: [ReversibleAct] = []
    var undone: [ReversibleAct] = []

    /// A new act makes what was undone unreachable, as in every editor.
    mutating func push(_ act: ReversibleAct) {
      done.append(act)
      undone = []
      if done.count > 100 { done.removeFirst() }
    }
  }

  private let stacks = Mutex<[UserID?: Stacks]>([:])

  func did(_ act: ReversibleAct, by seat: Seat) {
    stacks.withLock { $0[seat.actor.user, default: Stacks()].push(act) }
  }

  func takeDone(_ seat: Seat) -> ReversibleAct? {
    stacks.withLock { $0[seat.actor.user]?.done.popLast() }
  }

  func takeUndone(_ seat: Seat) -> ReversibleAct? {
    stacks.withLock { $0[seat.actor.user]?.undone.popLast() }
  }

  func undid(_ act: ReversibleAct, by seat: Seat) {
    stacks.withLock { $0[seat.actor.user, default: Stacks()].undone.append(act) }
  }

  func redid(_ act: ReversibleAct, by seat: Seat) {
    stacks.withLock { $0[seat.actor.user, default: Stacks()].done.append(act) }
  }
}

extension FrontDesk {
  /// Takes the person's last act back; returns what to tell them.
  package func undo(by seat: Seat) throws -> String {
    guard let act = undoLog.takeDone(seat) else {
      throw Refusal(rule: "undo", text: "nothing to undo")
    }
    // What could not be carried out stays to be tried again.
    do { try carryOut(act, forward: false, by: seat) } catch {
      undoLog.redid(act, by: seat)
      throw error
    }
    undoLog.undid(act, by: seat)
    return "Undone: \(act.title)"
  }

  package func redo(by seat: Seat) throws -> String {
    guard let act = undoLog.takeUndone(seat) else {
      throw Refusal(rule: "redo", text: "nothing to redo")
    }
    do { try carryOut(act, forward: true, by: seat) } catch {
      undoLog.undid(act, by: seat)
      throw error
    }
    undoLog.redid(act, by: seat)
    return "Done again: \(act.title)"
  }

  private func carryOut(_ act: ReversibleAct, forward: Bool, by seat: Seat) throws {
    switch act {
    case .stage(let lead, let from, let to):
      let place = forward ? to : from
      try store.setStage(lead, to: place.stage, reason: place.reason, by: seat.actor)
    case .assign(let lead, let from, let to):
      try store.assign(lead, to: forward ? to : from, by: seat.actor)
    case .note(let lead, let note):
      try store.setNoteDeleted(note, lead: lead, !forward, by: seat.actor)
    case .noReply(let lead, let from, let to):
      try store.setNoReplyNeeded(lead, at: forward ? to : from, by: seat.actor)
    }
  }
}

extension ReversibleAct {
  fileprivate var title: String {
    switch self {
    case .stage: "stage change"
    case .assign: "assignment"
    case .note: "note"
    case .noReply: "no reply needed"
    }
  }
}
