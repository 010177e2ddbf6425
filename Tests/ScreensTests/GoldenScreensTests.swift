// Every screen at every size class, as a picture.
import Model
import TerminalUI
import TestSupport
import Testing

@testable import Screens

private let sizes: [(columns: Int, rows: Int)] = [
  (160, 44), (120, 40), (80, 24), (60, 20), (46, 19), (40, 15), (20, 8), (80, 48),
]

@Suite(.ownThreads) struct GoldenScreensTests {
  @Test(arguments: sizes.map { Size(columns: $0.columns, rows: $0.rows) })
  func everyScreen(at size: Size) throws {
    for screen in Self.screens {
      var session = screen.start(size)
      screen.act(&session)
      try Golden.expect(view(session.state), "\(screen.name)-\(size.columns)x\(size.rows)")
    }
  }

  struct Screen: Sendable {
    var name: String
    var start: @Sendable (Size) -> Session = { Session.desk(columns: $0.columns, rows: $0.rows) }
    var act: @Sendable (inout Session) -> Void
  }

  /// Each is a row here or in a list of its own beside what it is about.
  static let screens = basic + finding + questions

  static let basic: [Screen] = [
    Screen(
      name: "login",
      start: { Session(columns: $0.columns, rows: $0.rows) },
      act: { session in
        session.state.loginHint = ["Demo logins", "ana@downtown.gym · password: demo-ana"]
        session.type("ana@downtown.gym<Enter>secret")
        session.load(.signInFailed(reason: "E-mail or password is wrong"))
      }
    ),
    Screen(
      name: "setup",
      start: {
        Session(columns: $0.columns, rows: $0.rows, start: .setup(zone: "Europe/Berlin"))
      },
      act: { $0.type("Downtown<Enter><Enter>Ana Berger<Enter>") }
    ),
    Screen(name: "inbox", act: { $0.type("jj") }),
    Screen(
      name: "inbox-empty",
      act: { session in
        session.load(.inbox(Sample.page([])))
      }
    ),
    Screen(name: "thread", act: { $0.openFirst() }),
    Screen(
      name: "thread-sending",
      act: { session in
        session.openFirst()
        session.type("rДа, конечно!<C-j>Ждём вас завтра в 8:30 💪<Enter>Und noch")
        session.wait(2_300)
      }
    ),
    Screen(
      name: "thread-closed",
      act: { session in
        session.openFirst()
        session.load(
          .thread(
            Sample.thread(
              closedReason:
                "WhatsApp's 24 hours are over: send a template, or wait until she writes"
            )
          )
        )
      }
    ),
    Screen(
      name: "lead",
      act: { session in
        session.openFirst()
        session.type("3")
      }
    ),
    Screen(
      name: "dashboard",
      act: { session in
        session.type("4")
        session.load(.dashboard(Sample.dashboard))
      }
    ),
    Screen(
      name: "journal",
      act: { session in
        session.type("gj")
        session.load(.journal(Sample.journal))
      }
    ),
    Screen(
      name: "journal-event",
      act: { session in
        session.type("gj")
        session.load(.journal(Sample.journal))
        session.type("j<Enter>")
        session.load(.event(Sample.event()))
      }
    ),
    Screen(
      name: "notices",
      act: { session in
        session.load(.unreadNotices(2))
        session.type("gn")
        session.load(.notices(Sample.notices))
      }
    ),
    Screen(
      name: "notice",
      act: { session in
        session.type("gn")
        session.load(.notices(Sample.notices))
        session.type("<Enter>")
      }
    ),
    Screen(name: "help", act: { $0.type("?") }),
    Screen(name: "palette", act: { $0.type(":st") }),
    Screen(name: "picker-stage", act: { $0.type("s") }),
    Screen(
      name: "picker-template",
      act: { session in
        session.openFirst()
        session.type("t<Down>")
      }
    ),
    Screen(
      name: "picker-theme",
      act: { session in
        session.state.screen.themes = ColorScheme.builtIn.map(\.name)
        session.type(":theme<Enter>")
      }
    ),
    Screen(
      name: "message-chosen",
      act: { session in
        session.openFirst()
        session.type("vk")
      }
    ),
    Screen(
      name: "send-later",
      act: { session in
        session.openFirst()
        session.type("rSee you then!<C-x>ltomorrow 18:30")
      }
    ),
    Screen(
      name: "templates",
      act: { session in
        session.load(.gym(OutboundScreenTests.book))
        session.type("gtG")
      }
    ),
    Screen(
      name: "template-form",
      act: { session in
        session.load(.gym(OutboundScreenTests.book))
        session.openFirst()
        session.load(.thread(Sample.thread(closedReason: "More than 24 h since their message")))
        session.type("r<Enter><Tab>Friday at 18:00")
      }
    ),
    Screen(
      name: "template-editor",
      act: { session in
        session.load(.gym(OutboundScreenTests.book))
        session.type("gtGNtrial_reminder<Tab><Tab><Tab><Tab>Hi {{1}}<Tab><Tab><Tab><Enter>")
      }
    ),
    Screen(name: "note", act: { $0.type("cPrefers evenings, has a knee injury") }),
    Screen(
      name: "whichkey",
      act: { session in
        session.type("g")
        session.wait(400)
      }
    ),
    Screen(
      name: "offline",
      act: { session in
        session.send(
          .health(
            WorkerHealth(
              link: .down(
                reason: "relay refused the connection: is inbox-relay running?",
                since: Sample.ago(minutes: 12)
              ),
              queued: 3
            )
          )
        )
      }
    ),
  ]
}
