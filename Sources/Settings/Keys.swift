// The one table of the config's keys: what may stand in the file, of which type, and who reads
// it. The reader, its errors and the example's test all follow it.

/// The programs that share the file.
package enum Program: String, Sendable {
  case inbox
  case relay = "inbox-relay"
}

/// A key and what may stand behind it.
struct Key: Sendable {
  enum Kind: Sendable {
    case text
    case whole(ClosedRange<Int>)
    case path
    case url
    case listen
    case zone
    case country
    case choice([String])
    case truth
    /// A stretch of the day.
    case hours
    /// Colours and attributes.
    case look
    /// Also as `key_file` and `key_env`.
    case secret
    /// An array of strings; in a file one a line.
    case secrets
  }

  var name: String
  var kind: Kind
  var isRequired = false

  /// The names it goes by in the file.
  var forms: [String] {
    switch kind {
    case .secret, .secrets: [name, name + "_file", name + "_env"]
    default: [name]
    }
  }
}

/// A table of the file.
struct Section: Sendable {
  /// Dotted, as its header says.
  var name: String
  /// Written `[[name]]`, any number of times.
  var isRepeated = false
  /// Who checks it fully and opens its files; other programs check names and types only.
  var reader: Program
  var keys: [Key]

  static let all: [Section] = [app, theme, store, gym, relay, relayServer, client, channel]

  static let app = Section(
    name: "app",
    reader: .inbox,
    keys: [
      Key(name: "undo_send_seconds", kind: .whole(0...60)),
      Key(name: "show_read", kind: .truth),
      Key(name: "show_typing", kind: .truth),
      Key(name: "theme", kind: .text),
      Key(name: "colors", kind: .choice(["none", "8", "16", "256", "true"])),
      Key(name: "emoji", kind: .choice(["glyph", "text"])),
      Key(name: "enter", kind: .choice(["send", "newline"])),
      Key(name: "mouse", kind: .truth),
      Key(name: "notify", kind: .choice(["off", "bell", "osc9", "osc777"])),
      Key(name: "notify_quiet", kind: .hours),
      Key(name: "escape_delay_ms", kind: .whole(5...500)),
    ]
  )

  /// What the screen is made of, by the names that a theme may change.
  static let roles = [
    "text", "strong", "quiet", "accent", "accent_strong", "selected", "resting", "good",
    "warning", "bad", "rule", "focused_rule", "key", "pill",
  ]

  /// The themes that come with the program.
  static let builtInThemes = ["terminal", "soft", "vivid", "high-contrast", "mono"]

  static let theme = Section(
    name: "theme",
    isRepeated: true,
    reader: .inbox,
    keys: [
      Key(name: "name", kind: .text, isRequired: true),
      Key(name: "from", kind: .choice(builtInThemes)),
    ] + roles.map { Key(name: $0, kind: .look) }
  )

  static let store = Section(
    name: "store",
    reader: .inbox,
    keys: [
      Key(name: "path", kind: .path),
      Key(name: "journal_days", kind: .whole(1...3650)),
    ]
  )

  static let gym = Section(
    name: "gym",
    isRepeated: true,
    reader: .inbox,
    keys: [
      Key(name: "id", kind: .text, isRequired: true),
      Key(name: "name", kind: .text, isRequired: true),
      Key(name: "timezone", kind: .zone),
      Key(name: "country", kind: .country),
    ]
  )

  static let relay = Section(
    name: "relay",
    reader: .inbox,
    keys: [
      Key(name: "url", kind: .url, isRequired: true),
      Key(name: "token", kind: .secret, isRequired: true),
    ]
  )

  static let relayServer = Section(
    name: "relay_server",
    reader: .relay,
    keys: [
      Key(name: "listen", kind: .listen),
      Key(name: "data", kind: .path),
      Key(name: "verify_token", kind: .secret, isRequired: true),
      Key(name: "app_secrets", kind: .secrets, isRequired: true),
      Key(name: "retention_days", kind: .whole(0...3650)),
      Key(name: "tls_certificate_file", kind: .path),
      Key(name: "tls_key_file", kind: .path),
    ]
  )

  static let client = Section(
    name: "relay_server.client",
    isRepeated: true,
    reader: .relay,
    keys: [
      Key(name: "name", kind: .text, isRequired: true),
      Key(name: "token", kind: .secret, isRequired: true),
    ]
  )

  static let channel = Section(
    name: "channel",
    isRepeated: true,
    reader: .inbox,
    keys: [
      Key(name: "id", kind: .text, isRequired: true),
      Key(name: "kind", kind: .choice(["whatsapp", "instagram", "messenger"]), isRequired: true),
      Key(name: "gym", kind: .text, isRequired: true),
      Key(name: "phone_number_id", kind: .text),
      Key(name: "business_account_id", kind: .text),
      Key(name: "account_id", kind: .text),
      Key(name: "page_id", kind: .text),
      Key(name: "access_token", kind: .secret, isRequired: true),
      Key(name: "graph_url", kind: .url),
      Key(name: "shared_with_phone_app", kind: .truth),
    ]
  )
}
