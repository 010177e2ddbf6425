// The real terminal: takes the screen over, paints what changed, hands events up. Main thread only.
import CursesShim

#if canImport(Glibc)
import Glibc
#endif

/// Why there is no full screen.
package enum TerminalError: Error, Equatable, Sendable {
  case notATerminal
  /// `TERM=dumb` or a terminal without cursor movement.
  case dumb
  case noTerminfo
}

/// Why a wait ended; several reasons may hold, none does when time ran out.
package struct Wake: OptionSet, Hashable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  private init(_ flag: Int) { rawValue = Int32(flag) }

  package static let input = Wake(CS_WAKE_INPUT)
  package static let mailbox = Wake(CS_WAKE_MAILBOX)
  package static let resize = Wake(CS_WAKE_RESIZE)
  /// The terminal is gone (SIGHUP, closed line).
  package static let hangup = Wake(CS_WAKE_HANGUP)
  package static let terminate = Wake(CS_WAKE_TERMINATE)
  /// Continued after a stop from outside: the screen must be sent again.
  package static let continued = Wake(CS_WAKE_CONTINUED)
  /// Someone else asked the process to stop as ^Z does.
  package static let suspend = Wake(CS_WAKE_SUSPEND)
  /// A frame that was held back can be sent now.
  package static let writable = Wake(CS_WAKE_WRITABLE)
}

