// How other threads reach the main loop: a queue that ends its sleep. Post from any thread, drain
// on the main thread.
import CursesShim
import Synchronization

/// Messages for the main loop, in the order they were posted.
package final class Mailbox<Message: Sendable>: Sendable {
  private let waiting = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void

  /// `wake` ends the main loop's wait; the default does for a running `Terminal`.
  package init(wake: @escaping @Sendable () -> Void = { cs_wake() }) { self.wake = wake }

  package func post(_ message: Message) {
    waiting.withLock { $0.append(message) }
    wake()
  }

  /// Everything posted so far.
  package func drain() -> [Message] {
    waiting.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
