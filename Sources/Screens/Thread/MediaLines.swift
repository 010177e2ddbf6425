// The files of a message as lines of its bubble, and what can be opened of a conversation.
import Model
import TerminalUI

extension Attachment {
  /// `[photo 1.2 MB]`, or why it isn't here.
  func line(isOurs: Bool) -> String {
    let called = name.map { " " + Sanitizer.line($0, limit: 80) } ?? ""
    let label = kind.word + called
    let reason = problem.map { Sanitizer.line($0, limit: 160) } ?? ""
    switch state {
    case .stored, .uploaded:
      let facts = [duration.map(playTime), bytes.map(fileSize)].compactMap { $0 }
      return "[" + ([label] + facts).joined(separator: " ") + "]"
    case .waiting:
      let words = reason.isEmpty ? "fetching…" : "trying again: " + reason
      return "[\(label)] " + words
    case .failed where isOurs: return "[\(label)] \(reason)"
    case .failed: return "[\(label)] could not be fetched: \(reason) · R tries again"
    case .refused: return "[\(label)] not kept: \(reason)"
    }
  }

  var isHere: Bool { path != nil && (state == .stored || state == .uploaded) }
}

/// `0:12`, `1:02:03`.
func playTime(_ milliseconds: Int64) -> String {
  let seconds = (milliseconds + 500) / 1000
  func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let tail = two(seconds % 60)
  return seconds < 3600
    ? "\(seconds / 60):\(tail)" : "\(seconds / 3600):\(two(seconds / 60 % 60)):\(tail)"
}

/// `840 B`, `340 kB`, `1.2 MB`.
func fileSize(_ bytes: Int64) -> String {
  if bytes < 1000 { return "\(bytes) B" }
  if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
  let tenths = (bytes + 50_000) / 100_000
  return tenths < 1000 ? "\(tenths / 10).\(tenths % 10) MB" : "\(tenths / 10) MB"
}

/// Something in a conversation that a viewer or browser can show.
enum Openable: Equatable {
  case file(AttachmentID)
  case link(String)
}

extension AppState {
  /// What can be opened: of the messages on screen, else of all that are loaded; newest first.
  var openables: [PickerState.Item] {
    guard let thread = opened?.thread else { return [] }
    let visible = thread.visibleMessages(height: threadHeight).flatMap(items).reversed()
    if !visible.isEmpty { return Array(visible) }
    return thread.messages.flatMap(items).reversed()
  }

  /// Whether there are any; asked at every frame.
  var hasOpenables: Bool {
    opened?.thread.messages.contains { message in
      message.media.contains(where: \.isHere) || message.mayHaveLinks && !message.links.isEmpty
    } ?? false
  }

  private func items(of message: Message) -> [PickerState.Item] {
    let when = clockTime(message.providerAt, zone: zone)
    let files = message.media.filter(\.isHere).map { file in
      PickerState.Item(
        title: file.line(isOurs: message.direction == .outbound),
        detail: when,
        choice: .openable(.file(file.id))
      )
    }
    let links = message.links.map { link in
      PickerState.Item(
        title: Sanitizer.line(link, limit: 200),
        detail: when,
        choice: .openable(.link(link))
      )
    }
    return files + links
  }

  /// Opens the one thing there is; of several it asks which.
  mutating func openOpenable() {
    let items = Array(openables.prefix(40))
    guard let first = items.first, let opened else {
      return complain("Nothing here to open: no file and no link")
    }
    if items.count == 1 { return open(first.choice) }
    let title = "Open from " + leadName(opened.summary)
    overlays.append(.picker(PickerState(title: title, subject: opened.summary, items: items)))
  }

  private mutating func open(_ choice: PickerState.Choice) {
    if case .openable(let openable) = choice { open(openable) }
  }

  mutating func open(_ openable: Openable) {
    switch openable {
    case .file(let id): effects.append(.openFile(id))
    case .link(let link): effects.append(.openLink(link))
    }
  }

  /// Files of the opened conversation that could not be fetched yet are fetched again.
  mutating func retryMedia() {
    guard focus == .thread, let opened else { return }
    let hasTrouble = opened.thread.messages.contains { message in
      message.direction == .inbound
        && message.media.contains { $0.problem != nil && $0.state != .refused }
    }
    if hasTrouble { effects.append(.fetchAgain(opened.id)) }
  }
}

extension ThreadState {
  /// Messages of which a line is on screen, oldest first.
  func visibleMessages(height: Int) -> [Message] {
    var below = 0
    var found: [Message] = []
    for block in blocks.reversed() {
      let top = below + block.height
      if top > scroll, below < scroll + height { found.append(block.message) }
      below = top
    }
    return found.reversed()
  }
}

extension Message {
  /// Its words without the placeholders of files that stand beside them.
  var caption: String {
    var rest = Substring(text)
    for file in media {
      let placeholders = ["[\(file.kind.word)]", "[photo]", "[audio]"]
      guard let found = placeholders.first(where: rest.hasPrefix) else { break }
      rest = rest.dropFirst(found.count).drop { $0 == " " }
      if let name = file.name, rest.hasPrefix(name) {
        rest = rest.dropFirst(name.count).drop { $0 == " " }
      }
    }
    return String(rest)
  }

  /// False when there is no address in its words for sure: looking for bytes costs a hundredth of
  /// looking for words.
  fileprivate var mayHaveLinks: Bool {
    var last: UInt32 = 0
    return text.utf8.contains { byte in
      last = (last << 8 | UInt32(byte)) & 0xFFFFFF
      return last == 0x3A2F2F  // ://
    }
  }

  /// Web addresses in its words.
  var links: [String] {
    guard mayHaveLinks else { return [] }
    return text.split(whereSeparator: \.isWhitespace).compactMap { word in
      guard word.hasPrefix("https://") || word.hasPrefix("http://"), word.utf8.count <= 2000 else {
        return nil
      }
      let isPlain = word.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
      guard isPlain else { return nil }
      var link = word
      while let last = link.last, ".,;:!?)'\"".contains(last) { link = link.dropLast() }
      return String(link)
    }
  }
}
