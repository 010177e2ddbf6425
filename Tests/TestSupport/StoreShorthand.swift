// The store's acts for one lead and one text, as tests say them.
import Model
import Store

extension LeadStore {
  /// Queues a text.
  package func enqueue(
    _ lead: LeadID,
    kind: MessageKind,
    text: String,
    undo: Int64,
    by actor: Actor
  ) throws -> MessageID {
    try enqueue(lead, OutboundMessage(text: text), undo: undo, by: actor)
  }

  /// Claims what `nextToSend` would name.
  package func claim(paused: Set<String> = []) throws -> OutboxItem? {
    while let next = try nextToSend(OutboxFilter(paused: paused)) {
      if let item = try claim(next.message) { return item }
    }
    return nil
  }

  /// Moves one lead; returns where it was.
  @discardableResult
  package func setStage(
    _ lead: LeadID,
    to stage: StageID,
    reason: String?,
    by actor: Actor
  ) throws -> StagePlace {
    let place = StagePlace(stage: stage, reason: reason)
    return try setStages([LeadChange(lead, to: place)], by: actor).first?.from ?? place
  }

  /// Hands one lead over; returns who had it.
  @discardableResult
  package func assign(_ lead: LeadID, to owner: UserID?, by actor: Actor) throws -> UserID? {
    try setOwners([LeadChange(lead, to: owner)], by: actor).first?.from ?? nil
  }

  /// The same for one lead; returns what stood.
  @discardableResult
  package func setNoReplyNeeded(
    _ lead: LeadID,
    at mark: Timestamp?,
    by actor: Actor
  ) throws -> Timestamp? {
    try setNoReplyNeeded([LeadChange(lead, to: mark)], by: actor).first?.from ?? nil
  }
}
