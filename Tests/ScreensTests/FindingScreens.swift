// Pictures of finding, marking, the tour, and of colleagues at the same lead.
import Model
import TerminalUI

@testable import Screens

extension GoldenScreensTests {
  /// What a search for `sau` found: a name, a note, two messages.
  static func found(_ text: String) -> InboxPage {
    func hit(_ lead: Int64, _ kind: SearchHit.Kind, _ snippet: String) -> (LeadID, SearchHit) {
      (
        LeadID(lead),
        SearchHit(
          lead: LeadID(lead),
          message: kind == .message ? MessageID(lead) : nil,
          kind: kind,
          name: "",
          snippet: snippet,
          at: Sample.ago(days: 2)
        )
      )
    }
    var page = Sample.page([Sample.leads[1], Sample.leads[4], Sample.leads[0], Sample.leads[7]])
    page.query.search = text
    page.hits = Dictionary(
      uniqueKeysWithValues: [
        hit(2, .message, "Do you have a sauna? And how much"),
        hit(5, .note, "asked for the Sauna, likes it hot"),
        hit(1, .phone, "+4915123456789"),
        hit(8, .message, "\u{1B}[31m\u{202E}SAUNA sau"),
      ]
    )
    return page
  }

  static let finding: [Screen] = [
    Screen(
      name: "search",
      act: { session in
        session.type("/sau")
        session.load(.inbox(found("s")))
        session.load(.inbox(found("sau")))
        session.type("<Down>")
      }
    ),
    Screen(
      name: "search-nothing",
      act: { session in
        session.type("/zebra")
        for text in ["z", "zebra"] {
          var page = Sample.page([])
          page.query.search = text
          session.load(.inbox(page))
        }
      }
    ),
    Screen(
      name: "search-thread",
      act: { session in
        session.type("/sho")
        session.load(.inbox(found("s")))
        session.load(.inbox(found("sho")))
        session.type("<Down><Down><Enter>")
        session.load(.thread(Sample.thread()))
        session.load(.lead(Sample.detail))
        session.load(.found(lead: LeadID(1), SearchTerms("sho"), [MessageID(5)]))
      }
    ),
    Screen(name: "marks", act: { $0.type("<Space>j<Space>") }),
    Screen(
      name: "palette-recent",
      act: { session in
        session.load(.memory(history: ["stage Won", "search sauna"], hasTakenTour: true))
        session.type(":")
      }
    ),
    Screen(
      name: "company",
      act: { session in
        session.openFirst()
        let typing = Company.Other(user: Sample.tom.id, name: Sample.tom.name, typedAt: session.now)
        session.load(.company(Company(lead: LeadID(1), draft: "", others: [typing])))
      }
    ),
    Screen(
      name: "emoji",
      act: { session in
        session.openFirst()
        session.type("rsee you :mu")
      }
    ),
    Screen(name: "tour-offer", act: { $0.load(.memory(history: [], hasTakenTour: false)) }),
    Screen(
      name: "tour",
      act: { session in
        session.type("Tj")
      }
    ),
  ]
}
