// `inbox doctor`: looks at everything that can be wrong and says how to mend it.
import ArgumentParser
import Channels
import Desk
import Dispatch
import Glibc
import Model
import Settings
import Store
import Worker

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check everything, and say how to mend it."
  )

  @OptionGroup var common: CommonOptions
  @OptionGroup var json: JSONOption

  func run() throws {
    let findings = Examination(common: common).run()
    for finding in findings {
      if json.isJSON {
        Output.object {
          $0.field("check", finding.check)
          $0.field("state", finding.state.rawValue)
          $0.field("detail", finding.detail)
          $0.field("fix", finding.fix)
        }
      }
    }
    if !json.isJSON {
      Output.table(
        findings.map { [$0.state.mark, $0.check, $0.detail, $0.fix.map { "→ \($0)" } ?? ""] }
      )
    }
    if findings.contains(where: { $0.state == .bad }) { throw ExitCode(1) }
  }
}

/// What one check found.
struct Finding {
  enum State: String {
    case good = "ok"
    case warning
    case bad = "error"

    var mark: String {
      switch self {
      case .good: "ok   "
      case .warning: "warn "
      case .bad: "ERROR"
      }
    }
  }

  var check: String
  var state: State
  var detail: String
  var fix: String?
}

/// The checks, in the order in which one depends on the other.
private struct Examination {
  let common: CommonOptions

  func run() -> [Finding] {
    var findings: [Finding] = []
    let configuration: Configuration
    do {
      configuration = try common.loadConfiguration()
      findings.append(
        Finding(
          check: "config",
          state: .good,
          detail: configuration.file ?? "none: defaults, nothing comes in or goes out"
        )
      )
    } catch {
      let lines = "\(error)".split(separator: "\n")
      return lines.map { line in
        let fix =
          line.contains("can't be read") ? "check its path and who may read it" : "correct the line"
        return Finding(check: "config", state: .bad, detail: String(line), fix: fix)
      }
    }
    do {
      let directory = try DataDirectory.inbox(
        explicit: common.dataDirectory,
        configured: configuration.store.path
      )
      if access(directory.path + "/inbox.db", F_OK) != 0 {
        findings.append(
          Finding(
            check: "new store",
            state: .warning,
            detail: "there was no store at \(directory.path), an empty one was made",
            fix: "inbox setup, or --data with the right folder"
          )
        )
      }
      let installation = try Installation(configuration: configuration, directory: directory)
      findings += folder(installation) + store(installation) + worker(installation)
    } catch {
      findings.append(
        Finding(
          check: "data",
          state: .bad,
          detail: "\(error)",
          fix: "see the message, then try again"
        )
      )
    }
    findings += relay(configuration) + channels(configuration)
    return findings
  }

  private func folder(_ installation: Installation) -> [Finding] {
    let path = installation.directory.path
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    let isPrivate = status.st_mode & 0o077 == 0
    return [
      Finding(
        check: "data",
        state: isPrivate ? .good : .bad,
        detail: path,
        fix: isPrivate ? nil : "chmod 700 \(path)"
      ),
      Finding(check: "log", state: .good, detail: installation.logFile.path),
    ]
  }

  private func store(_ installation: Installation) -> [Finding] {
    let version = LeadStore.sqliteVersion
    var findings = [
      Finding(
        check: "sqlite",
        state: .good,
        detail: version.text
          + (version.hasWALFix
            ? ", has the WAL-reset fix" : ", has the WAL-reset race; this program works around it")
      )
    ]
    do {
      let users = try installation.store.users()
      findings.append(
        Finding(
          check: "users",
          state: users.isEmpty ? .warning : .good,
          detail: "\(users.count)",
          fix: users.isEmpty ? "inbox setup" : nil
        )
      )
      let numbers = try installation.desk.dashboard(seat: Seat(script: "doctor"))
      findings.append(
        Finding(
          check: "journal",
          state: numbers.parkedEvents == 0 ? .good : .warning,
          detail: "\(numbers.parkedEvents) parked events",
          fix: numbers.parkedEvents == 0 ? nil : "inbox event list --parked"
        )
      )
      findings.append(
        Finding(
          check: "sends",
          state: numbers.troubledSends == 0 ? .good : .warning,
          detail: "\(numbers.troubledSends) leads whose last message failed or is maybe sent",
          fix: numbers.troubledSends == 0
            ? nil : "Send trouble in the inbox (f) lists the leads; failed bubbles say why"
        )
      )
      findings += try installation.store.channelTroubles().map(rest)
      findings.append(backup(try installation.store.lastBackupAt()))
    } catch {
      findings.append(
        Finding(check: "store", state: .bad, detail: "\(error)", fix: "see the message")
      )
    }
    return findings
  }