/// The screen and the keyboard.
///
/// At most one at a time. After SIGTERM or SIGHUP the process ends after two seconds when the terminal
/// takes no more bytes, after ten seconds in any case; `stop` takes these limits off.
package final class Terminal {
  /// 25 ms tells the Escape key from a sequence on a local line; a bad one wants 50.
  private let escapeDelay: Duration
  /// A cut sequence is dropped only after a slow line had time to bring the rest.
  private let sequenceDelay = Duration.milliseconds(250)
  let painter: Painter
  private var decoder: InputDecoder
  private var lastInput = ContinuousClock.now
  private var waitingEvents: [TerminalEvent] = []
  private var isHungUp = false
  /// Something has been typed since the last read.
  private var hasInput = false

  /// What may be chosen about a terminal.
  package struct Options: Sendable {
    /// Where fd 2 goes while the screen is up; nowhere without one.
    package var logDescriptor: Int32?
    /// How long a lone ESC waits for the rest of a sequence.
    package var escapeDelay = Duration.milliseconds(25)
    /// The person's word about colours; nil follows NO_COLOR, COLORTERM and terminfo.
    package var colorDepth: ColorDepth?
    package var scheme = ColorScheme.terminal
    package var isMouseOn = true
    /// Nil: as glyphs, but as names on consoles whose fonts have none.
    package var emoji: EmojiStyle?

    package init() {}
  }

  package init(_ options: Options = Options()) throws(TerminalError) {
    let wantsDirect = Self.wantsDirectColor(options.colorDepth)
    switch Int(cs_start(options.logDescriptor ?? -1, wantsDirect)) {
    case CS_STARTED: break
    case CS_NOT_A_TERMINAL: throw .notATerminal
    case CS_DUMB: throw .dumb
    default: throw .noTerminfo
    }
    let most = ColorDepth(colors: Int(cs_colors()), noColor: nil)
    let own = ColorDepth(colors: Int(cs_colors()), noColor: Self.variable("NO_COLOR"))
    let depth = options.colorDepth.map { min($0, most) } ?? own
    painter = Painter(palette: Palette(depth: depth, scheme: options.scheme))
    decoder = InputDecoder(
      extraKeys: Self.terminfoKeys(),
      pastesByBatch: !cs_speaks_xterm()
    )
    escapeDelay = options.escapeDelay
    Sanitizer.emoji = options.emoji ?? (cs_speaks_xterm() ? .glyph : .text)
    cs_mouse(options.isMouseOn)
    if depth > .mono { cs_ask_background() }
  }

  deinit { cs_stop() }

  package var size: Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    cs_size(&columns, &rows)
    return Size(columns: Int(columns), rows: Int(rows))
  }

  /// Sends the difference to the frame before; nothing when there is none.
  ///
  /// False when the terminal takes no bytes now: the frame is dropped, `wait` then also ends with
  /// `.writable`, and the next frame makes up for it.
  @discardableResult
  package func present(_ canvas: Canvas) -> Bool { painter.present(canvas) }

  /// Sleeps until something happens or `milliseconds` have passed; nil waits for ever.
  package func wait(milliseconds: Int?) -> Wake {
    if isHungUp { return .hangup }
    if !waitingEvents.isEmpty { return .input }
    let limit = shortest(milliseconds, decoderPatience())
    var wake = Wake(rawValue: cs_wait(limit, painter.isWaiting))
    if wake.contains(.input) { hasInput = true }
    if !wake.contains(.input), let patience = decoderPatience(), patience <= 0 {
      waitingEvents += decoder.expire()
      if !waitingEvents.isEmpty { wake.insert(.input) }
    }
    if wake.contains(.resize), cs_resize() {
      painter.forget()
      waitingEvents.append(.resize(size))
    }
    if wake.contains(.continued) {
      let before = size
      cs_reenter()
      returned(from: before)
    }
    return wake
  }

  /// Everything that has come since the last call, oldest first.
  package func nextEvents() -> [TerminalEvent] {
    var events = waitingEvents
    waitingEvents = []
    guard hasInput else { return events }
    hasInput = false
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4_096) { buffer in
      while true {
        let count = cs_read(buffer.baseAddress, Int32(buffer.count))
        if count < 0 { isHungUp = true }
        guard count > 0 else { return }
        lastInput = .now
        events += decoder.feed(buffer[..<Int(count)])
        if count < buffer.count { return }
      }
    }
    for answer in decoder.takeAnswers() { take(answer) }
    return events
  }

  /// Another look for everything on the screen, from the next frame on.
  package func setScheme(_ scheme: ColorScheme) { painter.palette.scheme = scheme }

  private func take(_ answer: TerminalAnswer) {
    switch answer {
    case .background(let isLight): painter.palette.isLight = isLight
    case .identity: cs_answered()
    }
  }

  /// The next frame is sent whole, whatever the terminal shows.
  package func redraw() {
    cs_redraw()
    painter.owesFrame = true
  }

  /// Clicks and the wheel come as events; while off, the terminal's own selection works.
  package func setMouse(_ on: Bool) { cs_mouse(on) }

  /// Stops the process as ^Z does and comes back when it is continued.
  package func suspend() {
    let before = size
    cs_suspend()
    returned(from: before)
  }

  /// Gives the terminal to another program until it ends; its exit status, nil if none started.
  package func runOutside(_ arguments: [String]) -> Int32? {
    let before = size
    var pointers = arguments.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    let status = cs_run_outside(pointers)
    returned(from: before)
    return status < 0 ? nil : status
  }

  /// Gives the terminal back as it was; the screen can't be used any more.
  package func stop() { cs_stop() }

  private func returned(from before: Size) {
    lastInput = .now
    guard size != before else { return }
    painter.forget()
    waitingEvents.append(.resize(size))
  }

  /// Milliseconds until an unfinished sequence counts as a key, nil when there is none.
  private func decoderPatience() -> Int? {
    let delay: Duration
    switch decoder.pending {
    case .nothing: return nil
    case .escape: delay = escapeDelay
    case .sequence: delay = sequenceDelay
    }
    let left = lastInput.advanced(by: delay) - .now
    return max(0, Int((left / .milliseconds(1)).rounded(.up)))
  }

  private func shortest(_ one: Int?, _ other: Int?) -> Int32 {
    let limits = [one, other].compactMap { $0 }
    return limits.min().map { Int32(clamping: max(0, $0)) } ?? -1
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// COLORTERM is how terminals announce 16 million colours; terminfo rarely knows.
  private static func wantsDirectColor(_ chosen: ColorDepth?) -> Bool {
    if let chosen { return chosen == .direct }
    return ["truecolor", "24bit"].contains(variable("COLORTERM") ?? "")
      && (variable("NO_COLOR") ?? "").isEmpty
  }

  private static func terminfoKeys() -> [[UInt8]: Key] {
    let names: [(String, Key)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
      ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab),
    ]
    var keys: [[UInt8]: Key] = [:]
    for (name, key) in names {
      guard let text = cs_key_string(name), text[0] == 0x1B else { continue }
      keys[Array(String(cString: text).utf8.dropFirst())] = key
    }
    return keys
  }
}

@available(*, unavailable)
extension Terminal: Sendable {}
