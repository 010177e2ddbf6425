// swift-tools-version: 6.2
// The module graph: every target, what it may import, and the pinned packages it stands on.
import PackageDescription

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let scrypt = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
  name: "HummingbirdTesting",
  package: "hummingbird"
)
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "inbox",
  products: [
    .executable(name: "inbox", targets: ["Inbox"]),
    .executable(name: "inbox-relay", targets: ["Relay"]),
    .executable(name: "inbox-sim", targets: ["Simulator"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    // Values and toolkits: no I/O, no product knowledge below Screens.
    .target(name: "Model"),
    .target(
      name: "CursesShim",
      cSettings: [.define("_GNU_SOURCE"), .define("NCURSES_WIDECHAR", to: "1")],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
    ),
    .target(
      name: "CurlShim",
      cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("dl")]
    ),
    .target(name: "TerminalUI", dependencies: ["CursesShim"]),

    // Data and providers.
    .target(name: "Settings", dependencies: ["Model", toml, log]),
    .target(name: "Store", dependencies: ["Model", grdb, crypto]),
    .target(name: "Channels", dependencies: ["Model", "CurlShim"]),
    .target(name: "RelayAPI", dependencies: ["Model"]),

    // What people and the background do with them.
    .target(name: "Desk", dependencies: ["Model", "Store", "Channels", crypto, scrypt]),
    .target(
      name: "Worker",
      dependencies: ["Model", "Store", "Channels", "RelayAPI", log]
    ),
    .target(name: "Screens", dependencies: ["Model", "TerminalUI"]),

    // Programs.
    .executableTarget(
      name: "Inbox",
      dependencies: [
        "Model", "Settings", "Store", "Channels", "Desk", "Worker", "Screens", "TerminalUI",
        arguments, log,
      ]
    ),
    .executableTarget(
      name: "Relay",
      dependencies: [
        "Model", "Settings", "RelayAPI", hummingbird, hummingbirdTLS, grdb, crypto, arguments, log,
      ]
    ),
    .executableTarget(
      name: "Simulator",
      dependencies: ["Model", "RelayAPI", hummingbird, crypto, arguments, log]
    ),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["Model", "Store", "Channels"],
      path: "Tests/TestSupport"
    ),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
    .testTarget(name: "TerminalUITests", dependencies: ["TerminalUI"]),
    .testTarget(name: "SettingsTests", dependencies: ["Model", "Settings", log]),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Store", "TestSupport"],
      exclude: ["schema.sql"]
    ),
    .testTarget(name: "ChannelsTests", dependencies: ["Channels", "TestSupport"]),
    .testTarget(name: "DeskTests", dependencies: ["Desk", "TestSupport"]),
    .testTarget(name: "WorkerTests", dependencies: ["Worker", "Desk", "TestSupport", crypto]),
    .testTarget(
      name: "RelayTests",
      dependencies: [
        "Model", "Relay", "RelayAPI", "Settings", hummingbird, hummingbirdTesting, nioEmbedded,
        crypto, log,
      ]
    ),
    .testTarget(name: "SimulatorTests", dependencies: ["Simulator", hummingbirdTesting]),
    .testTarget(
      name: "ScreensTests",
      dependencies: ["Screens", "TestSupport"],
      exclude: ["Golden"]
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["Inbox", "Relay", "Simulator", "Model", "TestSupport", crypto]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// One policy for every target of ours: warnings are errors, imports are internal unless said.
for target in package.targets {
  if target.name.hasSuffix("Shim") { continue }
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .treatAllWarnings(as: .error),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
