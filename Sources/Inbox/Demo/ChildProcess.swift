// A program started by this one, with its stdout on a pipe. Main thread.
import Glibc
import Settings

/// A running child.
struct ChildProcess {
  let name: String
  private let identifier: pid_t
  private let output: Int32
  private let errorFile: String

  /// Longer than a cold start on a busy machine takes.
  private static let startSeconds = 60
  /// Answers in flight get this long before the child is killed.
  private static let stopSeconds = 3

  /// Finds the program beside this one, then on PATH, and starts it; stderr goes to `errors`.
  init(name: String, arguments: [String], environment: [String] = [], errors: String) throws {
    self.name = name
    errorFile = errors
    let path = try Self.find(name)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw ExitError(.unavailable, "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    output = ends[0]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(
      &actions,
      STDERR_FILENO,
      errors,
      O_WRONLY | O_CREAT | O_APPEND,
      0o600
    )
    // A group of its own: a ^C at the terminal is for the app, which then stops the child.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    // setpriv (util-linux) ends the child with us, should we be killed.
    let guardian = "/usr/bin/setpriv"
    let hasGuardian = access(guardian, X_OK) == 0
    let command = (hasGuardian ? [guardian, "--pdeathsig", "TERM"] : []) + [path] + arguments
    var child: pid_t = 0
    let error = Self.withPointers(command) { argv in
      Self.withPointers(Self.inherited + environment) { envp in
        posix_spawn(&child, command[0], &actions, &attributes, argv, envp)
      }
    }
    close(ends[1])
    guard error == 0 else {
      close(ends[0])
      throw ExitError(
        .unavailable,
        "\(path) can't be started: \(String(cString: strerror(error)))"
      )
    }
    identifier = child
  }

  /// The address in the line it prints when it listens.
  func address() throws -> String {
    var line: [UInt8] = []
    var poller = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    while line.last != UInt8(ascii: "\n") {
      var byte: UInt8 = 0
      guard poll(&poller, 1, Int32(Self.startSeconds * 1000)) > 0, read(output, &byte, 1) == 1
      else { throw failure() }
      line.append(byte)
    }
    let words = String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ")
    guard let url = words.last(where: { $0.hasPrefix("http") }) else { throw failure() }
    return String(url)
  }

  func stop() {
    kill(identifier, SIGTERM)
    for _ in 0..<(Self.stopSeconds * 50) {
      if waitpid(identifier, nil, WNOHANG) != 0 { return }
      usleep(20_000)
    }
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  private func failure() -> ExitError {
    let file = open(errorFile, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 2000)
    let length = file >= 0 ? max(0, read(file, &bytes, bytes.count)) : 0
    let words = String(decoding: bytes[..<length], as: UTF8.self)
    return ExitError(.unavailable, "\(name) did not start: \(words.isEmpty ? "no answer" : words)")
  }

  private static func find(_ name: String) throws -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = String(
      decoding: buffer[..<max(0, length)].map { UInt8(bitPattern: $0) },
      as: UTF8.self
    )
    let folder = own.lastIndex(of: "/").map { String(own[..<$0]) }
    let path = Environment.process["PATH"] ?? "/usr/local/bin:/usr/bin"
    let places = [folder].compactMap { $0 } + path.split(separator: ":").map(String.init)
    for place in places where access("\(place)/\(name)", X_OK) == 0 { return "\(place)/\(name)" }
    throw ExitError(
      .unavailable,
      "\(name) is not beside inbox and not on PATH; build or install all three"
    )
  }

  private static var inherited: [String] {
    var variables: [String] = []
    var entry = environ
    while let variable = entry.pointee {
      variables.append(String(cString: variable))
      entry += 1
    }
    return variables
  }

  private static func withPointers<Result>(
    _ strings: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
