// One libcurl handle with its kept connection, and how one request runs on it.
import CurlShim
import Glibc
import Model
import Synchronization

/// Used by one thread at a time (the pool sees to it); `cancel` alone may come from another.
final class CurlSession: @unchecked Sendable {
  private let easy: UnsafeMutableRawPointer
  private let multi: UnsafeMutableRawPointer
  private let isCancelled = Atomic(false)

  /// Nil when libcurl is out of memory.
  init?() {
    guard let easy = curlshim_easy_new() else { return nil }
    guard let multi = curlshim_multi_new() else {
      curlshim_easy_free(easy)
      return nil
    }
    self.easy = easy
    self.multi = multi
  }

  deinit {
    curlshim_easy_free(easy)
    curlshim_multi_free(multi)
  }

  func cancel() {
    isCancelled.store(true, ordering: .sequentiallyConsistent)
    curlshim_multi_wake(multi)
  }

  func perform(
    _ request: HTTPRequest,
    caFile: String?,
    sink: (any BodySink)? = nil
  ) -> HTTPOutcome {
    let exchange = CurlExchange(body: request.body, limit: request.maxResponseBytes, sink: sink)
    return withExtendedLifetime(exchange) {
      let headers = setUp(request, exchange, caFile: caFile)
      defer {
        curlshim_easy_reset(easy)
        curlshim_list_free(headers)
      }
      return outcome(run(request.onProgress), of: request, exchange)
    }
  }

  private enum End {
    case done(CURLcode)
    case cancelled
    case broken
  }

  private func run(_ onProgress: ((Int64) -> Void)?) -> End {
    guard curlshim_multi_add(multi, easy) == 0 else { return .broken }
    defer { curlshim_multi_remove(multi, easy) }
    while true {
      guard curlshim_multi_perform(multi) == 0 else { return .broken }
      onProgress?(curlshim_uploaded(multi, easy))
      let result = curlshim_multi_result(multi)
      if result >= 0 { return .done(CURLcode(UInt32(result))) }
      if isCancelled.load(ordering: .sequentiallyConsistent) {
        // Leave a name look-up behind instead of waiting for its thread.
        curlshim_set_long(easy, Int32(CURLSHIM_QUICK_EXIT), 1)
        return .cancelled
      }
      // The kernel sends on what it holds without a word.
      let wait: Int32 = onProgress == nil ? 60_000 : 500
      guard curlshim_multi_poll(multi, wait) == 0 else { return .broken }
    }
  }

  private func outcome(
    _ end: End,
    of request: HTTPRequest,
    _ exchange: CurlExchange
  ) -> HTTPOutcome {
    let reason: String
    switch end {
    case .done(CURLE_OK):
      let status = Int(curlshim_get_long(easy, Int32(CURLINFO_RESPONSE_CODE.rawValue)))
      return .response(
        HTTPResponse(status: status, headers: exchange.headers, body: exchange.response)
      )
    case .done(let code):
      let text = String(cString: curlshim_error_text(Int32(code.rawValue)))
      reason = exchange.isTooLong ? "the answer is too long" : "\(text) (curl \(code.rawValue))"
    case .cancelled: reason = "stopped while waiting for the answer"
    case .broken: reason = "libcurl failed"
    }
    return hasLeft(request, exchange) ? .unknown(reason: reason) : .notSent(reason: reason)
  }

  /// Whether the server can have the whole request.
  ///
  /// One with a body can't be complete before libcurl has taken the body from us; that holds
  /// for every way a connection can fail. Of others, header bytes on the wire decide.
  private func hasLeft(_ request: HTTPRequest, _ exchange: CurlExchange) -> Bool {
    if exchange.isTooLong { return true }
    if request.givesBodyOnce { return exchange.taken > 0 }
    return curlshim_get_long(easy, Int32(CURLINFO_REQUEST_SIZE.rawValue)) > 0
  }
}

