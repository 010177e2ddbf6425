// A file that somebody wants to send: found by its path as a shell would, looked at before it is copied.
import Glibc
import Model

struct LocalFile {
  var path: String
  /// As the customer sees a document called.
  var name: String
  var bytes: Int64

  init(_ typed: String) throws {
    path = Self.expanded(typed)
    name = String((path.split(separator: "/").last ?? "file").suffix(200))
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Refusal(rule: "file", text: "\(typed): \(String(cString: strerror(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal(rule: "file", text: "\(typed) is no file that can be sent")
    }
    bytes = Int64(status.st_size)
  }

  /// `~` is the home directory; quotes and escaped blanks come from a terminal's drag and drop.
  private static func expanded(_ typed: String) -> String {
    var path = typed.trimmed
    for quote in ["'", "\""] where path.count > 1 && path.hasPrefix(quote) && path.hasSuffix(quote)
    {
      path = String(path.dropFirst().dropLast())
    }
    path = path.replacing("\\ ", with: " ")
    if path.hasPrefix("file://") { path = String(path.dropFirst(7)) }
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  /// Office files are zip archives inside: only the name tells which.
  var declaredType: String? {
    let office = "application/vnd.openxmlformats-officedocument."
    switch name.split(separator: ".").last?.lowercased() {
    case "docx": return office + "wordprocessingml.document"
    case "xlsx": return office + "spreadsheetml.sheet"
    case "pptx": return office + "presentationml.presentation"
    case "odt": return "application/vnd.oasis.opendocument.text"
    case "doc": return "application/msword"
    case "xls": return "application/vnd.ms-excel"
    case "csv": return "text/csv"
    case "txt", "md": return "text/plain"
    default: return nil
    }
  }
}
