// The Graph API's refusals: one table of codes, one body shape.

/// A refusal as the API words it.
struct GraphError: Error, Equatable, Sendable {
  var status: Int
  var code: Int
  var subcode: Int?
  var message: String
  var type = "OAuthException"
  /// Goes into `error_data.details`, which WhatsApp's refusals bear.
  var details: String?

  func body(trace: String) -> JSON {
    let data: JSON? = details.map {
      ["messaging_product": "whatsapp", "details": .string($0)]
    }
    return [
      "error": [
        "message": .string(message),
        "type": .string(type),
        "code": .integer(code),
        "error_subcode": subcode.map { JSON.integer($0) } ?? .null,
        "error_data": data ?? .null,
        "fbtrace_id": .string(trace),
      ]
    ]
  }
}

extension GraphError {
  static let expiredToken = GraphError(
    status: 401,
    code: 190,
    subcode: 463,
    message: "Error validating access token: Session has expired"
  )

  static let noToken = GraphError(
    status: 401,
    code: 190,
    message: "Invalid OAuth access token - Cannot parse access token"
  )

  static func parameter(_ message: String, details: String? = nil) -> GraphError {
    GraphError(status: 400, code: 100, message: "(#100) \(message)", details: details)
  }

  /// The object is gone, or may not be seen.
  static func missing(_ id: String, method: String) -> GraphError {
    GraphError(
      status: 400,
      code: 100,
      subcode: 33,
      message: "Unsupported \(method) request. Object with ID '\(id)' does not exist, cannot be "
        + "loaded due to missing permissions, or does not support this operation. Please read "
        + "the Graph API documentation at https://developers.facebook.com/docs/graph-api",
      type: "GraphMethodException"
    )
  }

  static func unknownPath(_ path: String) -> GraphError {
    GraphError(
      status: 400,
      code: 2500,
      message: "Unknown path components: \(path)"
    )
  }

  static let whatsappWindow = known(131_047)

  static let instagramWindow = GraphError(
    status: 403,
    code: 10,
    subcode: 2_534_022,
    message: "This message is sent outside of allowed window.",
    type: "IGApiException"
  )

  static func template(_ name: String, _ language: String) -> GraphError {
    var error = known(132_001)
    error.details = "template name (\(name)) does not exist in \(language)"
    return error
  }

  /// The code's usual status and words; an unknown code is a plain refusal.
  static func known(_ code: Int, status: Int? = nil) -> GraphError {
    let row = table[code]
    let title = row?.title ?? "An error occurred"
    let prefixed = [190, 2, 1].contains(code) ? title : "(#\(code)) \(title)"
    return GraphError(
      status: status ?? row?.status ?? 400,
      code: code,
      message: prefixed,
      details: row?.details
    )
  }

  /// The code that stands for a bare HTTP status in a fault.
  static func code(forStatus status: Int) -> Int {
    switch status {
    case 401: 190
    case 403: 10
    case 404: 132_001
    case 429: 130_429
    case 503: 2
    case 500...: 131_000
    default: 100
    }
  }

  private struct Row {
    var status: Int
    var title: String
    var details: String?

    init(_ status: Int, _ title: String, _ details: String? = nil) {
      self.status = status
      self.title = title
      self.details = details
    }
  }

  private static let table: [Int: Row] = [
    1: Row(400, "An unknown error occurred"),
    2: Row(503, "Service temporarily unavailable"),
    4: Row(400, "Application request limit reached"),
    10: Row(403, "Application does not have permission for this action"),
    100: Row(400, "Invalid parameter"),
    190: Row(401, "Error validating access token: The session has been invalidated."),
    368: Row(403, "Temporarily blocked for policies violations"),
    613: Row(400, "Calls to this api have exceeded the rate limit."),
    130_429: Row(400, "Rate limit hit", "Cloud API message throughput has been reached."),
    130_472: Row(400, "User's number is part of an experiment"),
    131_000: Row(500, "Something went wrong", "Message failed to send due to an unknown error."),
    131_005: Row(403, "Access denied"),
    131_008: Row(400, "Required parameter is missing"),
    131_009: Row(400, "Parameter value is not valid"),
    131_016: Row(500, "Service unavailable", "A service is temporarily unavailable."),
    131_026: Row(400, "Message undeliverable", "Unable to deliver message."),
    131_030: Row(400, "Recipient phone number not in allowed list"),
    131_031: Row(403, "Business account has been locked"),
    131_047: Row(
      400,
      "Re-engagement message",
      "Message failed to send because more than 24 hours have passed since the customer last "
        + "replied to this number."
    ),
    131_048: Row(400, "Spam rate limit hit"),
    131_049: Row(400, "Message not delivered to maintain healthy ecosystem engagement"),
    131_050: Row(400, "User has stopped receiving marketing messages"),
    131_051: Row(400, "Unsupported message type"),
    131_053: Row(400, "Media upload error"),
    131_056: Row(400, "(Business Account, Consumer Account) pair rate limit hit"),
    131_057: Row(500, "Account in maintenance mode"),
    132_000: Row(400, "Number of parameters does not match the expected number of params"),
    132_001: Row(404, "Template name does not exist in the translation"),
    132_012: Row(400, "Parameter format does not match format in the created template"),
    132_015: Row(400, "Template is paused"),
    133_010: Row(400, "Phone number not registered"),
  ]
}
