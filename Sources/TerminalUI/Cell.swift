// What one place on the screen shows, packed so that frames compare and copy without any counting
// of references. Filled by `Canvas`, read by `Terminal`.
import CursesShim

/// A base code point and its marks: what a terminal keeps in one cell.
///
/// All zero in the right half of a wide glyph.
struct Glyph: Hashable, Sendable {
  static let blank = Glyph(base: 0x20)
  static let continuation = Glyph(base: 0)

  private(set) var base: UInt32
  private var mark1: UInt32 = 0
  private var mark2: UInt32 = 0
  private var mark3: UInt32 = 0
  private var mark4: UInt32 = 0

  init(base: UInt32) { self.base = base }

  /// The first base with its marks; control characters and what comes after are left out.
  init(_ text: String) {
    self = .continuation
    for scalar in text.unicodeScalars {
      if base == 0 {
        if Width.of(scalar) > 0 { base = scalar.value }
      } else if Width.of(scalar) == 0 {
        add(mark: scalar)
      } else {
        break
      }
    }
  }

  /// Marks beyond the fourth are dropped.
  mutating func add(mark: Unicode.Scalar) {
    guard mark.value >= 0x300 else { return }
    if mark1 == 0 {
      mark1 = mark.value
    } else if mark2 == 0 {
      mark2 = mark.value
    } else if mark3 == 0 {
      mark3 = mark.value
    } else if mark4 == 0 {
      mark4 = mark.value
    }
  }

  var scalars: (UInt32, UInt32, UInt32, UInt32, UInt32) { (base, mark1, mark2, mark3, mark4) }

  var columns: Int { base == 0 ? 0 : max(0, Int(cs_width(base))) }

  var text: String {
    if base == 0x20 { return " " }
    var view = String.UnicodeScalarView()
    for value in [base, mark1, mark2, mark3, mark4] where value != 0 {
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }
}

/// One cell.
///
/// A wide glyph fills its own cell and a `continuation` to the right of it.
package struct Cell: Equatable, Sendable {
  var content: Glyph
  package var style: Style

  /// `glyph` is one grapheme cluster; empty makes a continuation.
  package init(glyph: String = " ", style: Style = .plain) {
    content = glyph == " " ? .blank : Glyph(glyph)
    self.style = style
  }

  init(content: Glyph, style: Style) {
    self.content = content
    self.style = style
  }

  package static let blank = Cell(content: .blank, style: .plain)

  /// One grapheme cluster as it goes to the terminal; empty in a continuation.
  package var glyph: String {
    get { content.text }
    set { content = Glyph(newValue) }
  }

  package var isContinuation: Bool { content == .continuation }
}
