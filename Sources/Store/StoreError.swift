// What can go wrong in the store, as data. The programs turn it into words and exit codes.
import Model

package enum StoreError: Error, Equatable {
  /// The store was written by a newer program; `writer` is its version where it left one.
  case newerSchema(found: Int, known: Int, writer: String?)
  /// The data directory can't be used; `detail` is the system's reason.
  case unusable(path: String, detail: String)
  /// The disk did not take a write; nothing of it was stored.
  case unwritable(path: String, detail: String)
  /// The file or the disk under it does not give what was stored.
  case unreadable(path: String, detail: String)
  /// Another process kept the write lock too long.
  case busy(lock: String)
  case noSuchLead(LeadID)
  case noSuchMessage(MessageID)
  case noSuchStage(String)
  case noSuchUser(String)
  case noSuchEvent(Int64)
  case noSuchNotice(NoticeID)
  case userExists(String)
  /// Somebody else's lead has one of the names.
  case leadExists(LeadID)
  case notMergeable(String)
  case nothingToUnmerge(LeadID)
  /// The lead has no conversation to reply in.
  case noThread(LeadID)
  /// The message has already left, or has failed.
  case notRecallable(MessageStatus)
}

extension StoreError {
  /// The machine is to blame: the same may go through later.
  package var isPassing: Bool {
    switch self {
    case .busy, .unwritable, .unreadable, .unusable: true
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// One line: what is wrong and what to do.
  package var description: String {
    switch self {
    case .newerSchema(let found, let known, let writer):
      "the store has schema \(found), this program knows \(known): it was written by inbox "
        + "\(writer ?? "(unknown version)"); install that version or newer"
    case .unusable(let path, let detail):
      "\(path): \(detail); check the folder's owner and permissions, or choose another with --data"
    case .unwritable(let path, let detail):
      "nothing was stored: \(path) can't be written: \(detail); free space or repair the disk, "
        + "then do it again"
    case .unreadable(let path, let detail):
      "\(path) can't be read: \(detail); try again, and if it stays so stop every inbox and put back "
        + "a backup with `inbox restore`"
    case .busy(let lock):
      "\(lock) is held by another inbox process; try again, or see `inbox doctor`"
    case .noSuchLead(let id): "no lead \(id); `inbox lead list` shows them"
    case .noSuchMessage(let id): "no message \(id)"
    case .noSuchStage(let name): "no stage \"\(name)\""
    case .noSuchUser(let email): "no user \(email); `inbox user list` shows them"
    case .noSuchEvent(let id): "no event \(id); `inbox event list` shows them"
    case .noSuchNotice(let id): "no notice \(id); `inbox notice list` shows them"
    case .leadExists(let id): "lead \(id) has that number or address already"
    case .notMergeable(let reason): reason
    case .nothingToUnmerge(let id): "lead \(id) has no merge to take back"
    case .userExists(let email): "\(email) is a user already"
    case .noThread(let id): "lead \(id) has never written on a channel, so there is no way to reply"
    case .notRecallable(let status): "too late to call back: the message is \(status.rawValue)"
    }
  }
}
