// Where the lines of a text that is being edited begin, as byte offsets. After an edit only the lines
// around it are broken anew, so that a key costs the same in a word and in a book. Kept by the editor
// for its layouts; any thread.
import Glibc
import Synchronization

/// The wrapped lines of `text` in `width` columns.
struct LineTable: Equatable, Sendable {
  let text: String
  let width: Int
  /// Each keeps the blanks it was broken at; where one begins behind the former's end, a newline
  /// stands between.
  let lines: [Range<Int>]

  init(_ text: String, width: Int) {
    self.text = text
    self.width = width
    lines = Self.broken(text, from: 0, isSoft: false, width: width).lines
  }

  /// The last line that begins at `offset` or before.
  func line(at offset: Int) -> Int {
    var (low, high) = (0, lines.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].lowerBound <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line goes on where the former was broken for want of room.
  private func isSoft(_ line: Int) -> Bool {
    line > 0 && lines[line - 1].upperBound == lines[line].lowerBound
  }

  /// The table of the text that this one has become.
  func following(_ changed: String) -> LineTable {
    let edit = Edit(from: text, to: changed)
    guard edit.changes else { return self }
    // A word that gets shorter may move a line up, and a combining mark the end of that one.
    let first = max(0, line(at: edit.start) - 2)
    let part = Self.broken(
      changed,
      from: lines[first].lowerBound,
      isSoft: isSoft(first),
      width: width
    ) { start, isSoft in
      guard start >= edit.newEnd else { return nil }
      let old = start - edit.growth
      let line = self.line(at: old)
      return lines[line].lowerBound == old && self.isSoft(line) == isSoft ? line : nil
    }
    let rest = lines[(part.joins ?? lines.count)...]
    let moved = rest.map { $0.lowerBound + edit.growth..<$0.upperBound + edit.growth }
    return LineTable(text: changed, width: width, lines: lines[..<first] + part.lines + moved)
  }

  private init(text: String, width: Int, lines: [Range<Int>]) {
    self.text = text
    self.width = width
    self.lines = lines
  }

  /// The lines from a line's start on, up to one from which on `joins` knows the rest.
  private static func broken(
    _ text: String,
    from start: Int,
    isSoft: Bool,
    width: Int,
    joins: (_ start: Int, _ isSoft: Bool) -> Int? = { _, _ in nil }
  ) -> (lines: [Range<Int>], joins: Int?) {
    withBytes(of: text) { bytes in
      var breaker = LineBreaker(start: start, width: width, isBlank: !isSoft)
      var offset = start
      while offset < bytes.count {
        let known = breaker.lines.count
        let (next, kind) = piece(at: offset, bytes, text)
        breaker.add(from: offset, to: next, kind: kind)
        offset = next
        guard breaker.lines.count > known, let last = breaker.lines.last else { continue }
        if let line = joins(breaker.start, last.upperBound == breaker.start) {
          return (breaker.lines, line)
        }
      }
      return (breaker.finished(at: bytes.count), nil)
    }
  }

  /// The grapheme at an offset: its end, and what it is to the breaker.
  private static func piece(
    at offset: Int,
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ text: String
  ) -> (next: Int, kind: LineBreaker<Int>.Kind) {
    let byte = bytes[offset]
    // Nothing joins a plain letter but what is no ASCII.
    if byte >= 0x20, byte < 0x7F, offset + 1 == bytes.count || bytes[offset + 1] < 0x80 {
      return (offset + 1, byte == 0x20 ? .space : .text(columns: 1))
    }
    let index = text.utf8.index(text.startIndex, offsetBy: offset)
    let end = text.index(after: index)
    let character = text[index]
    let next = offset + text.utf8.distance(from: index, to: end)
    if character.isNewline { return (next, .newline) }
    let columns = Width.of(EditorLayout.shown(character, isMasked: false))
    return (next, .init(character, columns: columns))
  }
}

/// The one stretch in which two texts differ, in bytes.
private struct Edit {
  let start: Int
  /// In the new text: from here on both are the same.
  let newEnd: Int
  /// How much longer the new text is.
  let growth: Int
  let changes: Bool

  init(from old: String, to new: String) {
    (start, newEnd, growth, changes) = withBytes(of: old) { old in
      withBytes(of: new) { new in
        let shorter = min(old.count, new.count)
        let start = Self.common(old.baseAddress, new.baseAddress, shorter)
        let rest = shorter - start
        let same = Self.commonEnd(old.suffix(rest), new.suffix(rest))
        let changes = rest > 0 || old.count != new.count
        return (start, new.count - same, new.count - old.count, changes)
      }
    }
  }

  /// How much is compared at once before a difference is looked for.
  private static let block = 1024

  private static func common(
    _ old: UnsafePointer<UInt8>?,
    _ new: UnsafePointer<UInt8>?,
    _ count: Int
  ) -> Int {
    guard let old, let new else { return 0 }
    if old == new { return count }
    var same = 0
    while same + block <= count, memcmp(old + same, new + same, block) == 0 { same += block }
    while same < count, old[same] == new[same] { same += 1 }
    return same
  }

  /// Both are of one length.
  private static func commonEnd(
    _ old: Slice<UnsafeBufferPointer<UInt8>>,
    _ new: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Int {
    let count = old.count
    guard count > 0, let oldStart = UnsafeBufferPointer(rebasing: old).baseAddress,
      let newStart = UnsafeBufferPointer(rebasing: new).baseAddress
    else { return 0 }
    var same = 0
    while same + block <= count,
      memcmp(oldStart + count - same - block, newStart + count - same - block, block) == 0
    {
      same += block
    }
    while same < count, oldStart[count - same - 1] == newStart[count - same - 1] { same += 1 }
    return same
  }
}

private func withBytes<Result>(
  of text: String,
  _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
  text.utf8.withContiguousStorageIfAvailable(body)
    ?? Array(text.utf8).withUnsafeBufferPointer(body)
}

/// The table that an editor has asked for last; copies of the editor share it.
///
/// Only a table that fits the text is handed out, whoever asked before.
final class LineMemo: Equatable, Sendable {
  private let last = Mutex<LineTable?>(nil)

  func table(of text: String, width: Int) -> LineTable {
    last.withLock { last in
      let table =
        if let last, last.width == width { last.following(text) } else {
          LineTable(text, width: width)
        }
      last = table
      return table
    }
  }

  /// What is remembered makes no difference.
  static func == (one: LineMemo, other: LineMemo) -> Bool { true }
}
