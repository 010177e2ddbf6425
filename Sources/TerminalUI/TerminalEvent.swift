// What the terminal tells the program.

/// A key as people name it.
///
/// Letters come as characters; modified ones as `ctrl` and `alt`.
package enum Key: Hashable, Sendable {
  case character(Character)
  case ctrl(Character)
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  case ctrlLeft, ctrlRight
  case altEnter
}

package struct Mouse: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }

  package var action: Action
  package var at: Point

  package init(action: Action, at: Point) {
    self.action = action
    self.at = at
  }
}

package enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  /// Pasted text with newlines as `\n`; never a command, never sends.
  case paste(String)
  case mouse(Mouse)
  case focus(Bool)
  case resize(Size)
}
