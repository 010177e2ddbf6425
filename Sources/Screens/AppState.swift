// The app's whole state. Only `update` changes it; `view` reads it.
import Model
import TerminalUI

package struct AppState: Sendable {
  package var size: Size
  package var now: Timestamp

  package init(size: Size, now: Timestamp) {
    self.size = size
    self.now = now
  }
}
