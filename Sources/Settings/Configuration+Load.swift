// Finds, reads and checks the config file. Programs call `Configuration.load` once at start.
import Model
import TOMLKit

extension Configuration {
  /// Finds the file and reads what `program` needs of it.
  ///
  /// `explicit` is `--config`. Without any file the defaults hold, unless one was named by
  /// `explicit` or `$INBOX_CONFIG`. Throws every mistake at once.
  package static func load(
    for program: Program,
    file explicit: String? = nil,
    environment: Environment = .process
  ) throws(ConfigurationError) -> Configuration {
    let named = explicit ?? environment["INBOX_CONFIG"]
    for path in named.map({ [$0] }) ?? places(environment) {
      let text: String
      do {
        text = try TextFile.read(path)
      } catch {
        if named == nil && error.isMissing { continue }
        throw ConfigurationError(path, "can't be read: \(error.reason)")
      }
      return try parse(text, file: path, for: program, environment: environment)
    }
    guard program == .inbox else {
      throw ConfigurationError(
        places(environment).last ?? "",
        "no config file here; write one (see config.example.toml) or name it with --config FILE"
      )
    }
    return Configuration()
  }

  /// Where the file is looked for when nobody names one.
  package static func places(_ environment: Environment) -> [String] {
    let own = environment.folder("XDG_CONFIG_HOME", orHome: ".config")
    return (own.map { [$0 + "/inbox/config.toml"] } ?? []) + ["/etc/inbox/config.toml"]
  }

  /// The config that `text` holds; `file` is its name in errors and the base of relative paths.
  package static func parse(
    _ text: String,
    file: String,
    for program: Program,
    environment: Environment = .process
  ) throws(ConfigurationError) -> Configuration {
    let root: TOMLTable
    do {
      root = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let problem = Problem(file: file, line: error.source.begin.line, text: error.description)
      throw ConfigurationError(problems: [problem])
    } catch {
      throw ConfigurationError(file, "is not TOML: \(error)")
    }
    var reader = ConfigurationReader(program: program, file: file, environment: environment)
    reader.read(root)
    var configuration = Configuration()
    configuration.file = file
    switch program {
    case .inbox: reader.fillInbox(&configuration)
    case .relay: configuration.relayServer = reader.relayServer()
    }
    guard reader.mistakes.isEmpty else { throw reader.error(in: text) }
    return configuration
  }
}

extension ConfigurationError {
  fileprivate init(_ file: String, _ text: String) {
    self.init(problems: [Problem(file: file, text: text)])
  }
}

extension ConfigurationReader {
  /// Every mistake with its line, in the order of the file.
  fileprivate func error(in text: String) -> ConfigurationError {
    let lines = SourceLines(text)
    let problems = mistakes.map { path, text in
      Problem(file: file, line: lines.line(of: path), key: path.withoutIndexes, text: text)
    }
    let sorted = problems.enumerated().sorted { left, right in
      (left.element.line ?? 0, left.offset) < (right.element.line ?? 0, right.offset)
    }
    return ConfigurationError(problems: sorted.map(\.element))
  }
}

extension String {
  /// `channel#2.kind` as people write it: `channel.kind`.
  fileprivate var withoutIndexes: String {
    split(separator: ".", omittingEmptySubsequences: false)
      .map { part in part.prefix { $0 != "#" } }
      .joined(separator: ".")
  }
}
