// The Graph API as far as the product calls it. Blocking, on the worker's queues; holds nothing
// but the transport.
import Model

/// What a call to one of the gym's accounts needs.
package struct GraphCredentials: Sendable {
  package var kind: ChannelKind
  /// Phone number id, Instagram account id or page id.
  package var account: String
  /// WhatsApp's business account, which templates belong to.
  package var businessAccount: String?
  package var token: Secret
  /// With the API's version, such as `https://graph.facebook.com/v26.0`.
  package var baseURL: String
  /// How fast it may send.
  package var limits: SendLimits

  package init(
    kind: ChannelKind,
    account: String,
    businessAccount: String? = nil,
    token: Secret,
    baseURL: String,
    limits: SendLimits? = nil
  ) {
    self.kind = kind
    self.account = account
    self.businessAccount = businessAccount
    self.token = token
    self.baseURL = baseURL
    self.limits = limits ?? SendLimits(kind)
  }

  func url(_ path: String, of object: String? = nil) -> String {
    var base = baseURL
    while base.hasSuffix("/") { base.removeLast() }
    return base + "/" + (object ?? account).percentEncoded + path
  }
}

/// How a send ended.
package enum SendOutcome: Equatable, Sendable {
  /// Taken by the provider; delivery is told by receipts.
  ///
  /// `recipient` is the provider's own form of the address, where it gives one.
  case accepted(providerID: String, recipient: String?)
  case refused(GraphError)
  /// The request did not get there: safe to try again.
  case notSent(reason: String)
  /// Nobody knows whether it was taken: not to be repeated without a human's word.
  case unknown(reason: String)
}

/// What a look at an account found.
package enum AccountCheck: Equatable, Sendable {
  /// `name` is what the provider calls the account.
  case reachable(name: String?)
  /// Token and ids are right, yet the provider lets the account send nothing; says why.
  case blocked(reason: String)
  case refused(GraphError)
  case unreachable(reason: String)
}

package struct GraphClient: Sendable {
  let transport: any HTTPTransport

  package init(transport: any HTTPTransport) { self.transport = transport }

  /// Sends a message and waits for the provider's answer.
  package func send(_ credentials: GraphCredentials, _ message: GraphMessage) -> SendOutcome {
    let request: GraphRequest
    switch credentials.kind {
    case .whatsapp: request = .whatsApp(message)
    case .instagram, .messenger: request = .messaging(message, on: credentials.kind)
    case .leadAds, .email, .sms:
      request = .impossible("A message can't be sent by \(credentials.kind.title)")
    }
    switch request {
    case .impossible(let reason):
      return .refused(GraphError(code: nil, httpStatus: 400, message: reason))
    case .post(let body):
      return SendOutcome(
        transport.perform(
          HTTPRequest(
            method: .post,
            url: credentials.url("/messages"),
            headers: [HTTPHeader("Content-Type", "application/json")],
            bearer: credentials.token,
            body: body.encodedBytes(),
            isSend: true
          )
        ),
        of: message
      )
    }
  }

  /// The same for a plain text.
  ///
  /// `callbackData` (at most 512 characters, WhatsApp only) comes back in receipts.
  /// `asHumanAgent` tags an Instagram or Messenger answer that a person writes after 24 hours.
  package func sendText(
    _ credentials: GraphCredentials,
    to recipient: Identity,
    text: String,
    callbackData: String,
    asHumanAgent: Bool = false
  ) -> SendOutcome {
    send(
      credentials,
      GraphMessage(
        to: recipient,
        text: text,
        callbackData: callbackData,
        asHumanAgent: asHumanAgent
      )
    )
  }

  /// Asks for the account itself: proves address, id and token without a side effect.
  package func checkAccount(_ credentials: GraphCredentials) -> AccountCheck {
    let fields: String
    switch credentials.kind {
    case .whatsapp: fields = "id,verified_name,display_phone_number,health_status"
    case .instagram: fields = "id,username,name"
    case .messenger, .leadAds, .email, .sms: fields = "id,name"
    }
    let outcome = transport.perform(
      HTTPRequest(
        method: .get,
        url: credentials.url("?fields=\(fields)"),
        bearer: credentials.token
      )
    )
    return AccountCheck(outcome)
  }
}
