// Where webhooks are kept until every client has fetched them. The handlers know this protocol
// only, so that another database can stand behind it; one suite of tests holds for all.
import Model
import NIOCore

/// A webhook that is about to be kept.
struct NewEvent: Sendable {
  var source: String
  var receivedAt: Timestamp
  var path: String
  var query: String
  var contentType: String
  /// 32 bytes.
  var sha256: [UInt8]
  var body: ByteBuffer
}

/// A page of the feed, encoded.
struct EncodedPage: Sendable {
  var bytes: [UInt8]
  /// Events in it.
  var count: Int
}

/// A durable, ordered log of webhooks.
protocol EventLog: Sendable {
  /// Names this log; stays the same over restarts, and until it is disowned.
  var id: String { get }
  /// Tells readers that there is more.
  var signal: AppendSignal { get }

  /// Keeps `event` and gives `done` its `seq` once it is on disk, synced; on any thread.
  func append(_ event: NewEvent, done: @escaping @Sendable (Result<Int64, EventLogError>) -> Void)

  /// The events behind `after`, oldest first: at most `limit`, at most `bytes` of JSON, but one at
  /// least when there is one.
  func page(after: Int64, limit: Int, bytes: Int) async throws -> EncodedPage

  /// Notes that `client` has stored everything up to `seq`.
  ///
  /// A lower number than before changes nothing.
  func acknowledge(client: String, through seq: Int64) async throws

  /// Writes something, to see whether it can.
  func probe() async throws

  /// Drops a few events that every one of `clients` has acked and that came before `cutoff`.
  ///
  /// Returns how many; none means that none are left.
  func prune(clients: [String], before cutoff: Timestamp) async throws -> Int

  func status() async throws -> EventLogStatus

  /// A client has had numbers that this log never gave: it gets a new id, so that every client starts again.
  ///
  /// Once, or a client that is wrong about it would keep all others reading; false from then on.
  func disown() async throws -> Bool

  /// Finishes what is queued and closes.
  func close() async
}

extension EventLog {
  /// Keeps `event` and returns its `seq` once it is on disk, synced.
  ///
  /// Throws `EventLogError`.
  func append(_ event: NewEvent) async throws -> Int64 {
    try await withCheckedThrowingContinuation { continuation in
      append(event) { continuation.resume(with: $0) }
    }
  }
}

/// Numbers about a log.
struct EventLogStatus: Equatable, Sendable {
  var id: String
  /// Events kept.
  var events: Int64
  /// 0 in an empty log.
  var firstSeq: Int64
  /// The highest ever given, 0 before the first.
  var lastSeq: Int64
  var oldestAt: Timestamp?
  /// What each client has acked, by name; clients that never acked are not in.
  var acked: [String: Int64]
  /// Bytes of the database file and its write-ahead log.
  var bytes: Int64
}

/// Why the log can't do what is asked.
enum EventLogError: Error, Equatable, CustomStringConvertible {
  /// The disk is full, broken or read-only.
  case unwritable(String)
  case unreadable(String)
  case closed

  var description: String {
    switch self {
    case .unwritable(let reason): "the event log can't be written: \(reason)"
    case .unreadable(let reason): "the event log can't be read: \(reason)"
    case .closed: "the event log is closed"
    }
  }
}

/// Our own bounds on the log's work.
enum EventLogLimits {
  /// Small enough that a prune holds a commit up by milliseconds, also where bodies are large.
  static let pruneBatch = 100
  static let pruneBytes = 1 << 20
  /// Between two batches: commits go first.
  static let prunePause = Duration.milliseconds(20)
  /// Past this much new data the WAL is copied back: seldom enough that of a hundred answers not
  /// one waits for it.
  static let checkpointBytes = 16 << 20
  /// A commit that takes longer than this is no work for an event loop.
  static let quickCommit = Duration.milliseconds(10)
}
