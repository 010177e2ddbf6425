// A time zone's rules, read from the system's zone files (TZif, RFC 8536). Made once per gym.
import Glibc

/// Offsets from UTC over time.
///
/// The zero value is UTC.
package struct ZoneRules: Equatable, Sendable {
  package static let utc = ZoneRules(transitions: [], initialOffset: 0)

  struct Transition: Equatable, Sendable {
    /// Seconds since 1970 UTC.
    var at: Int64
    /// Seconds east of UTC from then on.
    var offset: Int
  }

  var transitions: [Transition]
  var initialOffset: Int

  /// Seconds east of UTC at `time`.
  ///
  /// Past the file's last change its last offset holds.
  package func offset(at time: Timestamp) -> Int {
    let seconds = time.milliseconds.flooredDivision(by: 1000)
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : transitions[low - 1].offset
  }

  /// The fields of `time` on a wall clock in this zone.
  package func civil(_ time: Timestamp) -> CivilTime {
    let seconds = time.milliseconds.flooredDivision(by: 1000)
    return CivilTime(localSeconds: seconds + Int64(offset(at: time)))
  }

  /// The first moment of the day that holds `time`.
  package func startOfDay(_ time: Timestamp) -> Timestamp {
    let local = Int64(civil(time).dayNumber) * 86_400
    // The offset may change between midnight and `time`: settle on the one valid at midnight.
    var start = Timestamp(seconds: local - Int64(offset(at: time)))
    start = Timestamp(seconds: local - Int64(offset(at: start)))
    return start
  }
}

extension ZoneRules {
  /// The rules of an IANA zone; nil when the system has no such zone.
  ///
  /// Names come from a config file: anything that could leave the zone folder is refused.
  package init?(named name: String) {
    let allowed = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || [UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")]
          .contains(byte)
    }
    guard allowed, !name.isEmpty, !name.hasPrefix("/") else { return nil }
    if name == "UTC" || name == "Etc/UTC" {
      self = .utc
      return
    }
    guard let bytes = Self.read("/usr/share/zoneinfo/" + name) else { return nil }
    self.init(file: bytes)
  }

  /// The machine's own zone's IANA name, from `/etc/localtime`; `UTC` when it can't be told.
  package static func hostZoneName() -> String {
    var buffer = [CChar](repeating: 0, count: 1024)
    let length = readlink("/etc/localtime", &buffer, buffer.count - 1)
    guard length > 0 else { return "UTC" }
    let target = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    let marker = "zoneinfo/"
    var rest = Substring(target)
    while !rest.isEmpty {
      if rest.hasPrefix(marker) { return String(rest.dropFirst(marker.count)) }
      rest = rest.dropFirst()
    }
    return "UTC"
  }

  /// The rules in a TZif file's bytes; nil when they are not one.
  init?(file bytes: [UInt8]) {
    guard var header = ZoneHeader(bytes, at: 0) else { return nil }
    var body = ZoneHeader.size
    var width = 4
    if header.version >= 2, let wide = ZoneHeader(bytes, at: body + header.bodySize(width: 4)) {
      body += header.bodySize(width: 4) + ZoneHeader.size
      header = wide
      width = 8
    }
    guard bytes.count >= body + header.bodySize(width: width), header.types > 0 else {
      return nil
    }
    let indexes = body + header.times * width
    let types = indexes + header.times
    func offset(_ type: Int) -> Int {
      Int(Int32(truncatingIfNeeded: bytes.bigEndian(at: types + type * 6, width: 4)))
    }
    transitions = (0..<header.times).compactMap { index in
      let type = Int(bytes[indexes + index])
      guard type < header.types else { return nil }
      let at = bytes.bigEndian(at: body + index * width, width: width)
      return Transition(at: at, offset: offset(type))
    }
    initialOffset = offset(0)
  }

  private static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // The largest zone file is under 4 KiB; 64 KiB bounds a wrong path.
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let length = Glibc.read(file, &bytes, bytes.count)
    return length > 0 ? Array(bytes[..<length]) : nil
  }
}

/// The 44 bytes that open each of a TZif file's two parts.
private struct ZoneHeader {
  static let size = 44
  var version: Int
  var times: Int
  var types: Int
  private var otherBytes: (leaps: Int, standards: Int, universals: Int, characters: Int)

  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes.count >= start + Self.size, Array(bytes[start..<start + 4]) == Array("TZif".utf8)
    else { return nil }
    func count(_ index: Int) -> Int {
      Int(bytes.bigEndian(at: start + 20 + index * 4, width: 4))
    }
    version = bytes[start + 4] == 0 ? 1 : Int(bytes[start + 4]) - 48
    otherBytes = (leaps: count(2), standards: count(1), universals: count(0), characters: count(5))
    times = count(3)
    types = count(4)
    guard (0...10_000).contains(times), (0...256).contains(types) else { return nil }
  }

  func bodySize(width: Int) -> Int {
    times * (width + 1) + types * 6 + otherBytes.characters + otherBytes.leaps * (width + 4)
      + otherBytes.standards + otherBytes.universals
  }
}

extension [UInt8] {
  fileprivate func bigEndian(at start: Int, width: Int) -> Int64 {
    let value = self[start..<start + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return width == 4
      ? Int64(Int32(truncatingIfNeeded: value)) : Int64(truncatingIfNeeded: value)
  }
}