extension CurlSession {
  /// Sets every option for a request; the list of headers is the caller's to free.
  private func setUp(
    _ request: HTTPRequest,
    _ exchange: CurlExchange,
    caFile: String?
  ) -> UnsafeMutablePointer<curl_slist>? {
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    set(CURLOPT_URL, request.url)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.connectTimeout))
    set(CURLOPT_TIMEOUT_MS, Int(request.totalTimeout))
    // Under a byte a second for a minute: twice the longest wait that a poll asks for (30 s).
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, 60)
    set(CURLOPT_NOPROXY, Self.withoutProxy)
    if let caFile { set(CURLOPT_CAINFO, caFile) }
    set(CURLOPT_WRITEFUNCTION, CurlCallbacks.write, CURLOPT_WRITEDATA, context)
    set(CURLOPT_HEADERFUNCTION, CurlCallbacks.head, CURLOPT_HEADERDATA, context)
    setMethod(request, context)
    let list = headerList(request)
    curlshim_set_pointer(easy, Int32(CURLOPT_HTTPHEADER.rawValue), list)
    return list
  }

  private func setMethod(_ request: HTTPRequest, _ context: UnsafeMutableRawPointer) {
    switch request.method {
    case .get: set(CURLOPT_HTTPGET, 1)
    case .post: set(CURLOPT_POST, 1)
    case .delete: set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
    guard request.method == .post else { return }
    let size = Int32(CURLOPT_POSTFIELDSIZE_LARGE.rawValue)
    curlshim_set_size(easy, size, curl_off_t(request.body.count))
    if request.givesBodyOnce {
      // When a kept connection dies before the answer's first byte, libcurl repeats the request
      // by itself, unless it would have to rewind a body that it can't.
      set(CURLOPT_READFUNCTION, CurlCallbacks.read, CURLOPT_READDATA, context)
      // Idle connections are the ones that die: servers close them after a minute or so.
      set(CURLOPT_MAXAGE_CONN, 30)
    } else {
      setCopied(request.body)
      if request.isSend { set(CURLOPT_FRESH_CONNECT, 1) }
    }
  }

  private func headerList(_ request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
    // Without a body to wait for, `Expect: 100-continue` would only cost a second.
    var lines = ["Expect:"]
    if !request.headers.contains(where: { $0.name.lowercased() == "user-agent" }) {
      lines.append("User-Agent: inbox")
    }
    lines += request.headers.map { $0.name + ($0.value.isEmpty ? ";" : ": " + $0.value) }
    if let bearer = request.bearer { lines.append("Authorization: Bearer " + bearer.revealed) }
    return lines.reduce(nil) { list, line in curlshim_list_append(list, line) ?? list }
  }

  /// A proxy from the environment never stands between us and this machine.
  private static let withoutProxy: String = {
    let own = "localhost,127.0.0.1,::1"
    for name in ["no_proxy", "NO_PROXY"] {
      if let value = getenv(name) { return String(cString: value) + "," + own }
    }
    return own
  }()

  private func set(_ option: CURLoption, _ value: Int) {
    curlshim_set_long(easy, Int32(option.rawValue), value)
  }

  private func set(_ option: CURLoption, _ value: String) {
    curlshim_set_string(easy, Int32(option.rawValue), value)
  }

  /// A body that libcurl keeps and may repeat; without one it would read standard input.
  private func setCopied(_ body: [UInt8]) {
    guard !body.isEmpty else { return set(CURLOPT_COPYPOSTFIELDS, "") }
    body.withUnsafeBytes { buffer in
      let start = UnsafeMutableRawPointer(mutating: buffer.baseAddress)
      _ = curlshim_set_pointer(easy, Int32(CURLOPT_COPYPOSTFIELDS.rawValue), start)
    }
  }

  private func set(
    _ function: CURLoption,
    _ callback: @escaping curlshim_data,
    _ data: CURLoption,
    _ context: UnsafeMutableRawPointer
  ) {
    curlshim_set_callback(easy, Int32(function.rawValue), callback)
    curlshim_set_pointer(easy, Int32(data.rawValue), context)
  }
}

extension HTTPRequest {
  /// The body is read once and can't be rewound.
  var givesBodyOnce: Bool { isSend && method == .post && !body.isEmpty }
}