  /// A channel that sends nothing now, as every process reads it.
  private func rest(_ trouble: ChannelTrouble) -> Finding {
    let fix =
      switch trouble.cause {
      case .token:
        "put a valid access_token for \(trouble.channel) into the config; sending resumes by itself"
      case .setup, .delivery: "mend it as it says; sending is tried again every few minutes"
      case .limit: "nothing to do: it ends by itself"
      case .account: "see the account's notices in Meta Business Suite and appeal there"
      }
    let end = trouble.until.map { " until \($0.rfc3339)" } ?? ""
    return Finding(
      check: "sending on \(trouble.channel)",
      state: trouble.until == nil ? .bad : .warning,
      detail: "rests since \(trouble.since.rfc3339)\(end): \(trouble.reason)",
      fix: fix
    )
  }

  /// A day old is what a nightly copy gives; two mean that it has stopped.
  private func backup(_ last: Timestamp?) -> Finding {
    let fix = "run `inbox backup FILE` every night"
    guard let last else {
      return Finding(check: "backup", state: .warning, detail: "never", fix: fix)
    }
    let isFresh = WallClock.system.now() - last < 2 * .day
    return Finding(
      check: "backup",
      state: isFresh ? .good : .warning,
      detail: "last \(last.rfc3339)",
      fix: isFresh ? nil : fix
    )
  }

  private func worker(_ installation: Installation) -> [Finding] {
    let path = installation.directory.path + "/worker.lock"
    guard let lock = try? AdvisoryLock(path: path) else { return [] }
    let isFree = lock.isFree
    return [
      Finding(
        check: "worker",
        state: isFree ? .warning : .good,
        detail: isFree ? "nobody works: nothing is received or sent" : "running",
        fix: isFree ? "start inbox, or inbox worker as a service" : nil
      )
    ]
  }

  private func relay(_ configuration: Configuration) -> [Finding] {
    guard let relay = configuration.relay else {
      return [
        Finding(
          check: "relay",
          state: .warning,
          detail: "none",
          fix: "add [relay] to the config"
        )
      ]
    }
    let client = RelayClient(
      endpoint: RelayEndpoint(url: relay.url, token: relay.token),
      transport: Installation.makeTransport()
    )
    do {
      let skew = try client.clockSkew()
      let isClose = abs(skew) < 30 * .second
      return [
        Finding(check: "relay", state: .good, detail: relay.url),
        Finding(
          check: "clock",
          state: isClose ? .good : .warning,
          detail: "\(abs(skew) / .second) s apart from the relay's",
          fix: isClose ? nil : "switch on time synchronisation on both machines"
        ),
      ]
    } catch {
      return [
        Finding(
          check: "relay",
          state: .bad,
          detail: "\(relay.url): \(error)",
          fix: "is inbox-relay running there, and the token one of its clients'?"
        )
      ]
    }
  }

  private func channels(_ configuration: Configuration) -> [Finding] {
    guard !configuration.channels.isEmpty else {
      return [
        Finding(
          check: "channels",
          state: .warning,
          detail: "none",
          fix: "add a [[channel]] to the config"
        )
      ]
    }
    let graph = GraphClient(transport: Installation.makeTransport())
    return configuration.channels.map { channel in
      let check = "channel \(channel.id)"
      switch graph.checkAccount(GraphCredentials(channel)) {
      case .reachable(let name):
        return Finding(check: check, state: .good, detail: name ?? "answers")
      case .blocked(let reason):
        return Finding(
          check: check,
          state: .bad,
          detail: reason,
          fix: "mend it in WhatsApp Manager; sending resumes by itself"
        )
      case .refused(let error):
        return Finding(
          check: check,
          state: .bad,
          detail: error.userText,
          fix: "put a valid access_token for account \(channel.account) into the config"
        )
      case .unreachable(let reason):
        return Finding(
          check: check,
          state: .bad,
          detail: "\(channel.graphURL): \(reason)",
          fix: "check the network and graph_url"
        )
      }
    }
  }
}
