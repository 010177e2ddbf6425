// Who gets in, and who doesn't.
import Desk
import Model
import Store
import TestSupport
import Testing

@Suite struct AccountsTests {
  let fixture: TemporaryStore
  let desk: FrontDesk
  let seat = Seat(script: "test")

  init() throws {
    fixture = try TemporaryStore()
    desk = FrontDesk(store: fixture.store, undoSendSeconds: 8, passwords: .cheap)
    try desk.setPassword(email: "anna@gym.example", to: Secret("correct horse"), by: seat)
  }

  private func signIn(_ email: String, _ password: String) throws -> User {
    try desk.signIn(email: email, password: Secret(password), origin: "test").0
  }

  @Test func theRightPasswordOpens() throws {
    let (user, session) = try desk.signIn(
      email: "  ANNA@gym.example ",
      password: Secret("correct horse"),
      origin: "tty1"
    )
    #expect(user.id == fixture.anna.id)
    #expect(try fixture.store.sessions(limit: 1).first?.origin == "tty1")
    try desk.signOut(session: session)
    #expect(try fixture.store.sessions(limit: 1).first?.endedAt != nil)
  }

  @Test func wrongAndUnknownAreToldAlike() throws {
    let wrong = #expect(throws: Refusal.self) { try signIn("anna@gym.example", "wrong") }
    let unknown = #expect(throws: Refusal.self) { try signIn("nobody@gym.example", "wrong") }
    let withoutPassword = #expect(throws: Refusal.self) { try signIn("ben@gym.example", "") }
    #expect(wrong == unknown)
    #expect(wrong == withoutPassword)
    #expect(try fixture.store.sessions(limit: 5).isEmpty)
  }

  @Test func aDisabledAccountIsToldSoOnlyWithItsPassword() throws {
    try fixture.store.setDisabled(email: "anna@gym.example", true, by: .system)
    #expect(rule { _ = try signIn("anna@gym.example", "wrong") } == "sign_in")
    #expect(rule { _ = try signIn("anna@gym.example", "correct horse") } == "disabled")
    try fixture.store.setDisabled(email: "anna@gym.example", false, by: .system)
    #expect(try signIn("anna@gym.example", "correct horse").id == fixture.anna.id)
  }

  @Test func aHashSaysNothingAndIsSalted() throws {
    let hashing = PasswordHashing.cheap
    let first = try hashing.hash(Secret("correct horse"))
    #expect(try hashing.hash(Secret("correct horse")) != first)
    #expect(try PasswordHashing.matches(Secret("correct horse"), first))
    #expect(try !PasswordHashing.matches(Secret("correct horsf"), first))
    #expect(!first.contains("horse"))
    for broken in ["", "scrypt$", "scrypt$16$1$1$zz$00", "md5$16$1$1$00$00", "x$16$1$1$00$00$1"] {
      #expect(try !PasswordHashing.matches(Secret("x"), broken))
    }
  }

  @Test(arguments: ["", "anna", "@gym", "anna@", "a@b@c", "an na@gym.example", "a@b\u{7}"])
  func whatIsNoAddressIsRefused(email: String) {
    #expect(
      rule { _ = try desk.addUser(email: email, name: "", role: .staff, password: nil, by: seat) }
        == "email"
    )
  }

  @Test func shortPasswordsAreRefused() throws {
    #expect(
      rule { try desk.setPassword(email: "anna@gym.example", to: Secret("1234567"), by: seat) }
        == "password"
    )
    let long = Secret(String(repeating: "x", count: 1025))
    #expect(
      rule { try desk.setPassword(email: "anna@gym.example", to: long, by: seat) } == "password"
    )
  }

  @Test func aNamelessUserIsCalledByTheAddress() throws {
    let user = try desk.addUser(
      email: "cleo@gym.example",
      name: " ",
      role: .staff,
      password: Secret("12345678"),
      by: seat
    )
    #expect(user.name == "cleo")
    #expect(try signIn("cleo@gym.example", "12345678").id == user.id)
  }

  @Test func aScriptActsAsAnybodyThereIs() throws {
    #expect(try desk.signIn(as: "ben@gym.example", origin: "--as").0.id == fixture.ben.id)
    #expect(throws: StoreError.noSuchUser("x@y.example")) {
      try desk.signIn(as: "x@y.example", origin: "--as")
    }
  }
}
