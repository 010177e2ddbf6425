// How programs end, for scripts: the codes of sysexits.h that the product uses.

/// An exit code.
package enum ExitStatus: Int32, Sendable {
  case ok = 0
  /// The work failed.
  case failed = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case tryLater = 75
  case notPermitted = 77
  case configuration = 78
}

/// An error that ends a program: one line for stderr, and the exit code.
package struct ExitError: Error, CustomStringConvertible {
  package let status: ExitStatus
  package let description: String

  package init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}
