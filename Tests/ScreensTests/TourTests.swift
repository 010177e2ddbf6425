// The tour: walked, left and taken up again, at every size; nothing of it is stored or sent.
import Model
import TerminalUI
import Testing

@testable import Screens

@Suite struct TourTests {
  @Test func theTourIsOfferedOnceAndWalked() {
    var session = Session.desk()
    session.load(.memory(history: [], hasTakenTour: false))
    #expect(session.text.contains("First time here?"))
    session.type("T")
    #expect(session.took().contains(.tourTaken))
    #expect(session.text.contains("Tour 1 of 5"))
    #expect(session.text.contains("Jonas Weber"))
    session.type("j")
    #expect(session.text.contains("Tour 2 of 5"))
    session.type("<Enter>")
    #expect(session.text.contains("Tour 3 of 5"))
    session.type("rhello<Enter>")
    #expect(session.text.contains("Tour 4 of 5"))
    session.type("<Esc>u")
    #expect(session.text.contains("Tour 5 of 5"))
    session.type("?")
    #expect(session.text.contains("You know the way"))
    session.type("<Enter>")
    #expect(session.state.tour == nil)
    let effects = session.took()
    for effect in effects {
      if case .reply = effect { Issue.record("the tour sent something") }
    }
    #expect(session.state.opened == nil)
    session.type(":tour<Enter>")
    #expect(session.text.contains("Tour 1 of 5"))
    session.type("<C-C>")
    #expect(session.text.contains("Мария"))
  }

  @Test func theOfferStandsInNobodysWay() {
    var session = Session.desk()
    session.load(.memory(history: [], hasTakenTour: false))
    session.type("<Enter>")
    #expect(session.state.opened?.id == LeadID(1))
    #expect(session.took().contains(.tourTaken))
  }

  @Test func theToursReplyWaitsToBeCalledBack() {
    var session = Session.desk()
    session.load(.memory(history: [], hasTakenTour: false))
    session.type("Tj<Enter>rhello<Enter>")
    #expect(session.text.contains("Tour 4 of 5"))
    #expect(session.text.contains("Ctrl-_"))
    #expect(session.text.contains("2 waiting"))
    for _ in 0..<30 { session.wait(1000) }
    #expect(session.text.contains("sending in 8 s"))
    session.type("<Esc>u")
    #expect(session.text.contains("Tour 5 of 5"))
    #expect(session.text.contains("3 waiting"))
    session.type("u")
    #expect(session.text.contains("Nothing to undo"))
  }

  @Test func theTourNeedsNoUndoWindowOfTheGym() {
    var session = Session.desk()
    var book = Sample.book
    book.undoSendSeconds = 0
    session.load(.gym(book))
    session.load(.memory(history: [], hasTakenTour: false))
    session.type("Tj<Enter>rhello<Enter>")
    #expect(session.text.contains("Tour 4 of 5"))
    session.type("<C-_>")
    #expect(session.text.contains("Tour 5 of 5"))
  }

  @Test func theTourFitsWhereItIsTaken() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20), (46, 19), (40, 15), (20, 16)] {
      var session = Session.desk(columns: columns, rows: rows)
      session.type("T")
      for (step, keys) in ["j", "<Enter>", "rhello<Enter>", "<Esc>u", "?"].enumerated() {
        let size = "\(columns)x\(rows)"
        #expect(session.text.contains("Tour \(step + 1) of 5"), "\(size)")
        #expect(session.text.contains("Ctrl-C leaves"), "the way out at \(size)")
        let last = TourStep.all[step].words.split(separator: " ").suffix(2).joined(separator: " ")
        let words = session.screen.joined(separator: " ").split { " │".contains($0) }
        #expect(words.joined(separator: " ").contains(last), "all of step \(step) at \(size)")
        session.type(keys)
      }
      #expect(session.text.contains("You know"))
    }
  }

  @Test func aSmallTerminalSaysThatItIsTooSmallForTheTour() {
    var session = Session.desk(columns: 20, rows: 6)
    session.load(.memory(history: [], hasTakenTour: false))
    #expect(session.state.overlays.isEmpty && session.took().isEmpty, "it is not offered")
    session.type("T")
    #expect(session.state.tour == nil)
    #expect(session.state.notice?.text == "Too small for the tour")
    session = Session.desk(columns: 40, rows: 15)
    session.type("T")
    session.send(.terminal(.resize(Size(columns: 20, rows: 6))))
    #expect(session.text.contains("Ctrl-C leaves"))
    #expect(!session.text.contains("20x6"))
    session.send(.terminal(.resize(Size(columns: 40, rows: 15))))
    #expect(session.text.contains("Tour 1 of 5"))
    session.send(.terminal(.resize(Size(columns: 20, rows: 6))))
    session.type("<C-C>")
    #expect(session.state.tour == nil)
  }

  @Test(arguments: [(120, 40), (46, 19)])
  func theTourSaysHowToGetBackToWhereAStepCanBeDone(columns: Int, rows: Int) {
    var session = Session.desk(columns: columns, rows: rows)
    session.type("T<Enter>jk")
    #expect(session.text.contains("Tour 1 of 5") && session.text.contains("Esc goes back"))
    session.type("<Esc>")
    #expect(!session.text.contains("Esc goes back") && session.text.contains("Move down once"))
    session.type("j")
    #expect(session.text.contains("Tour 3 of 5"), "a lead was opened already")
    session.type("rhello<Enter><C-_>")
    #expect(session.text.contains("Tour 5 of 5") && session.text.contains("then press ?"))
    session.type("<Esc>?")
    #expect(session.text.contains("You know the way"))
  }

  @Test func theTourIsTakenUpWhereItWasLeft() {
    var session = Session.desk()
    session.type("Tj<C-C>")
    #expect(session.text.contains("The tour waits"))
    session.send(.terminal(.resize(Size(columns: 80, rows: 24))))
    session.wait(3_600_000)
    session.type("T")
    #expect(session.text.contains("Tour 2 of 5"))
    #expect(view(session.state).size == Size(columns: 80, rows: 24))
    session.type("<Enter>rhello<Enter><C-C>")
    session.wait(3_600_000)
    session.type("T")
    #expect(session.text.contains("Tour 4 of 5"))
    session.type("<Esc>u?<C-C>T")
    #expect(session.text.contains("Tour 1 of 5"), "one that is over begins anew")
  }

  @Test func noTourBeginsOnTheTour() {
    var session = Session.desk()
    session.type("TjT")
    #expect(session.screen.count { $0.contains("of 5") } == 1)
    #expect(session.text.contains("Tour 2 of 5"))
    #expect(session.text.contains("This is the tour: Ctrl-C leaves it"))
  }

  @Test func leavingTheProgramOnTheTourLeavesTheTour() {
    var session = Session.desk()
    session.type("T:logout<Enter>")
    #expect(session.text.contains("This is the tour: Ctrl-C leaves it"))
    session.type("<Esc>j<Enter>rhello<Enter><Esc><Esc>:quit<Enter>")
    #expect(session.state.tour == nil && session.state.session != nil)
    #expect(session.text.contains("The tour waits"))
    #expect(!session.took().contains { $0 == .quit || $0 == .signOut })
  }
}
