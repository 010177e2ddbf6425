// The data directory's `media/`: files named by their content's SHA-256. A file gets its final name
// in one step, when all of it is on disk; what is being fetched lies under `media/incoming`.
import Crypto
import Glibc
import Model

/// Why a file can't be kept.
package enum MediaError: Error, Equatable, CustomStringConvertible {
  /// The disk has no room for it beside the reserve that the store itself needs.
  case full
  case failed(path: String, detail: String)

  package var description: String {
    switch self {
    case .full: "the disk is full"
    case .failed(let path, let detail): "\(path): \(detail)"
    }
  }

  /// What the last system call on `path` said.
  package init(path: String) {
    self =
      errno == ENOSPC || errno == EDQUOT
      ? .full : .failed(path: path, detail: String(cString: strerror(errno)))
  }
}

/// A file that is in the folder.
package struct StoredFile: Equatable, Sendable {
  /// Below the folder.
  package var path: String
  /// Lower-case hex.
  package var sha256: String
  package var bytes: Int64
  package var type: MediaType
  /// Milliseconds that a voice note plays.
  package var duration: Int64?
}

package struct MediaFolder: Sendable {
  package let path: String

  /// Room that fetching leaves on the disk, in bytes: the store and its log must go on.
  package static let reserve: Int64 = 64 << 20

  package init(path: String) { self.path = path }

  package func fullPath(_ relative: String) -> String { path + "/" + relative }

  /// Where an attachment's bytes lie until all of them are there.
  package func incoming(_ id: AttachmentID) -> String { "\(path)/incoming/\(id)" }

  /// Makes the folders where they are missing.
  package func prepare() throws(MediaError) {
    for folder in [path, path + "/incoming"] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw MediaError(path: folder)
    }
  }

  /// Whether `bytes` more leave the reserve alone.
  package func hasRoom(for bytes: Int64) -> Bool {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return true }
    return Int64(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
      > bytes + Self.reserve
  }

  /// Reads a complete file once, brings it to the disk and tells what it is.
  package func inspect(_ file: String, declared: String?) throws(MediaError) -> StoredFile {
    let found = try FileContent(file)
    let type = MediaType.of(found.head, declared: declared)
    return StoredFile(
      path: found.sha256 + "." + type.fileExtension,
      sha256: found.sha256,
      bytes: found.bytes,
      type: type,
      duration: OggOpus.duration(head: found.head, tail: found.tail)
    )
  }

  /// Gives an inspected file its final name; it is then gone from where it was.
  ///
  /// The same content twice is one file.
  package func adopt(_ file: String, as stored: StoredFile) throws(MediaError) {
    let name = fullPath(stored.path)
    guard chmod(file, 0o600) == 0, rename(file, name) == 0 else { throw MediaError(path: name) }
    try sync(path)
  }

  /// Takes a copy of somebody's own file, such as one to be sent.
  package func keep(copyOf file: String, declared: String? = nil) throws(MediaError) -> StoredFile {
    try prepare()
    let copy = "\(path)/incoming/copy-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    defer { unlink(copy) }
    let input = open(file, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw MediaError(path: file) }
    defer { close(input) }
    let output = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw MediaError(path: copy) }
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(input, &buffer, buffer.count)
      guard count >= 0 else { throw MediaError(path: file) }
      guard count > 0 else { break }
      guard write(output, buffer, count) == count else { throw MediaError(path: copy) }
    }
    let stored = try inspect(copy, declared: declared)
    try adopt(copy, as: stored)
    return stored
  }

  /// Puts another folder's file here, by a link where the disk is the same; false when it is gone.
  ///
  /// Files never change once they have their name, so that both may be one.
  func link(_ file: String, as name: String) throws(MediaError) -> Bool {
    guard !name.contains("/") else { return false }
    if Glibc.link(file, fullPath(name)) == 0 || errno == EEXIST { return true }
    if errno == ENOENT { return false }
    let copy = try keep(copyOf: file)
    // Its ending may come from a type that was declared; its content is the same.
    guard copy.path == name || rename(fullPath(copy.path), fullPath(name)) == 0 else {
      throw MediaError(path: fullPath(name))
    }
    return true
  }

  /// Removes files; those that are not there already count as removed.
  package func remove(_ names: [String], in part: String = "") {
    for name in names where !name.contains("/") { unlink(fullPath(part + "/" + name)) }
  }

  /// The files in the folder that have lain there for `age` seconds; those below it not.
  package func files(in part: String = "", olderThan age: Int) -> [String] {
    guard let folder = opendir(fullPath(part)) else { return [] }
    defer { closedir(folder) }
    let limit = time(nil) - age
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard lstat(fullPath(part + "/" + name), &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_mtim.tv_sec <= limit
      else { continue }
      names.append(name)
    }
    return names
  }

  /// The new name itself must outlive a power cut.
  private func sync(_ folder: String) throws(MediaError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw MediaError(path: folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw MediaError(path: folder) }
  }
}

/// What reading a whole file once tells, after which it is on disk.
private struct FileContent {
  var sha256: String
  var bytes: Int64 = 0
  var head: [UInt8] = []
  var tail: [UInt8] = []

  init(_ file: String) throws(MediaError) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw MediaError(path: file) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw MediaError(path: file) }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw MediaError(path: file) }
      guard count > 0 else { break }
      buffer.withUnsafeBytes {
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      if head.count < 512 { head += buffer[..<min(count, 512 - head.count)] }
      tail = Array((tail + buffer[..<count]).suffix(OggOpus.tailLength))
      bytes += Int64(count)
    }
    let digits = Array("0123456789abcdef".utf8)
    sha256 = String(
      decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }
}
