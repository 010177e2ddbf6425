// Whose accounts the customers write to, and whom the simulator knows.
import Model

/// Which of Meta's surfaces a conversation is on.
enum Surface: String, Sendable, CaseIterable {
  case whatsapp, instagram, messenger
}

struct WhatsAppAccount: Equatable, Sendable {
  var phoneNumberID: String
  /// The WABA id, which is `entry[].id` of its webhooks.
  var businessID: String
  /// Digits, as `metadata.display_phone_number` shows them.
  var displayNumber = "15550783881"
}

/// The gym's accounts; the first of a kind is the default.
struct Accounts: Equatable, Sendable {
  var whatsapp = [
    WhatsAppAccount(phoneNumberID: "106540352242922", businessID: "102290129340398")
  ]
  var instagram = ["17841400000000000"]
  var messenger: [String] = []

  /// The account with that id, or one made for it: the simulator takes any id.
  func whatsapp(_ id: String) -> WhatsAppAccount {
    whatsapp.first { $0.phoneNumberID == id }
      ?? WhatsAppAccount(
        phoneNumberID: id,
        businessID: whatsapp.first?.businessID ?? "102290129340398"
      )
  }

  /// What an id that speaks the Messenger shape stands for: Instagram unless it is a known page.
  func surface(ofMessengerAccount id: String) -> Surface {
    messenger.contains(id) ? .messenger : .instagram
  }
}

/// Where a person is reached: phone digits or a BSUID on WhatsApp, a scoped id elsewhere.
struct Address: Hashable, Sendable {
  var surface: Surface
  var id: String
}

/// Somebody who wrote, or was written to.
struct Person: Equatable, Sendable {
  var address: Address
  var name: String?
  var username: String?
  /// WhatsApp's business-scoped user id.
  var scopedID: String?
  /// Shows the username in place of the phone number.
  var hidesPhone = false
  /// The gym's account they last wrote to or heard from.
  var account: String
  /// The provider's time of their newest message; opens the reply window.
  var lastWroteAt: Timestamp?
}
