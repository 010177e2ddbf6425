// Turns the bytes a terminal sends into events: keys, pastes, mouse, focus. Every sequence it
// doesn't know is swallowed, never typed into somebody's draft. Pure; `Terminal` feeds it.

struct InputDecoder {
  /// What an unfinished sequence waits for.
  enum Pending: Equatable {
    case nothing
    /// A lone ESC: the key, or the start of a sequence.
    case escape
    /// Inside a sequence that a slow line may have cut.
    case sequence
  }

  private enum State: Equatable {
    case ground, escape, paste
    case control([UInt8])
    case application
    /// OSC, DCS, APC: answers to questions asked long ago.
    case string(opener: UInt8, count: Int, afterEscape: Bool)
    /// The bytes of an old-style mouse report.
    case oldMouse(left: Int)
  }

  /// More than any terminal sends, so that a lost terminator ends some time.
  private static let longestSequence = 4_096
  private static let longestAnswer = 64
  /// More text than a message may have.
  private static let longestPaste = 1 << 20

  /// Sequences that terminfo names for this terminal, without the leading ESC.
  private let extraKeys: [[UInt8]: Key]
  private let pastesByBatch: Bool
  private var state = State.ground
  private var text: [UInt8] = []
  private var pasted: [UInt8] = []
  /// The beginning of a string such as OSC: more than any answer that is read.
  private var string: [UInt8] = []
  private var answers: [TerminalAnswer] = []
  private var altIsDown = false
  private var events: [TerminalEvent] = []

  /// `pastesByBatch` is for terminals without a paste mode: several lines that come at once are a
  /// paste there, so that none of them is sent by its line break.
  init(extraKeys: [[UInt8]: Key] = [:], pastesByBatch: Bool = false) {
    self.extraKeys = extraKeys
    self.pastesByBatch = pastesByBatch
  }

  var pending: Pending {
    switch state {
    case .ground, .paste: .nothing
    case .escape: .escape
    case .control, .application, .string, .oldMouse: .sequence
    }
  }

  /// What the terminal has answered since the last call.
  mutating func takeAnswers() -> [TerminalAnswer] {
    defer { answers = [] }
    return answers
  }

  mutating func feed(_ bytes: some Collection<UInt8>) -> [TerminalEvent] {
    if pastesByBatch, state == .ground, text.isEmpty, KeySequences.looksPasted(bytes) {
      return [.paste(KeySequences.cleanPaste(Array(bytes)))]
    }
    for byte in bytes { take(byte) }
    flushText(keepsPartial: true)
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// Nothing more came in time: an unfinished sequence was a key, or is dropped.
  mutating func expire() -> [TerminalEvent] {
    switch state {
    case .escape: emit(.escape)
    case .control([]): emit(.alt("["))
    case .application: emit(.alt("O"))
    case .string(let opener, count: 0, _): emit(.alt(Character(Unicode.Scalar(opener))))
    case .ground, .paste, .control, .string, .oldMouse: break
    }
    if state != .paste { state = .ground }
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: ground(byte)
    case .escape: escape(byte)
    case .paste: paste(byte)
    case .control(let before): control(byte, after: before)
    case .application: finish([0x4F, byte])
    case .string(let opener, let count, let afterEscape):
      let isOver = byte == 0x07 || (afterEscape && byte == 0x5C) || count > Self.longestSequence
      if !isOver, byte != 0x1B, string.count < Self.longestAnswer { string.append(byte) }
      state =
        isOver
        ? .ground : .string(opener: opener, count: count + 1, afterEscape: byte == 0x1B)
      if isOver, opener == 0x5D, let answer = TerminalAnswer(command: string) {
        answers.append(answer)
      }
    case .oldMouse(let left): state = left > 1 ? .oldMouse(left: left - 1) : .ground
    }
  }

  private mutating func ground(_ byte: UInt8) {
    guard byte < 0x20 || byte == 0x7F else { return text.append(byte) }
    flushText(keepsPartial: false)
    if byte == 0x1B {
      state = .escape
    } else {
      emit(KeySequences.control(byte))
    }
  }

  private mutating func escape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case 0x1B:
      emit(.escape)
      state = .escape
    case 0x5B: state = .control([])
    case 0x4F: state = .application
    case 0x5D, 0x50, 0x5F, 0x5E, 0x58:
      state = .string(opener: byte, count: 0, afterEscape: false)
      string = []
    case 0x0D, 0x0A: emit(.altEnter)
    case 0x7F, 0x08: emit(.ctrl("w"))
    case 0x00..<0x20: emit(KeySequences.control(byte))
    default:
      altIsDown = true
      text.append(byte)
      if byte < 0x80 { flushText(keepsPartial: false) }
    }
  }

  private mutating func control(_ byte: UInt8, after before: [UInt8]) {
    if byte == 0x1B {
      state = .escape
    } else if before.isEmpty && byte == 0x5B {
      state = .oldMouse(left: 1)  // The Linux console's F1 to F5: ESC [ [ A.
    } else if (0x40...0x7E).contains(byte) {
      finish([0x5B] + before + [byte])
    } else {
      state = before.count < Self.longestSequence ? .control(before + [byte]) : .ground
    }
  }

  /// A whole sequence, from the byte after ESC on.
  private mutating func finish(_ sequence: [UInt8]) {
    state = .ground
    if let key = extraKeys[sequence] { return emit(key) }
    if let answer = TerminalAnswer(sequence: sequence) { return answers.append(answer) }
    switch KeySequences.meaning(of: sequence) {
    case .event(let event): events.append(event)
    case .pasteBegins: state = .paste
    case .oldMouse: state = .oldMouse(left: 3)
    case .nothing: break
    }
  }

  private mutating func paste(_ byte: UInt8) {
    // ^C is never pasted; it frees a user whose terminal lost the end of a paste.
    if byte == 0x03 { return endPaste() }
    pasted.append(byte)
    if byte == 0x7E, pasted.suffix(6).elementsEqual("\u{1B}[201~".utf8) {
      pasted.removeLast(6)
      endPaste()
    } else if pasted.count > Self.longestPaste + 6 {
      // The end is still looked for, what is too much forgotten.
      pasted.remove(at: Self.longestPaste)
    }
  }

  private mutating func endPaste() {
    state = .ground
    let clean = KeySequences.cleanPaste(pasted)
    pasted = []
    if !clean.isEmpty { events.append(.paste(clean)) }
  }

  private mutating func flushText(keepsPartial: Bool) {
    guard !text.isEmpty else { return }
    let held = keepsPartial ? KeySequences.partialTail(of: text) : 0
    for character in String(decoding: text.dropLast(held), as: UTF8.self) {
      let isNoise = character.unicodeScalars.allSatisfy {
        $0 == "\u{FFFD}" || (0x80..<0xA0).contains($0.value)
      }
      if isNoise { continue }
      emit(altIsDown ? .alt(character) : .character(character))
      altIsDown = false
    }
    text.removeFirst(text.count - held)
    if text.isEmpty { altIsDown = false }
  }

  private mutating func emit(_ key: Key?) {
    if let key { events.append(.key(key)) }
  }
}
