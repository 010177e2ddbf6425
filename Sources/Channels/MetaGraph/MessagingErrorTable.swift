// The subcodes of Instagram and Messenger: rows for GraphErrorTable. The seven-digit subcodes mean
// the same under every code they come with.
import Model

enum MessagingErrorTable {
  static func rule(code: Int, subcode: Int) -> GraphErrorRule? { subcodes[subcode] }

  private static let window = GraphErrorRule(
    .window,
    "Outside the reply window: they must write first",
    tries: 1
  )
  private static let unreachable = GraphErrorRule(
    .recipient,
    "This person can't receive messages from you",
    tries: 1
  )
  private static let unknownPerson = GraphErrorRule(
    .recipient,
    "This account knows no such person",
    tries: 1
  )
  private static let attachment = GraphErrorRule(
    .permanent,
    "The attachment was refused",
    showsDetails: true,
    tries: 1
  )
  private static let badData = GraphErrorRule(
    .permanent,
    "The message was refused",
    showsDetails: true,
    tries: 1
  )
  private static let otherApp = GraphErrorRule(
    .held,
    "Another app owns this conversation: take it over there first",
    tries: 1
  )
  private static let tooFast = GraphErrorRule(.throttle(.account), "Sending too fast: waiting")

  private static let subcodes: [Int: GraphErrorRule] = [
    2_534_022: window,
    2_018_278: window,
    2_018_065: window,
    2_018_108: unreachable,
    1_893_063: unreachable,
    1_545_041: unreachable,
    2_534_014: unknownPerson,
    2_018_001: unknownPerson,
    2_534_077: GraphErrorRule(.config, "The account's link is broken: connect it again"),
    2_534_013: GraphErrorRule(.config, "The page is not linked to the account: link them"),
    2_534_029: GraphErrorRule(.config, "The business may not send: see its business settings"),
    2_534_041: GraphErrorRule(
      .config,
      "Message access is off: switch it on in the Instagram app's settings"
    ),
    2_018_028: GraphErrorRule(.config, "The app may write to its testers only: publish it"),
    2_018_008: attachment,
    2_018_047: attachment,
    2_018_074: attachment,
    2_018_109: attachment,
    2_018_294: attachment,
    2_207_004: GraphErrorRule(.permanent, "The image is too large: at most 8 MiB", tries: 1),
    2_534_015: badData,
    2_534_025: badData,
    2_534_001: GraphErrorRule(.permanent, "The thread or message is gone", tries: 1),
    2_534_037: otherApp,
    2_018_300: otherApp,
    2_534_040: tooFast,
    2_018_338: tooFast,
  ]
}
