// Synthetic leads for the demo, trials and benchmarks, put into the store through its import.
import Model
import Store

extension FrontDesk {
  /// Adds `leads` leads with `messages` messages in all; returns how many were added.
  ///
  /// The same numbers and seed give the same data. `progress` hears the running total.
  package func seed(
    leads: Int, messages: Int, seed: UInt64, progress: (Int) -> Void
  ) throws -> Int { 0 }

  /// The demo's forty leads, as of now.
  package func seedDemo(seed: UInt64) throws -> Int { 0 }
}
