// Greedy line breaking over characters fed one by one; linear. Used by `Wrap` and `EditorLayout`.

struct LineBreaker<Index: Comparable> {
  enum Kind: Equatable {
    case text(columns: Int)
    /// Breaks are possible on both sides: Chinese, Japanese, Korean, emoji.
    case ideograph
    case space
    case newline

    init(ascii byte: UInt8) {
      switch byte {
      case 0x0A: self = .newline
      case 0x20: self = .space
      case 0..<0x20, 0x7F: self = .text(columns: 0)
      default: self = .text(columns: 1)
      }
    }

    /// Of a code point that is a character by itself.
    init(_ scalar: Unicode.Scalar) {
      switch scalar {
      case "\n": self = .newline
      case " ": self = .space
      default:
        let columns = Width.of(scalar)
        self = columns == 2 ? .ideograph : .text(columns: columns)
      }
    }

    init(_ character: Character, columns: Int? = nil) {
      switch character {
      case "\n", "\r\n": self = .newline
      case " ": self = .space
      default:
        let columns = columns ?? Width.of(character)
        self = columns == 2 ? .ideograph : .text(columns: columns)
      }
    }

    var columns: Int {
      switch self {
      case .text(let columns): columns
      case .ideograph: 2
      case .space: 1
      case .newline: 0
      }
    }
  }

  private let width: Int
  /// Those that are finished.
  private(set) var lines: [Range<Index>] = []
  /// Where the line that is being filled begins.
  private(set) var start: Index
  private var columns = 0
  private var isBlank: Bool
  /// Where the next line may start, and the columns up to there.
  private var opportunity: (at: Index, columns: Int)?

  /// `isBlank` at the start of a paragraph, whose leading blanks are no place to break at.
  init(start: Index, width: Int, isBlank: Bool = true) {
    self.start = start
    self.isBlank = isBlank
    self.width = max(1, width)
  }

  mutating func add(from index: Index, to next: Index, kind: Kind) {
    switch kind {
    case .newline:
      endLine(at: index, next: next)
      isBlank = true
    case .space:
      // Blanks at the end of a line hang over its edge: they count only while they fit.
      if columns < width { columns += 1 }
      if !isBlank { opportunity = (next, columns) }
    case .ideograph:
      if !isBlank { opportunity = (index, columns) }
      place(2, at: index)
      opportunity = (next, columns)
    case .text(let count):
      place(count, at: index)
    }
  }

  /// The lines; each range keeps the blanks it was broken at.
  func finished(at end: Index) -> [Range<Index>] { lines + [start..<end] }

  private mutating func place(_ count: Int, at index: Index) {
    if columns + count > width && index > start {
      if let opportunity, opportunity.at > start {
        let left = columns - opportunity.columns
        endLine(at: opportunity.at, next: opportunity.at)
        columns = left
      } else {
        endLine(at: index, next: index)
      }
      if columns + count > width && index > start { endLine(at: index, next: index) }
    }
    columns += count
    isBlank = false
  }

  private mutating func endLine(at end: Index, next: Index) {
    lines.append(start..<end)
    start = next
    columns = 0
    opportunity = nil
  }
}
