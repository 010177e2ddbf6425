// The files of messages: where one is, and having those fetched that could not be.
import Model
import Store

extension FrontDesk {
  /// A file that is here, with its full path.
  package func file(_ id: AttachmentID, seat: Seat) throws -> (file: Attachment, path: String) {
    guard let file = try store.attachment(id, scope: seat.scope) else {
      throw Refusal(rule: "gone", text: "this file is no longer there: its message was deleted")
    }
    guard let path = file.path else {
      let reason = file.problem ?? "it is still being fetched"
      throw Refusal(rule: "not_here", text: "the \(file.kind.word) is not here: \(reason)")
    }
    return (file, store.media.fullPath(path))
  }

  /// Puts the lead's files in line again that could not be fetched.
  package func fetchAgain(_ lead: LeadID, by seat: Seat) throws -> String {
    try require(lead, for: seat)
    let count = try store.retryMedia(of: lead)
    return count == 1 ? "Fetching the file again" : "Fetching \(count) files again"
  }
}
