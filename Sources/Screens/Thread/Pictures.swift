// Pictures inside the chat: drawn in block characters, on or off for all chats at once. They are
// asked for when their message comes on screen.
import Model
import TerminalUI

/// The pictures of one conversation.
struct PictureState: Equatable {
  var isOn = false
  /// The columns that they were asked for.
  var columns = 0
  /// An entry without a picture was asked for, or can't be drawn.
  var known: [AttachmentID: MediaPreview?] = [:]

  static let widest = 48
  static let rows = 14
  /// Under way at once.
  static let lanes = 3

  /// What stands above the words of a message.
  func rows(of message: Message) -> [[Span]] {
    guard isOn else { return [] }
    return message.media.flatMap { file -> [[Span]] in
      guard let preview = known[file.id] ?? nil else { return [] }
      return preview.rows.map { $0.map(Span.init(run:)) }
    }
  }
}

extension Span {
  fileprivate init(run: MediaPreview.Run) {
    let style = Style(
      foreground: run.foreground.map(Color.indexed) ?? .terminal,
      background: run.background.map(Color.indexed) ?? .terminal
    )
    self.init(run.text, style)
  }
}

extension AppState {
  mutating func togglePictures() {
    showsPictures.toggle()
    say(showsPictures ? "Pictures on" : "Pictures off")
  }

  /// Brings the opened chat's pictures in line with what is wanted; before it is laid out.
  mutating func settlePictures(width: Int) {
    guard let pictures = opened?.thread.pictures else { return }
    let columns = min(width, PictureState.widest)
    guard pictures.isOn != showsPictures || showsPictures && pictures.columns != columns else {
      return
    }
    var fresh = PictureState(isOn: showsPictures, columns: columns)
    if pictures.columns == columns { fresh.known = pictures.known }
    opened?.thread.pictures = fresh
    threadChanged = true
  }

  /// Asks for pictures on screen that aren't here; after the chat was laid out.
  mutating func askPictures() {
    guard showsPictures, let thread = opened?.thread else { return }
    let files = thread.visibleMessages(height: threadHeight).flatMap(\.media).filter {
      $0.isHere && ($0.kind == .image || $0.kind == .sticker)
        && thread.pictures.known.index(forKey: $0.id) == nil
    }
    for file in files.suffix(PictureState.lanes) {
      opened?.thread.pictures.known.updateValue(nil, forKey: file.id)
      effects.append(
        .loadPreview(file.id, columns: thread.pictures.columns, rows: PictureState.rows)
      )
    }
  }

  mutating func receive(_ preview: MediaPreview?, of file: AttachmentID) {
    guard opened?.thread.pictures.known.index(forKey: file) != nil else { return }
    opened?.thread.pictures.known.updateValue(preview, forKey: file)
    threadChanged = true
  }

  /// There are no pictures on this machine.
  mutating func losePictures(_ reason: String) {
    showsPictures = false
    complain(reason)
  }
}
