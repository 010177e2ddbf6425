// Where the plain mode's lines come from: a pipe line by line; a terminal with its pastes, Ctrl-C and
// the signals that end a program, none of which loses what was typed. Main thread.
import Glibc
import Settings
import Synchronization

/// Why a prompt came back.
enum PlainArrival {
  case entry(PlainEntry)
  /// Ctrl-C, the end of the input, or a signal that ends the program; with what was not entered yet.
  case interrupt(String)
  case end(String)
  case signal(Int32, String)
}

struct PlainInput {
  /// Lines that come within this of each other were not typed.
  private static let burst: Int32 = 25
  /// Consoles that would print the question for marks; terminfo.c of CursesShim has the list.
  private static let consoles = ["dumb", "linux", "vt", "ansi", "cons", "pcvt", "wy", "sun"]

  /// As the terminal was; nil for a pipe.
  private let saved: termios?
  private let marksPastes: Bool
  private let signals: Int32
  private var lines = PlainLines()
  /// A line that Ctrl-D has handed over before its end.
  private var begun: [UInt8] = []

  init() {
    var modes = termios()
    guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &modes) == 0 else {
      (saved, marksPastes, signals) = (nil, false, -1)
      return
    }
    saved = modes
    let name = Environment.process["TERM"] ?? ""
    marksPastes = isatty(STDOUT_FILENO) == 1 && !Self.consoles.contains { name.hasPrefix($0) }
    // Ctrl-C leaves what was typed to us.
    modes.c_lflag |= tcflag_t(NOFLSH)
    tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    signals = SignalPipe.open()
  }

  /// The terminal as it was.
  func close() {
    guard var saved else { return }
    tcsetattr(STDIN_FILENO, TCSANOW, &saved)
    SignalPipe.close()
  }

  /// Asks and waits.
  mutating func next(_ prompt: String) -> PlainArrival {
    guard saved != nil else {
      say(prompt)
      return readLine().map { .entry(PlainEntry(text: $0)) } ?? .end("")
    }
    // On for the time of the prompt, as shells have it: wherever the program ends, it is off.
    say(prompt + (marksPastes ? "\u{1B}[?2004h" : ""))
    defer { if marksPastes { say("\u{1B}[?2004l") } }
    while true {
      if let number = awaitInput(-1) { return arrival(of: number) }
      guard let line = read() else { continue }
      guard let line else { return .end(unfinished()) }
      guard let entry = lines.take(line) else { continue }
      let isCertain = lines.knowsMarks || entry.kind == .pasted
      return .entry(isCertain ? entry : withWhatFollows(entry))
    }
  }

  private mutating func arrival(of signal: Int32) -> PlainArrival {
    let left = unfinished()
    return signal == SIGINT ? .interrupt(left) : .signal(signal, left)
  }

  /// Waits for input; a signal that came first.
  private func awaitInput(_ milliseconds: Int32) -> Int32? {
    var waited = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&waited, 2, milliseconds) < 0, errno == EINTR {}
    var number: UInt8 = 0
    if Glibc.read(signals, &number, 1) == 1 { return Int32(number) }
    // A line that is cut says so here, whether its signal has come or not.
    return waited[0].revents & Int16(POLLHUP) != 0 ? SIGHUP : nil
  }

  /// A line, nil for a part of one, or nil inside for the end.
  private mutating func read() -> String?? {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return nil }
    guard count > 0 else { return .some(nil) }
    begun += bytes.prefix(count)
    guard begun.last == UInt8(ascii: "\n") else { return nil }
    defer { begun = [] }
    return String(decoding: begun.dropLast(), as: UTF8.self)
  }

  /// Of a terminal that marks no pastes: what follows at once belongs to one.
  private mutating func withWhatFollows(_ entry: PlainEntry) -> PlainEntry {
    var found = [entry.text]
    while hasMore() {
      guard case .some(.some(let line)) = read() else { break }
      found.append(line)
    }
    let rest = unfinished()
    if !rest.isEmpty {
      found.append(rest)
      say("\n")
    }
    guard found.count > 1 else { return entry }
    return PlainEntry(text: PlainLines.unmarked(found.joined(separator: "\n")), kind: .burst)
  }

  private func hasMore() -> Bool {
    var waited = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&waited, 1, Self.burst) > 0 && waited.revents & Int16(POLLIN) != 0
  }

  /// What stands at the prompt without its Enter: the terminal gives it once it reads no lines.
  private mutating func unfinished() -> String {
    var bytes = begun
    begun = []
    var modes = termios()
    if tcgetattr(STDIN_FILENO, &modes) == 0 {
      var direct = modes
      direct.c_lflag &= ~tcflag_t(ICANON)
      withUnsafeMutableBytes(of: &direct.c_cc) { characters in
        characters[Int(VMIN)] = 0
        characters[Int(VTIME)] = 0
      }
      tcsetattr(STDIN_FILENO, TCSANOW, &direct)
      var chunk = [UInt8](repeating: 0, count: 4_096)
      while case let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count), count > 0 {
        bytes += chunk.prefix(count)
      }
      tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    }
    let begun = lines.giveUp()
    let text = PlainLines.unmarked(String(decoding: bytes, as: UTF8.self))
    return (begun + (text.isEmpty ? [] : [text])).joined(separator: "\n")
  }

  private func say(_ text: String) {
    let bytes = Array(text.utf8)
    if write(STDOUT_FILENO, bytes, bytes.count) < 0, errno == EPIPE { exit(0) }
  }
}

/// Signals as bytes that a `poll` sees.
///
/// The handler only writes: it may run on any thread. Whoever is told to go and is kept by a terminal
/// that takes no more output is gone some seconds later; while it takes some, the machine is slow and
/// what was typed is still to be saved. As in signals.c of CursesShim.
private enum SignalPipe {
  /// Until the first look at the terminal, and between looks.
  private static let secondsToLeave: UInt32 = 2
  private static let mostLooks: Int32 = 5
  private static let entrance = Atomic<Int32>(-1)
  private static let leavingFor = Atomic<Int32>(0)
  private static let looks = Atomic<Int32>(0)
  private static let numbers = [SIGINT, SIGQUIT, SIGHUP, SIGTERM]

  /// The end to read from.
  static func open() -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return -1 }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    // Both are there before a handler looks.
    entrance.store(ends[1], ordering: .releasing)
    leavingFor.store(0, ordering: .releasing)
    looks.store(0, ordering: .releasing)
    for number in numbers {
      signal(number) { number in
        let error = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(SignalPipe.entrance.load(ordering: .acquiring), &byte, 1)
        if number != SIGINT {
          SignalPipe.leavingFor.store(number, ordering: .releasing)
          alarm(SignalPipe.secondsToLeave)
        }
        errno = error
      }
    }
    signal(SIGALRM) { _ in SignalPipe.look() }
    return ends[0]
  }

  /// Called by the alarm's handler.
  private static func look() {
    let error = errno
    var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    let takesBytes = poll(&output, 1, 0) > 0
    guard takesBytes, looks.add(1, ordering: .relaxed).newValue < mostLooks else {
      _exit(128 + leavingFor.load(ordering: .acquiring))
    }
    alarm(secondsToLeave)
    errno = error
  }

  /// As before, but a lost line hangs up more than once: the later ones must not cut the end short.
  static func close() {
    alarm(0)
    for number in numbers { signal(number, number == SIGHUP ? SIG_IGN : SIG_DFL) }
  }
}
