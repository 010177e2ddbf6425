// Puts checked tables into Configuration and checks what holds between keys and tables.
import Model

extension ConfigurationReader {
  mutating func fillInbox(_ configuration: inout Configuration) {
    let app = sections["app"]?.first
    configuration.app.undoSendSeconds =
      app?.whole("undo_send_seconds") ?? configuration.app.undoSendSeconds
    configuration.app.showsRead = app?.truth("show_read") ?? configuration.app.showsRead
    configuration.app.showsTyping = app?.truth("show_typing") ?? configuration.app.showsTyping
    fillScreen(&configuration, app)
    let store = sections["store"]?.first
    configuration.store.path = store?.text("path")
    configuration.store.journalDays =
      store?.whole("journal_days") ?? configuration.store.journalDays
    configuration.gyms = gyms()
    if let relay = sections["relay"]?.first, let url = relay.text("url"),
      let token = relay.secret("token")
    {
      configuration.relay = Configuration.Relay(url: url, token: token)
    }
    configuration.channels = channels()
  }

  private mutating func fillScreen(
    _ configuration: inout Configuration,
    _ app: SectionValues?
  ) {
    configuration.themes = themes()
    configuration.app.colors = app?.text("colors")
    configuration.app.emoji = app?.text("emoji")
    configuration.app.isMouseOn = app?.truth("mouse") ?? true
    configuration.app.enter = app?.text("enter") ?? configuration.app.enter
    configuration.app.notify = app?.text("notify") ?? configuration.app.notify
    configuration.app.notifyQuiet = app?.hours("notify_quiet")
    configuration.app.escapeDelayMilliseconds =
      app?.whole("escape_delay_ms") ?? configuration.app.escapeDelayMilliseconds
    guard let app, let theme = app.text("theme") else { return }
    let known = Section.builtInThemes + configuration.themes.map(\.name)
    if known.contains(theme) {
      configuration.app.theme = theme
    } else {
      complain(app.path + ".theme", "is \"\(theme)\"; must be \(known.alternatives)")
    }
  }

  private mutating func themes() -> [Configuration.Theme] {
    let sections = sections["theme"] ?? []
    refuseRepeats(of: ["name"], in: sections)
    return sections.compactMap { section in
      guard let name = section.text("name") else { return nil }
      if Section.builtInThemes.contains(name) {
        complain(section.path + ".name", "\"\(name)\" comes with inbox; choose another name")
      }
      let looks = Section.roles.compactMap { role in section.look(role).map { (role, $0) } }
      return Configuration.Theme(
        name: name,
        from: section.text("from") ?? "terminal",
        looks: Dictionary(looks) { first, _ in first }
      )
    }
  }

  private mutating func gyms() -> [Configuration.Gym] {
    let sections = sections["gym"] ?? []
    refuseRepeats(of: ["id", "name"], in: sections)
    return sections.compactMap { gym in
      guard let id = gym.text("id"), let name = gym.text("name") else { return nil }
      return Configuration.Gym(
        id: id,
        name: name,
        zone: gym.text("timezone"),
        country: gym.text("country")
      )
    }
  }

  private mutating func channels() -> [Configuration.Channel] {
    let sections = sections["channel"] ?? []
    refuseRepeats(of: ["id", "phone_number_id", "account_id", "page_id"], in: sections)
    var channels: [Configuration.Channel] = []
    for section in sections {
      guard let kind = section.text("kind").flatMap(ChannelKind.init(rawValue:)) else { continue }
      let key = kind.accountKey
      guard let account = section.text(key) else {
        if section.values[key] == nil {
          complain(section.path + "." + key, "missing; a \(kind.rawValue) channel needs it")
        }
        continue
      }
      guard let id = section.text("id"), let gym = section.text("gym"),
        let token = section.secret("access_token")
      else { continue }
      var channel = Configuration.Channel(
        id: id,
        kind: kind,
        gym: gym,
        account: account,
        businessAccount: section.text("business_account_id"),
        accessToken: token,
        graphURL: section.text("graph_url") ?? kind.defaultGraphURL
      )
      channel.isSharedWithPhoneApp = section.truth("shared_with_phone_app") ?? false
      channels.append(channel)
    }
    return channels
  }

  mutating func relayServer() -> Configuration.RelayServer? {
    guard let section = sections["relay_server"]?.first else {
      complain("relay_server", "missing; inbox-relay needs a [relay_server] section")
      return nil
    }
    let clients = clients(of: section)
    let tls = tls(of: section)
    guard let verify = section.secret("verify_token") else { return nil }
    return Configuration.RelayServer(
      listen: section.listen("listen") ?? Configuration.RelayServer.defaultListen,
      data: section.text("data") ?? Configuration.RelayServer.defaultData,
      verifyToken: verify,
      appSecrets: section.secrets("app_secrets"),
      retentionDays: section.whole("retention_days") ?? 14,
      tls: tls,
      clients: clients
    )
  }

  private mutating func clients(
    of server: SectionValues
  ) -> [Configuration.RelayServer.Client] {
    let sections = sections["relay_server.client"] ?? []
    if sections.isEmpty {
      let text = "missing; give at least one [[relay_server.client]] with a name and a token"
      complain(server.path + ".client", text)
    }
    refuseRepeats(of: ["name"], in: sections)
    var clients: [Configuration.RelayServer.Client] = []
    for section in sections {
      guard let name = section.text("name"), let token = section.secret("token") else { continue }
      if clients.contains(where: { $0.token == token }) {
        complain(section.path + ".token", "another client has this token; each needs its own")
      }
      clients.append(Configuration.RelayServer.Client(name: name, token: token))
    }
    return clients
  }

  private mutating func tls(of section: SectionValues) -> Configuration.RelayServer.TLS? {
    let certificate = section.text("tls_certificate_file")
    let key = section.text("tls_key_file")
    if let certificate, let key {
      return Configuration.RelayServer.TLS(certificateFile: certificate, keyFile: key)
    }
    if certificate != nil {
      complain(section.path + ".tls_key_file", "missing; TLS needs the certificate and its key")
    }
    if key != nil {
      let text = "missing; TLS needs the key and its certificate"
      complain(section.path + ".tls_certificate_file", text)
    }
    return nil
  }

  private mutating func refuseRepeats(of keys: [String], in sections: [SectionValues]) {
    for key in keys {
      var seen = Set<String>()
      for section in sections {
        guard let value = section.text(key), !seen.insert(value).inserted else { continue }
        complain(section.path + "." + key, "\"\(value)\" is taken by another; each needs its own")
      }
    }
  }
}

extension ChannelKind {
  /// The key that names the account at the provider.
  fileprivate var accountKey: String {
    switch self {
    case .whatsapp: "phone_number_id"
    case .messenger, .leadAds: "page_id"
    case .instagram, .email, .sms: "account_id"
    }
  }

  /// The provider's own address, with the version this product is written for.
  fileprivate var defaultGraphURL: String {
    self == .instagram
      ? "https://graph.instagram.com/v26.0" : "https://graph.facebook.com/v26.0"
  }
}
