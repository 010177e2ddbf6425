// Taking acts back. An act that can be taken back says how at the place where it is done; the log is
// a person's own, and lives as long as the session.
import Model
import Store
import Synchronization

/// An act that can be taken back.
struct ReversibleAct: Sendable {
  /// Each way returns how many leads it changed: none when others have changed them since.
  typealias Step = @Sendable (LeadStore, Actor) throws -> Int

  let title: String
  /// The one lead that it is about.
  var lead: LeadID?
  let undo: Step
  let redo: Step
}

/// The table of reversible acts: one more is one more row here, and a `did` where it is done.
extension ReversibleAct {
  static func stages(_ moves: [LeadChange<StagePlace>]) -> Self {
    changes(moves, "stage change") { try $0.setStages($1, by: $2).count }
  }

  static func owners(_ changes: [LeadChange<UserID?>]) -> Self {
    Self.changes(changes, "assignment") { try $0.setOwners($1, by: $2).count }
  }

  static func noReply(_ changes: [LeadChange<Timestamp?>]) -> Self {
    Self.changes(changes, "no reply needed") { try $0.setNoReplyNeeded($1, by: $2).count }
  }

  /// Merging again makes a merge of its own, found by the lead that is gone.
  static func merge(_ lead: LeadID, into target: LeadID) -> Self {
    Self(
      title: "merge",
      undo: { store, actor in
        _ = try store.unmerge(lead, by: actor)
        return 2
      },
      redo: { store, actor in
        _ = try store.merge(lead, into: target, by: actor)
        return 2
      }
    )
  }

  static func twoPeople(_ lead: LeadID, _ other: LeadID) -> Self {
    Self(
      title: "“two people”",
      undo: { try $0.setTwoPeople(lead, other, false, by: $1) ? 2 : 0 },
      redo: { try $0.setTwoPeople(lead, other, true, by: $1) ? 2 : 0 }
    )
  }

  /// A saved reply made, changed or, with nil for its end, deleted.
  static func reply(from before: KeptReply?, to after: KeptReply?) -> Self {
    Self(
      title: "saved reply",
      undo: { try $0.setReply(from: after, to: before, by: $1) ? 1 : 0 },
      redo: { try $0.setReply(from: before, to: after, by: $1) ? 1 : 0 }
    )
  }

  static func note(_ lead: LeadID, _ note: Int64) -> Self {
    Self(
      title: "note",
      lead: lead,
      undo: { store, actor in
        try store.setNoteDeleted(note, lead: lead, true, by: actor)
        return 1
      },
      redo: { store, actor in
        try store.setNoteDeleted(note, lead: lead, false, by: actor)
        return 1
      }
    )
  }

  /// Values of leads, there and back; a lead that somebody has changed since is left alone.
  private static func changes<Value>(
    _ changes: [LeadChange<Value>],
    _ title: String,
    make: @escaping @Sendable (LeadStore, [LeadChange<Value>], Actor) throws -> Int
  ) -> Self {
    let back = changes.compactMap { change in
      change.from.map { LeadChange(change.lead, from: change.to, to: $0) }
    }
    return Self(
      title: changes.count > 1 ? "\(title) of \(changes.count) leads" : title,
      lead: changes.count == 1 ? changes.first?.lead : nil,
      undo: { try make($0, back, $1) },
      redo: { try make($0, changes, $1) }
    )
  }
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
    // What the machine did not let through stays to be tried again; the rest would stand in the way for ever.
    do { try carryOut(act, act.undo, by: seat) } catch let error as StoreError where error.isPassing
    {
      undoLog.redid(act, by: seat)
      throw error
    }
    undoLog.undid(act, by: seat)
    return "Undone: " + words(act)
  }

  package func redo(by seat: Seat) throws -> String {
    guard let act = undoLog.takeUndone(seat) else {
      throw Refusal(rule: "redo", text: "nothing to redo")
    }
    do { try carryOut(act, act.redo, by: seat) } catch let error as StoreError where error.isPassing
    {
      undoLog.undid(act, by: seat)
      throw error
    }
    undoLog.redid(act, by: seat)
    return "Done again: " + words(act)
  }

  /// The key works from anywhere: whose act it was is said.
  private func words(_ act: ReversibleAct) -> String {
    guard let lead = act.lead, let name = try? store.lead(lead, scope: .everything)?.summary.name,
      !name.isEmpty
    else { return act.title }
    return "\(act.title) · \(name)"
  }

  /// An act that no longer stands is gone from the log.
  private func carryOut(
    _ act: ReversibleAct,
    _ step: ReversibleAct.Step,
    by seat: Seat
  ) throws {
    guard try step(store, seat.actor) == 0 else { return }
    throw Refusal(
      rule: "changed",
      text: "the \(act.title) was changed by somebody else since, so it stays"
    )
  }
}
