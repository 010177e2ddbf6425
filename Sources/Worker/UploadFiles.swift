// Brings a message's file to the provider before the message itself; what is up there already is not
// brought again. Called by the outbox's lanes.
import Channels
import Foundation
import Logging
import Model
import Store
import Synchronization

struct UploadFiles: Sendable {
  let context: WorkerContext
  let graph: GraphClient

  enum Outcome {
    case ready(UploadedMedia)
    /// The message must not be posted; nothing of it has left.
    case stopped(SendOutcome)
  }

  func upload(_ file: OutboundFile, by account: GraphCredentials) -> Outcome {
    if let id = file.providerID, let at = file.uploadedAt,
      context.clock.now() - at < GraphClient.uploadLifetime
    {
      return .ready(UploadedMedia(id: id, name: file.name))
    }
    let path = context.store.directory + "/media/" + file.path
    guard let bytes = FileManager.default.contents(atPath: path), !bytes.isEmpty else {
      return refused("The file \(file.name) is no longer there: attach it again")
    }
    guard Int64(bytes.count) == file.bytes else {
      return refused("The file \(file.name) has changed since it was attached: attach it again")
    }
    let outcome = graph.upload(
      account,
      bytes: Array(bytes),
      mime: file.mime,
      name: file.name,
      onProgress: progress(of: file)
    )
    switch outcome {
    case .uploaded(let id):
      // Not kept: the next try uploads once more, which nobody sees.
      do { try context.store.keepUpload(file.id, providerID: id) } catch {
        context.log.warning("keeping the upload of \(file.id): \(error)")
      }
      return .ready(UploadedMedia(id: id, name: file.name))
    case .refused(let error):
      note(nil, of: file)
      return .stopped(.refused(error))
    case .unreachable(let reason):
      note(nil, of: file)
      return .stopped(.notSent(reason: reason))
    }
  }

  /// Tells the screens once a second how far it has come; of one that is quicker, nothing.
  private func progress(of file: OutboundFile) -> @Sendable (Int64) -> Void {
    let clock = context.clock
    let last = Mutex(clock.now())
    return { sent in
      let isDue = last.withLock { last in
        let now = clock.now()
        // A clock that was set back would hold it up for as long.
        guard !(0..<Int64.second).contains(now - last) else { return false }
        last = now
        return true
      }
      // The form around the file goes up as well.
      if isDue { note(min(sent, file.bytes), of: file) }
    }
  }

  private func note(_ bytes: Int64?, of file: OutboundFile) {
    do { try context.store.noteUpload(file.id, bytes: bytes) } catch {
      context.log.warning("noting the upload of \(file.id): \(error)")
    }
  }

  /// An upload of before that the provider no longer knows: forgotten, so that the next try brings it
  /// anew.
  ///
  /// False for one of this very try: then the file itself is refused.
  func isStale(_ error: GraphError, item: OutboxItem) -> Bool {
    guard let file = item.file, file.providerID != nil,
      error.errorClass == .media || (error.code == 100 && error.subcode == 33)
    else { return false }
    do { try context.store.forgetUpload(file.id) } catch {
      context.log.warning("forgetting the upload of \(file.id): \(error)")
      return false
    }
    return true
  }

  private func refused(_ reason: String) -> Outcome {
    .stopped(.refused(GraphError(code: nil, httpStatus: 400, message: reason)))
  }
}
