// Gives back the memory that only starting needed. Called by the full-screen app, off the main thread.
import Glibc

/// The program's own code as the kernel has mapped it.
enum StartPages {
  /// By then list, worker and relay link are up, and the code that made them is not needed again.
  static let seconds = 3

  /// Unmaps the program's code; what is still needed comes back from the page cache as it is run.
  ///
  /// Reading config, arguments and schema touches more code than an hour at the desk does, and the
  /// kernel maps sixteen pages around each touch. Only pages that can't be written: nothing is lost.
  static func giveBack() {
    guard let program = program() else { return }
    for line in lines(of: "/proc/self/maps") where line.hasSuffix(" " + program) {
      let fields = line.split(separator: " ", omittingEmptySubsequences: true)
      guard fields.count > 1, fields[1] == "r-xp" else { continue }
      let ends = fields[0].split(separator: "-").compactMap { UInt(String($0), radix: 16) }
      guard ends.count == 2 else { continue }
      madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), Int(ends[1] - ends[0]), MADV_DONTNEED)
    }
  }

  private static func program() -> String? {
    var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count)
    return length > 0 ? String(decoding: path[..<length], as: UTF8.self) : nil
  }

  private static func lines(of path: String) -> [Substring] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }
}
