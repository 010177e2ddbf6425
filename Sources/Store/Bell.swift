// The bell between processes. SQLite tells nobody that another process has committed, so whoever
// commits touches the write lock's file, and whoever waits hears it from the system (inotify).
import Glibc

extension LeadStore {
  /// Tells everybody who waits for the store that there is a commit to see.
  ///
  /// A new time stamp is enough, and needs no room on a full disk.
  func ring() { writeLock.touch() }
}

/// Waits for commits of any process, this one included.
///
/// It says when to look; whether anything changed is `ChangeWatch`'s to say.
package final class Bell: Sendable {
  /// Below 0 where the system has no more of them for this user: then every wait is a short one.
  private let ears: Int32
  private let silencer: (read: Int32, write: Int32)
  private let patience: Int32

  /// A wait ends after a second all the same: a program that is not ours rings for nobody.
  private static let patience: Int32 = 1000
  /// Without ears: a look costs about 11 µs, and a quarter of a second still reads as soon.
  private static let patienceWhenDeaf: Int32 = 250

  /// Hears what is committed from now on.
  ///
  /// `patience` is the longest wait in milliseconds, of a usual length if nil. Throws
  /// `StoreError.unusable` when the process has no descriptor left.
  package init(store: LeadStore, patience: Int32? = nil) throws {
    var pipe: [Int32] = [-1, -1]
    guard Glibc.pipe(&pipe) == 0 else {
      throw StoreError.unusable(path: store.directory, detail: String(cString: strerror(errno)))
    }
    for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    silencer = (pipe[0], pipe[1])
    let ears = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    if ears >= 0, inotify_add_watch(ears, store.writeLock.path, UInt32(IN_ATTRIB)) < 0 {
      close(ears)
      self.ears = -1
    } else {
      self.ears = ears
    }
    self.patience = patience ?? (self.ears < 0 ? Self.patienceWhenDeaf : Self.patience)
  }

  deinit {
    for descriptor in [ears, silencer.read, silencer.write] where descriptor >= 0 {
      close(descriptor)
    }
  }

  /// Returns when somebody has committed since the last wait, or nobody within the patience.
  ///
  /// False, at once, after `silence`.
  package func wait() -> Bool {
    var waiting = [ears, silencer.read].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&waiting, nfds_t(waiting.count), patience)
    guard waiting[1].revents == 0 else { return false }
    if waiting[0].revents != 0 {
      // Which commits they were makes no difference.
      withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
        while read(ears, buffer.baseAddress, buffer.count) > 0 {}
      }
    }
    return true
  }

  /// Ends this wait and all later ones, from any thread.
  package func silence() {
    var byte = 0 as UInt8
    write(silencer.write, &byte, 1)
  }
}
