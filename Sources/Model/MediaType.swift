// What a file is, by its first bytes. Senders' names and declared types decide nothing: they are
// whatever somebody typed.

/// A type as it is stored and opened.
package struct MediaType: Equatable, Sendable {
  package var mime: String
  /// The ending of the stored file's name, without a dot.
  package var fileExtension: String

  package init(mime: String, fileExtension: String) {
    self.mime = mime
    self.fileExtension = fileExtension
  }

  /// Bytes that `sniffed` wants to see, where the file has as many.
  package static let headLength = 64

  /// The type that a file begins like; nil when it is none of those people send.
  package static func sniffed(_ head: some Collection<UInt8>) -> MediaType? {
    let bytes = Array(head.prefix(headLength))
    func has(_ text: String, at place: Int = 0) -> Bool {
      bytes.dropFirst(place).starts(with: Array(text.utf8))
    }
    if has("ftyp", at: 4) { return isoMedia(brand: bytes.dropFirst(8).prefix(4)) }
    if has("RIFF") {
      if has("WEBP", at: 8) { return MediaType(mime: "image/webp", fileExtension: "webp") }
      return has("WAVE", at: 8) ? MediaType(mime: "audio/wav", fileExtension: "wav") : nil
    }
    return signatures.first { bytes.starts(with: $0.bytes) }?.type
  }

  /// What a stored file is called by: what it begins like, else what its sender said of it.
  package static func of(_ head: some Collection<UInt8>, declared: String?) -> MediaType {
    let sniffed = sniffed(head)
    // Office files are zip archives, and only their declared type says which.
    if let sniffed, sniffed.mime != "application/zip" || declared == nil { return sniffed }
    let claimed = documents.first { $0.mime == declared }
    return claimed ?? sniffed ?? unknown(declared)
  }

  /// A picture or sound that doesn't begin like one is none, whatever it claims to be.
  private static func unknown(_ declared: String?) -> MediaType {
    let isClaim = ["image/", "audio/", "video/"].contains { declared?.hasPrefix($0) ?? true }
    let mime = isClaim ? "application/octet-stream" : declared
    return MediaType(mime: mime ?? "application/octet-stream", fileExtension: "bin")
  }

  /// Whether this is the sort of file that a message of `kind` carries.
  package func fits(_ kind: MediaKind) -> Bool {
    switch kind {
    case .image, .sticker: mime.hasPrefix("image/")
    case .video: mime.hasPrefix("video/")
    // An MP4 without a picture says so deep inside only.
    case .audio, .voice: mime.hasPrefix("audio/") || mime.hasPrefix("video/")
    case .document: true
    }
  }

  /// Whether a viewer may be started on it: it shows or plays, and can't act.
  package var isViewable: Bool {
    mime == "application/pdf"
      || ["image/", "audio/", "video/"].contains { mime.hasPrefix($0) } && mime != "image/svg+xml"
  }

  private static func isoMedia(brand: ArraySlice<UInt8>) -> MediaType {
    switch String(decoding: brand, as: UTF8.self) {
    case "M4A ", "M4B ": MediaType(mime: "audio/mp4", fileExtension: "m4a")
    case "heic", "heix", "mif1": MediaType(mime: "image/heic", fileExtension: "heic")
    case "avif": MediaType(mime: "image/avif", fileExtension: "avif")
    case "3gp4", "3gp5", "3gp6": MediaType(mime: "video/3gpp", fileExtension: "3gp")
    default: MediaType(mime: "video/mp4", fileExtension: "mp4")
    }
  }

  private static let signatures: [(bytes: [UInt8], type: MediaType)] = [
    ([0xFF, 0xD8, 0xFF], MediaType(mime: "image/jpeg", fileExtension: "jpg")),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], MediaType(mime: "image/png", fileExtension: "png")),
    (Array("GIF8".utf8), MediaType(mime: "image/gif", fileExtension: "gif")),
    (Array("OggS".utf8), MediaType(mime: "audio/ogg", fileExtension: "ogg")),
    (Array("ID3".utf8), MediaType(mime: "audio/mpeg", fileExtension: "mp3")),
    ([0xFF, 0xFB], MediaType(mime: "audio/mpeg", fileExtension: "mp3")),
    ([0xFF, 0xF3], MediaType(mime: "audio/mpeg", fileExtension: "mp3")),
    ([0xFF, 0xF2], MediaType(mime: "audio/mpeg", fileExtension: "mp3")),
    ([0xFF, 0xF1], MediaType(mime: "audio/aac", fileExtension: "aac")),
    ([0xFF, 0xF9], MediaType(mime: "audio/aac", fileExtension: "aac")),
    (Array("#!AMR".utf8), MediaType(mime: "audio/amr", fileExtension: "amr")),
    ([0x1A, 0x45, 0xDF, 0xA3], MediaType(mime: "video/webm", fileExtension: "webm")),
    (Array("%PDF-".utf8), MediaType(mime: "application/pdf", fileExtension: "pdf")),
    ([0x50, 0x4B, 0x03, 0x04], MediaType(mime: "application/zip", fileExtension: "zip")),
  ]

  private static let documents = [
    MediaType(mime: "text/plain", fileExtension: "txt"),
    MediaType(mime: "text/csv", fileExtension: "csv"),
    MediaType(
      mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      fileExtension: "docx"
    ),
    MediaType(
      mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      fileExtension: "xlsx"
    ),
    MediaType(
      mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      fileExtension: "pptx"
    ),
    MediaType(mime: "application/vnd.oasis.opendocument.text", fileExtension: "odt"),
    MediaType(mime: "application/msword", fileExtension: "doc"),
    MediaType(mime: "application/vnd.ms-excel", fileExtension: "xls"),
  ]
}

/// How long a voice note plays.
package enum OggOpus {
  /// Bytes of the file's end that are enough to find its last page (RFC 3533: at most 65 307).
  package static let tailLength = 65_536

  /// Milliseconds, from the file's beginning and end; nil when it is no Opus in Ogg.
  ///
  /// The last page's granule counts samples at 48 kHz, less those to skip at the start (RFC 7845).
  package static func duration(head: [UInt8], tail: [UInt8]) -> Int64? {
    guard head.starts(with: Array("OggS".utf8)),
      let opus = head.firstRange(of: Array("OpusHead".utf8)), head.count >= opus.lowerBound + 12
    else { return nil }
    let skipped =
      Int64(head[opus.lowerBound + 10]) | Int64(head[opus.lowerBound + 11]) << 8
    guard let samples = lastGranule(tail), samples >= skipped else { return nil }
    let played = (samples - skipped) / 48
    // A day: a number beyond it is damage.
    return played <= .day ? played : nil
  }

  private static func lastGranule(_ tail: [UInt8]) -> Int64? {
    guard tail.count >= 14 else { return nil }
    let mark = Array("OggS".utf8)
    for place in stride(from: tail.count - 14, through: 0, by: -1) {
      guard tail[place] == mark[0], Array(tail[place..<place + 4]) == mark else { continue }
      var granule: UInt64 = 0
      for byte in tail[place + 6..<place + 14].reversed() { granule = granule << 8 | UInt64(byte) }
      // All ones: no packet ends on the page.
      if granule != .max, granule <= UInt64(Int64.max) { return Int64(granule) }
    }
    return nil
  }
}
