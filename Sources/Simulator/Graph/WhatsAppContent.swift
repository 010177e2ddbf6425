// What the kinds of WhatsApp messages may hold, checked as the API checks it (Meta, "Messages" and "Media"
// pages, 2026).

private let megabyte = 1 << 20

/// Types and sizes of uploads; everything else is a document.
private let uploads: [(mimes: Set<String>, bytes: Int)] = [
  (["image/jpeg", "image/png"], 5 * megabyte),
  (["video/mp4", "video/3gpp"], 16 * megabyte),
  (["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], 16 * megabyte),
  (["image/webp"], 500 << 10),
]

/// The types that a message of a kind shows.
private let shown: [String: Set<String>] = [
  "image": uploads[0].mimes, "video": uploads[1].mimes, "audio": uploads[2].mimes,
  "sticker": uploads[3].mimes,
]

extension World {
  func checkUpload(_ file: MediaShelf.Item) throws(GraphError) {
    guard !file.bytes.isEmpty else { throw .parameter("The parameter file is required.") }
    // A picture that is too large for a picture may still be meant as a document.
    guard file.bytes.count <= 100 * megabyte else {
      throw .known(131_053)
    }
  }

  /// The parts of a message beside its text and its template.
  func checkContent(_ type: String, _ content: JSON) throws(GraphError) {
    switch type {
    case "image", "video", "audio", "document", "sticker": try checkMedia(type, content)
    case "location":
      guard let latitude = Self.number(content["latitude"]), abs(latitude) <= 90,
        let longitude = Self.number(content["longitude"]), abs(longitude) <= 180
      else { throw .known(131_009) }
    case "reaction":
      guard content["message_id"]?.text != nil else {
        throw .parameter("The parameter reaction['message_id'] is required.")
      }
    case "interactive": try checkInteractive(content)
    default: break
    }
  }

  /// A file by its id or by a link that begins like one.
  func checkMedia(_ type: String, _ content: JSON) throws(GraphError) {
    if let link = content["link"]?.text {
      guard link.hasPrefix("http") else { throw .known(131_009) }
      return
    }
    guard let id = content["id"]?.identifier else {
      throw .parameter("The parameter \(type)['id'] is required.")
    }
    guard let item = media.item(id) else { throw .missing(id, method: "post") }
    guard let mimes = shown[type] else { return }
    let limit = uploads.first { $0.mimes == mimes }?.bytes ?? 0
    guard mimes.contains(item.mime), item.bytes.count <= limit else {
      var error = GraphError.known(131_053)
      error.details = "\(item.mime) of \(item.bytes.count) bytes is not supported as \(type)"
      throw error
    }
  }

  private func checkInteractive(_ content: JSON) throws(GraphError) {
    guard let body = content["body"]?["text"]?.text else {
      throw .parameter("The parameter interactive['body'] is required.")
    }
    switch content["type"]?.text {
    case "button":
      let buttons = content["action"]?["buttons"]?.elements ?? []
      let titles = buttons.compactMap { $0["reply"]?["title"]?.text }
      guard (1...3).contains(buttons.count), titles.count == buttons.count,
        titles.allSatisfy({ $0.count <= 20 }), Set(titles).count == titles.count,
        buttons.allSatisfy({ $0["reply"]?["id"]?.text != nil }), body.unicodeScalars.count <= 1024
      else { throw .known(131_009) }
    case "list":
      let rows = (content["action"]?["sections"]?.elements ?? []).flatMap {
        $0["rows"]?.elements ?? []
      }
      guard (1...10).contains(rows.count), body.unicodeScalars.count <= 4096,
        let opener = content["action"]?["button"]?.text, opener.count <= 20,
        rows.allSatisfy({
          $0["id"]?.text != nil && ($0["title"]?.text).map { $0.count <= 24 } ?? false
            && ($0["description"]?.text ?? "").count <= 72
        })
      else { throw .known(131_009) }
    default: throw .known(131_009)
    }
  }

  private static func number(_ value: JSON?) -> Double? {
    guard case .number(let digits)? = value else { return nil }
    return Double(digits)
  }
}
