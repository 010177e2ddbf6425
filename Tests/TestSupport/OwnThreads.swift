// Threads for tests that block. The tests of one process share as many threads as there are cores:
// two that wait for programs or compute for long would keep every other from going on.
import Foundation
import Testing

/// Runs each test of a suite on a thread that is not one of the shared.
package struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
  package let isRecursive = true

  package func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing body: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadExecutor()) { try await body() }
  }
}

extension Trait where Self == OwnThreads {
  /// For suites whose tests block or take seconds.
  package static var ownThreads: OwnThreads { OwnThreads() }
}

/// A thread for each part of a task between two of its waits.
private final class ThreadExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    let thread = Thread { job.runSynchronously(on: executor) }
    // As a main thread has.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
