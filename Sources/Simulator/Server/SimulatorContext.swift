// The request context of the simulator's server: it knows the connection, so a fault can cut it.
import Hummingbird
import HummingbirdCore
import NIOCore

struct SimulatorContext: RequestContext {
  /// Media uploads are the largest bodies (bytes).
  static let largestBody = 32 << 20

  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
