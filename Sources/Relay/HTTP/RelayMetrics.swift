// Counters of the running relay, and their Prometheus text. Any thread.
import Glibc
import Model
import Synchronization

/// What happened since the start.
final class RelayMetrics: Sendable {
  /// How a request to `/webhooks/meta` ended.
  enum Outcome: Int, CaseIterable {
    case accepted, badSignature, tooLarge, broken, overloaded, unwritable, handshakeRefused

    var label: String {
      switch self {
      case .accepted: "accepted"
      case .badSignature: "bad_signature"
      case .tooLarge: "too_large"
      case .broken: "broken"
      case .overloaded: "overloaded"
      case .unwritable: "unwritable"
      case .handshakeRefused: "handshake_refused"
      }
    }
  }

  private let outcomes = Mutex([Int](repeating: 0, count: Outcome.allCases.count))
  private let eventsServed = Atomic<Int>(0)
  private let clientsRefused = Atomic<Int>(0)
  let connections = Atomic<Int>(0)
  let connectionsRefused = Atomic<Int>(0)
  let requestsTimedOut = Atomic<Int>(0)

  func count(_ outcome: Outcome) { outcomes.withLock { $0[outcome.rawValue] += 1 } }
  func count(of outcome: Outcome) -> Int { outcomes.withLock { $0[outcome.rawValue] } }
  func served(events: Int) { eventsServed.add(events, ordering: .relaxed) }
  func countRefusedClient() { clientsRefused.add(1, ordering: .relaxed) }

  /// The text of `/metrics`.
  func text(log: EventLogStatus, waiting: Int, bodyBytes: Int, clients: [String]) -> String {
    var text = PrometheusText()
    text.family("inbox_relay_webhooks_total", "counter", "Webhook requests by how they ended.")
    for outcome in Outcome.allCases {
      text.sample("inbox_relay_webhooks_total", count(of: outcome), ("outcome", outcome.label))
    }
    func counter(_ name: String, _ value: borrowing Atomic<Int>, _ help: String) {
      text.family(name, "counter", help)
      text.sample(name, value.load(ordering: .relaxed))
    }
    counter("inbox_relay_events_served_total", eventsServed, "Events handed to clients.")
    counter("inbox_relay_clients_refused_total", clientsRefused, "Requests with no known token.")
    counter("inbox_relay_connections_refused_total", connectionsRefused, "Over the limit.")
    counter("inbox_relay_requests_timed_out_total", requestsTimedOut, "Past their deadline.")
    let gauges: [(String, Int, String)] = [
      ("inbox_relay_connections", connections.load(ordering: .relaxed), "Open connections."),
      ("inbox_relay_long_polls", waiting, "Clients that wait for events."),
      ("inbox_relay_body_bytes", bodyBytes, "Webhook bodies in memory."),
      ("inbox_relay_events", Int(log.events), "Events kept."),
      ("inbox_relay_last_seq", Int(log.lastSeq), "The newest event's seq."),
      ("inbox_relay_log_bytes", Int(log.bytes), "Bytes of the event log on disk."),
      ("inbox_relay_resident_bytes", ResidentMemory.bytes(), "Memory of the process."),
    ]
    for (name, value, help) in gauges {
      text.family(name, "gauge", help)
      text.sample(name, value)
    }
    text.family("inbox_relay_client_lag", "gauge", "Events a client has not acked.")
    for client in clients {
      let lag = log.lastSeq - (log.acked[client] ?? 0)
      text.sample("inbox_relay_client_lag", Int(lag), ("client", client))
    }
    return text.text
  }
}

/// The Prometheus text format, version 0.0.4.
private struct PrometheusText {
  private(set) var text = ""

  mutating func family(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  mutating func sample(_ name: String, _ value: Int, _ label: (String, String)? = nil) {
    guard let (key, word) = label else {
      text += "\(name) \(value)\n"
      return
    }
    var escaped = ""
    for character in word.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(character)
      }
    }
    text += "\(name){\(key)=\"\(escaped)\"} \(value)\n"
  }
}

enum ResidentMemory {
  /// Bytes of this process in memory, from /proc; 0 when that can't be read.
  static func bytes() -> Int {
    let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = read(file, &buffer, buffer.count)
    guard count > 0 else { return 0 }
    let fields = String(decoding: buffer[..<count], as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
