// Gives back the memory of code that only the start needed. Called by `serve` once it listens.
import Glibc

/// The program's own code and its libraries', as the kernel has mapped them.
enum ProgramText {
  /// Unmaps the pages; those that are used come back from the page cache at their next use.
  ///
  /// Reading arguments, config and database settings touches twice the code that serving does, and
  /// the kernel maps it in large pieces. Code is never changed, so there is nothing to lose.
  static func release() {
    guard let file = fopen("/proc/self/maps", "re") else { return }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
      // Such as `55d0c0000000-55d0c2800000 r-xp 00001000 fe:00 1234   /usr/bin/inbox-relay`.
      let words = text.split(whereSeparator: \.isWhitespace)
      guard words.count == 6, words[1] == "r-xp", words[5].hasPrefix("/") else { continue }
      let bounds = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard bounds.count == 2, let start = UnsafeMutableRawPointer(bitPattern: bounds[0]) else {
        continue
      }
      madvise(start, Int(bounds[1] - bounds[0]), MADV_DONTNEED)
    }
  }
}
