// A token or password that can't be printed by accident.

/// Text that prints as `<secret>` wherever it is interpolated, dumped or logged.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The text itself, for the one place that needs it.
  package let revealed: String

  package init(_ revealed: String) { self.revealed = revealed }

  package var description: String { "<secret>" }
  package var debugDescription: String { "<secret>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
