// Facts from outside about people rather than messages: names that change, consent, lead forms.

/// A name of somebody has changed, or the provider says that it may be another person now.
package struct IdentityChange: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case number
    case userID = "user_id"
    /// The same name on a new device: who holds it may have changed.
    case securityCode = "security_code"
  }

  package var kind: Kind
  /// All names that the payload shows for the time before the change; never empty.
  package var person: [Identity]
  package var retired: [Identity]
  package var fresh: [Identity]
  package var at: Timestamp

  package init(
    kind: Kind,
    person: [Identity],
    retired: [Identity] = [],
    fresh: [Identity] = [],
    at: Timestamp
  ) {
    self.kind = kind
    self.person = person
    self.retired = retired
    self.fresh = fresh
    self.at = at
  }
}

/// Somebody says whether they want to be written to.
package struct InboundConsent: Equatable, Sendable {
  package var person: [Identity]
  package var entry: Consent.Entry

  package init(person: [Identity], entry: Consent.Entry) {
    self.person = person
    self.entry = entry
  }
}

/// Somebody has filled in a lead form: the webhook only names it, its answers are fetched.
package struct InboundLeadForm: Equatable, Sendable {
  package var id: String
  package var form: String?
  package var ad: String?
  package var at: Timestamp

  package init(id: String, form: String?, ad: String?, at: Timestamp) {
    self.id = id
    self.form = form
    self.ad = ad
    self.at = at
  }
}

/// What somebody wrote into a lead form.
package struct LeadFormAnswers: Equatable, Sendable {
  package struct Answer: Equatable, Sendable {
    package var question: String
    package var values: [String]

    package init(question: String, values: [String]) {
      self.question = question
      self.values = values
    }
  }

  /// The form's or the ad's name.
  package var headline: String?
  package var name: String?
  /// As it was typed; the gym's country makes a number of it.
  package var phone: String?
  package var email: String?
  /// Every answer, those above too, in the form's order.
  package var answers: [Answer]

  package init(
    headline: String?,
    name: String?,
    phone: String?,
    email: String?,
    answers: [Answer]
  ) {
    self.headline = headline
    self.name = name
    self.phone = phone
    self.email = email
    self.answers = answers
  }
}
