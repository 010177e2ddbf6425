// Effects about who a lead is: merging, telling apart, forgetting.
import Desk
import Model
import Screens
import Store

extension EffectRunner {
  func aboutPeople(_ effect: AppEffect, _ seat: Seat) throws -> Loaded? {
    switch effect {
    case .merge(let lead, let target):
      return .acted(note: try desk.merge(lead, into: target, by: seat), isReversible: true)
    case .tellApart(let lead, let other):
      return .acted(note: try desk.tellApart(lead, other, by: seat), isReversible: true)
    case .sizeErasure(let lead):
      let size = try desk.erasureSize(lead, for: seat)
      return .toErase(
        ErasureSize(lead: lead, messages: size.messages, notes: size.notes, files: size.files)
      )
    case .erase(let lead):
      let gone = try desk.erase(lead, by: seat)
      return .acted(note: "Erased: \(gone.messages) messages, \(gone.notes) notes")
    default: return nil
    }
  }
}
