// Who wrote: WhatsApp names a customer by phone, business-scoped id (BSUID) and parent BSUID, any
// of which may be missing or sit under another's key. What a value is shows in its form.
import Model

/// The customer of one message or receipt.
struct WhatsAppPerson {
  /// Phone first: it is the one name that holds across business portfolios.
  private(set) var identities: [Identity] = []
  private(set) var name: String?

  /// `ids` are the payload's own values for this person, `contacts` the batch's contact list.
  ///
  /// Contacts are matched by id, never by position.
  init(ids: [JSONValue], parents: [JSONValue] = [], contacts: [JSONValue]) {
    for id in ids { add(id.text, isParent: false) }
    for id in parents { add(id.text, isParent: true) }
    addOpaque(ids)
    let known = Set((ids + parents).compactMap(Self.key))
    for contact in contacts where Self.ids(of: contact).contains(where: known.contains) {
      add(contact["wa_id"].text, isParent: false)
      add(contact["user_id"].text, isParent: false)
      add(contact["parent_user_id"].text, isParent: true)
      name = name ?? contact["profile"]["name"].text?.nonBlank
      addUsername(contact["profile"]["username"].text ?? contact["username"].text)
    }
    let order: [Identity.Kind] = [.phone, .bsuid, .parentBSUID, .username]
    identities = order.flatMap { kind in identities.filter { $0.kind == kind } }
  }

  private static func ids(of contact: JSONValue) -> [String] {
    [contact["wa_id"], contact["user_id"], contact["parent_user_id"]].compactMap(key)
  }

  /// A phone compares by its digits, everything else whole.
  private static func key(_ id: JSONValue) -> String? { id.text.map { $0.phoneDigits ?? $0 } }

  private mutating func add(_ text: String?, isParent: Bool) {
    guard let text, let identity = Identity(whatsApp: text, isParent: isParent) else { return }
    if !identities.contains(identity) { identities.append(identity) }
  }

  /// A form never seen is kept whole rather than losing its writer.
  private mutating func addOpaque(_ ids: [JSONValue]) {
    guard identities.isEmpty, let opaque = ids.compactMap({ $0.text?.nonBlank }).first else {
      return
    }
    identities.append(Identity(kind: .bsuid, value: opaque))
  }

  private mutating func addUsername(_ text: String?) {
    guard let text = text?.nonBlank else { return }
    let name = text.hasPrefix("@") ? String(text.dropFirst()) : text
    if !name.isEmpty { identities.append(Identity(kind: .username, value: name)) }
  }
}

extension Identity {
  /// A phone (digits, perhaps with `+` and separators) or a BSUID (`CC.` and more); nil for
  /// other forms.
  init?(whatsApp text: String, isParent: Bool) {
    let bytes = Array(text.utf8)
    let isBSUID =
      bytes.count > 3 && bytes[2] == UInt8(ascii: ".")
      && bytes[..<2].allSatisfy { (65...90).contains($0) }
    if isBSUID {
      let isEnterprise = bytes[3...].starts(with: Array("ENT.".utf8))
      self.init(kind: isParent || isEnterprise ? .parentBSUID : .bsuid, value: text)
      return
    }
    guard let digits = text.phoneDigits else { return nil }
    self.init(kind: .phone, value: digits)
  }
}

extension String {
  /// The digits of a phone number; nil when other things than digits and separators are in it.
  var phoneDigits: String? {
    let digits = utf8.filter { (48...57).contains($0) }
    let isPhone = utf8.allSatisfy { byte in
      (48...57).contains(byte) || Array("+ -().".utf8).contains(byte)
    }
    guard isPhone, digits.count >= 3 else { return nil }
    return String(decoding: digits, as: UTF8.self)
  }
}
