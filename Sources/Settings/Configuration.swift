// What the config file says, as values with their defaults. Made by `Configuration.load` at
// start, or by hand in the demo and tests.
import Model

/// The whole config: each program finds its own sections filled.
package struct Configuration: Sendable {
  /// The file it came from; nil when there was none.
  package var file: String?
  package var app = App()
  package var themes: [Theme] = []
  package var store = Store()
  package var gyms: [Gym] = []
  /// Nil without a `[relay]` section.
  package var relay: Relay?
  /// Nil without a `[relay_server]` section, and for programs that don't read it.
  package var relayServer: RelayServer?
  package var channels: [Channel] = []

  package init() {}

  /// The full-screen app, `[app]`.
  package struct App: Equatable, Sendable {
    /// How long a sent message can be taken back; 0 switches it off.
    package var undoSendSeconds = 8
    /// Customers see that their message was opened, and that somebody writes.
    package var showsRead = true
    package var showsTyping = true
    /// One of `[[theme]]` or of those that come with the program.
    package var theme = "terminal"
    /// Nil follows the terminal.
    package var colors: String?
    /// `glyph` or `text`; nil follows the terminal.
    package var emoji: String?
    /// What Enter does in a reply: send or newline.
    package var enter = "send"
    package var isMouseOn = true
    /// How somebody who looks elsewhere hears of messages: off, bell, osc9, osc777.
    package var notify = "bell"
    /// When nobody wants to hear of them, in the gym's zone.
    package var notifyQuiet: HoursOfDay?
    /// How long a lone ESC waits: enough for a local line; a bad one wants 50.
    package var escapeDelayMilliseconds = 25
  }

  /// A theme of one's own, `[[theme]]`: another one with some roles changed.
  package struct Theme: Equatable, Sendable {
    package var name: String
    package var from: String
    package var looks: [String: Look]
  }

  /// Where things are kept and how long, `[store]`.
  package struct Store: Equatable, Sendable {
    /// The data directory, when the file names one.
    package var path: String?
    /// Applied raw webhooks older than this are dropped.
    package var journalDays = 90
  }

  /// A gym, `[[gym]]`.
  package struct Gym: Equatable, Sendable {
    package var id: String
    package var name: String
    /// An IANA zone name; nil means the host's.
    package var zone: String?
    /// ISO 3166 code, upper case, for phone numbers written without one.
    package var country: String?

    package init(id: String, name: String, zone: String? = nil, country: String? = nil) {
      self.id = id
      self.name = name
      self.zone = zone
      self.country = country
    }
  }

  /// How inbox reaches the relay, `[relay]`.
  package struct Relay: Equatable, Sendable {
    /// Without a slash at its end.
    package var url: String
    package var token: Secret

    package init(url: String, token: Secret) {
      self.url = url
      self.token = token
    }
  }

  /// An account of a gym at a provider, `[[channel]]`.
  package struct Channel: Equatable, Sendable {
    package var id: String
    package var kind: ChannelKind
    /// A gym's id or name.
    package var gym: String
    /// What webhooks name: phone number id, Instagram account id, page id.
    package var account: String
    /// The WhatsApp business account, for templates.
    package var businessAccount: String?
    package var accessToken: Secret
    /// Base of the Graph API with its version, without a slash at its end.
    package var graphURL: String
    /// A WhatsApp number that is also used in the phone's app, which may send less a second.
    package var isSharedWithPhoneApp = false

    package init(
      id: String,
      kind: ChannelKind,
      gym: String,
      account: String,
      businessAccount: String? = nil,
      accessToken: Secret,
      graphURL: String
    ) {
      self.id = id
      self.kind = kind
      self.gym = gym
      self.account = account
      self.businessAccount = businessAccount
      self.accessToken = accessToken
      self.graphURL = graphURL
    }
  }
}
