// What a new gym starts with: the pipeline and the saved replies. Admins change both.
import Model
import Store

extension LeadStore.GymDefaults {
  /// The shipped stages and templates.
  package static let shipped = LeadStore.GymDefaults(
    stages: [
      ("New", .open), ("Contacted", .open), ("Interested", .open), ("Visit booked", .open),
      ("Attended", .open), ("Considering", .open), ("Won", .won),
      ("Follow up later", .parked), ("No-show", .parked), ("Unreachable", .parked),
      ("Lost", .lost), ("Not interested", .lost),
    ],
    templates: [
      (
        "First reply",
        "Hi {first_name}, thanks for writing to {gym}! I'm {staff}. What would you like to know?"
      ),
      (
        "Trial offer",
        "Hi {first_name}, the best way to get to know us is a free trial session. "
          + "Would {day} at {time} work for you?"
      ),
      (
        "Visit confirmation",
        "You're booked, {first_name}: {day} at {time}. Bring comfortable clothes, "
          + "a towel and a bottle. See you at {gym}! {staff}"
      ),
      (
        "No-show",
        "Hi {first_name}, we missed you today. No problem at all: shall we find another time?"
      ),
      (
        "Win-back",
        "Hi {first_name}, it's {staff} from {gym}. We'd love to see you again: "
          + "your first week back is on us."
      ),
      (
        "Opening hours",
        "We're open Monday to Friday 6:00–23:00 and at weekends 8:00–20:00."
      ),
      (
        "Prices",
        "Membership starts at 29.90 a month, classes included, no joining fee this month. "
          + "Shall I send you the details, {first_name}?"
      ),
      ("Thanks", "You're welcome, {first_name}! Write any time. {staff}"),
    ]
  )
}
