// Typed row ids, so that a lead's id can't be handed to a function that wants a thread's.

/// A store row's id: a positive integer, never reused.
///
/// `Of` names the kind of row.
package struct Identifier<Of>: Hashable, Comparable, Sendable {
  package let rawValue: Int64

  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Identifier: CustomStringConvertible {
  package var description: String { String(rawValue) }
}

package typealias GymID = Identifier<Gym>
package typealias UserID = Identifier<User>
package typealias StageID = Identifier<Stage>
package typealias PersonID = Identifier<Person>
package typealias LeadID = Identifier<LeadSummary>
package typealias ThreadID = Identifier<ThreadSummary>
package typealias MessageID = Identifier<Message>
package typealias TemplateID = Identifier<Template>
package typealias AttachmentID = Identifier<Attachment>
package typealias NoticeID = Identifier<AdminNotice>
package typealias MergeID = Identifier<LeadMerge>
