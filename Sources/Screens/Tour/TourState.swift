// The tour: the app itself on made-up leads, a step at a time. Nothing done there is stored or sent.
import Model
import TerminalUI

/// A tour under way; the practice desk is an app of its own, so it sits in a box.
indirect enum Tour: Sendable {
  case at(step: Int, practice: AppState)
}

/// One thing to try.
struct TourStep: Sendable {
  var title: String
  var words: String
  /// Where Enter begins a new line.
  var typewriterWords: String?
  /// What was sent can be called back for as long as it takes to read.
  var holdsReplies = false
  /// Where it can be done.
  var contexts: [Context]
  /// How to get there from elsewhere.
  var wayBack: String
  /// Seen from the practice desk.
  var isDone: @Sendable (AppState) -> Bool

  static let all = [
    TourStep(
      title: "Who waits longest is on top",
      words: "j and k, or the arrows, move in the list. Move down once.",
      contexts: [.inbox, .search],
      wayBack: "Esc goes back to the list; there j moves down.",
      isDone: { $0.inbox.cursorIndex > 0 }
    ),
    TourStep(
      title: "Enter opens a lead",
      words: "The chat stands beside the list, or over it on a narrow screen. Press Enter.",
      contexts: [.inbox, .search],
      wayBack: "Esc goes back to the list; there Enter opens a lead.",
      isDone: { $0.opened != nil }
    ),
    TourStep(
      title: "r replies",
      words: "Press r, write something, then Enter sends it. Ctrl-J makes a new line.",
      typewriterWords:
        "Press r, write something, then Ctrl-X Ctrl-X sends it. Enter makes a new line.",
      contexts: Context.aboutLead + [.compose],
      wayBack: "Esc goes back; in the list or a chat r replies.",
      isDone: { $0.lastSent != nil }
    ),
    TourStep(
      title: "Nothing leaves at once",
      words:
        "A reply can be called back for some seconds; here it waits. Press Esc and u, or Ctrl-_ "
        + "while writing.",
      holdsReplies: true,
      contexts: Context.browse + [.compose, .message],
      wayBack: "Esc goes back; then press u.",
      isDone: { $0.lastSent == nil }
    ),
    TourStep(
      title: "You need to remember two keys",
      words: "? shows the keys of where you are, : finds any command by name. Press ? now.",
      contexts: Context.browse,
      wayBack: "Esc goes back; then press ?.",
      isDone: { state in
        if case .help = state.overlays.last { return true }
        return false
      }
    ),
  ]
}

extension AppState {
  func tourWords(_ step: TourStep) -> String {
    screen.usedEnter == .newline ? step.typewriterWords ?? step.words : step.words
  }

  /// The made-up desk belongs to the tour, which is left first.
  @Sendable static func onTour(_ state: AppState) -> String? {
    state.isPractice ? "This is the tour: Ctrl-C leaves it" : nil
  }

  @Sendable static func noTour(_ state: AppState) -> String? {
    onTour(state) ?? (state.hasRoomForTour ? nil : "Too small for the tour")
  }
}
