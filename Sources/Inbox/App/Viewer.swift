// Shows files and pages with the desktop's own viewer; over SSH and without a desktop it says where
// they are. Called on the effects queue.
import Foundation
import Glibc
import Model
import Screens
import Settings

struct Viewer: Sendable {
  /// The desktop's opener; nil when there is no desktop in front of the person.
  private let opener: String?

  init(environment: Environment = .process) {
    let isRemote = environment["SSH_CONNECTION"] != nil
    let hasDesktop = environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    opener =
      isRemote || !hasDesktop
      ? nil : folders.map { $0 + "/xdg-open" }.first { access($0, X_OK) == 0 }
  }

  /// Starts a viewer for what shows or plays; anything else a person has to take in hand.
  func show(_ file: Attachment, at path: String) -> Loaded {
    guard let head = Self.head(of: path) else {
      return .failed(reason: "The \(file.kind.word) is no longer at \(path)")
    }
    // By what it is now, not by what anybody said that it was.
    let isViewable = MediaType.of(head, declared: nil).isViewable
    guard let opener, isViewable else {
      let why = isViewable ? "" : " It is not opened by itself: look at it with care."
      return .shown(note: "Saved to \(path) (path copied).\(why)", copy: path)
    }
    return start(opener, path)
      ? .shown(note: "Opening the \(file.kind.word)", copy: nil)
      : .shown(note: "Saved to \(path) (path copied)", copy: path)
  }

  /// `link` is a plain web address.
  func show(_ link: String) -> Loaded {
    guard let opener, start(opener, link) else {
      return .shown(note: "Copied \(link)", copy: link)
    }
    return .shown(note: "Opening \(link)", copy: nil)
  }

  /// The program is looked at no more: it belongs to the person's desktop.
  private func start(_ program: String, _ argument: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [argument]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    return true
  }

  private static func head(of path: String) -> [UInt8]? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    return (try? file.read(upToCount: MediaType.headLength)).map(Array.init) ?? []
  }
}
