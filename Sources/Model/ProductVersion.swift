// The version that every program prints and that a store remembers.

/// What `--version` says.
package enum ProductVersion {
  package static let current = "0.1.0"
}
