// The main loop: drain what came, let the app react, paint at most one frame, sleep. Called once by
// the program's `main`, on the main thread.

/// What the loop hands to the app.
package enum RuntimeEvent<Message: Sendable> {
  case terminal(TerminalEvent)
  case message(Message)
  /// The deadline that the app named has passed.
  case tick
}

/// Why the loop ended.
package enum RuntimeEnd: Equatable, Sendable {
  case quit, hangup, terminated

  /// The exit status a shell expects.
  package var status: Int32 {
    switch self {
    case .quit: 0
    case .hangup: 129
    case .terminated: 143
    }
  }
}

/// What the loop drives.
package protocol RuntimeClient {
  associatedtype Message: Sendable
  /// False ends the loop.
  func handle(_ event: RuntimeEvent<Message>) -> Bool
  /// The frame to show, nil when nothing changed since the last.
  func frame(_ size: Size) -> Canvas?
  /// Milliseconds until `tick` is wanted, nil when nothing is due.
  func millisecondsToTick() -> Int?
  /// Somebody asked the process to stop as ^Z does: calls `terminal.suspend()` when it is ready.
  func suspend(_ terminal: Terminal)
}

extension Terminal {
  /// Runs until the client ends it or the terminal goes away.
  ///
  /// The caller stops the terminal.
  package func run<Client: RuntimeClient>(
    _ client: Client,
    mailbox: Mailbox<Client.Message>
  ) -> RuntimeEnd {
    while true {
      for message in mailbox.drain() {
        guard client.handle(.message(message)) else { return .quit }
      }
      for event in nextEvents() {
        guard client.handle(.terminal(event)) else { return .quit }
      }
      if let due = client.millisecondsToTick(), due <= 0, !client.handle(.tick) { return .quit }
      if let canvas = client.frame(size) ?? painter.canvasOwed { present(canvas) }
      let wake = wait(milliseconds: client.millisecondsToTick())
      if wake.contains(.hangup) { return .hangup }
      if wake.contains(.terminate) { return .terminated }
      if wake.contains(.suspend) { client.suspend(self) }
    }
  }
}
