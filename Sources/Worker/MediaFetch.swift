// One try at one file: find the address, take the bytes, look at them, give them their name.
import Channels
import Model
import Store

struct MediaFetch {
  let item: WantedMedia
  let account: GraphCredentials
  let fetcher: FetchMedia

  private var folder: MediaFolder { fetcher.context.store.media }
  private var now: Timestamp { fetcher.context.clock.now() }

  /// Blocks for as long as the transfer takes.
  func run() -> MediaVerdict {
    do {
      let sink = try MediaSink(item.id, kind: item.kind, folder: folder)
      let verdict = try fetch(into: sink)
      switch verdict {
      case .refused, .failed, .full: sink.discard()
      case .stored, .later: break
      }
      return verdict
    } catch MediaError.full {
      return .full
    } catch {
      return .later("\(error)", wait: nil)
    }
  }

  private func fetch(into sink: MediaSink) throws(MediaError) -> MediaVerdict {
    let isFresh =
      item.attempts == 0 && now - item.receivedAt < FetchMedia.addressLife || item.providerID == nil
    if isFresh, let url = item.url {
      let address = MediaAddress(url: url, sha256: item.sha256)
      let verdict = try take(address, into: sink)
      // Run out before its time: the id gives another.
      guard case .stale = verdict, item.providerID != nil else { return verdict.final }
    }
    guard let id = item.providerID else { return .failed("the webhook gave no address for it") }
    switch fetcher.graph.mediaAddress(account, id: id) {
    case .found(let address): return try take(address, into: sink).final
    case .unreachable(let reason): return .later(reason, wait: nil)
    case .refused(let error) where error.code == 100 && error.subcode == 33:
      // Of an account it would mean that the account is gone; here it is the file.
      return .failed("\(account.kind.title) no longer has it")
    case .refused(let error):
      if error.errorClass == .auth { fetcher.standings.renew() }
      switch error.errorClass {
      case .retry, .throttle, .auth, .config, .held: return .later(error.userText, wait: error.wait)
      case .window, .permanent, .recipient, .optOut, .media, .template:
        return .failed("\(account.kind.title) no longer has it")
      }
    }
  }

  private enum Taken {
    case settled(MediaVerdict)
    case stale

    var final: MediaVerdict {
      switch self {
      case .settled(let verdict): verdict
      case .stale: .failed("its address no longer works")
      }
    }
  }

  /// Only a file whose checksum is known is gone on with: two halves must be of the same whole.
  private func take(_ address: MediaAddress, into sink: MediaSink) throws(MediaError) -> Taken {
    let sha256 = address.sha256 ?? item.sha256
    if sha256 == nil { sink.startOver() }
    let outcome = fetcher.graph.download(account, url: address.url, from: sink.size, into: sink)
    switch sink.trouble {
    case .tooLarge: return .settled(.refused("larger than 100 MiB"))
    case .full: return .settled(.full)
    case .page: return .stale
    case .failed(let reason): return .settled(.later(reason, wait: nil))
    case nil: break
    }
    switch outcome {
    case .complete: return .settled(try examine(sink, declared: address.mime, sha256: sha256))
    case .badRange:
      sink.startOver()
      return .settled(.later("the provider gave another part than asked for", wait: .second))
    case .stale: return .stale
    case .unreachable(let reason): return .settled(.later(reason, wait: nil))
    case .forbidden(let reason): return .settled(.refused(reason))
    }
  }

  /// Whether the bytes, which are all here, are what was meant.
  private func examine(
    _ sink: MediaSink,
    declared: String?,
    sha256: String?
  ) throws(MediaError) -> MediaVerdict {
    let path = folder.incoming(item.id)
    guard sink.size > 0 else { return .later("the provider gave an empty file", wait: nil) }
    let file = try folder.inspect(path, declared: item.mime ?? declared)
    if let sha256, sha256 != file.sha256 {
      sink.startOver()
      return .later("it was damaged on the way", wait: nil)
    }
    guard file.type.fits(item.kind) else {
      return .refused("it is no \(item.kind.word), but \(file.type.mime)")
    }
    try folder.adopt(path, as: file)
    return .stored(file)
  }
}
