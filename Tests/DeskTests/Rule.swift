// What the desk's tests ask most: by which rule something was refused.
import Desk

/// The rule of the `Refusal` that `body` throws, the words of any other error, nil when it goes through.
func rule(_ body: () throws -> Void) -> String? {
  do { try body() } catch let refusal as Refusal { return refusal.rule } catch {
    return "\(error)"
  }
  return nil
}
