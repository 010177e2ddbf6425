// Waiting for a condition with a deadline: the only way in which tests wait.
import Dispatch
import Glibc

/// Whether `condition` came true within `seconds`, asked every few milliseconds.
package func eventually(
  within seconds: Double = 300,
  _ condition: () throws -> Bool
) rethrows -> Bool {
  let deadline = DispatchTime.now() + seconds
  while DispatchTime.now() < deadline {
    if try condition() { return true }
    usleep(5000)
  }
  return try condition()
}
