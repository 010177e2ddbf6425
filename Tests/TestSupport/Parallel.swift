// Runs the same work on several threads at once, to let writers meet.
import Dispatch
import Synchronization

/// What `body` makes of each input, in their order; throws the first error of any.
package func inParallel<Input, Output: Sendable>(
  _ inputs: [Input],
  _ body: (Input) throws -> Output
) throws -> [Output] {
  let results = Mutex<[Int: Result<Output, any Error>]>([:])
  // Each iteration uses its own input; the call returns after the last one has ended.
  nonisolated(unsafe) let inputs = inputs
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
      let result = Result { try body(inputs[index]) }
      results.withLock { $0[index] = result }
    }
  }
  let all = results.withLock { $0 }
  return try inputs.indices.compactMap { try all[$0]?.get() }
}
