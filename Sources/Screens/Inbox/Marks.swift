// Leads marked in the list: acts then are about all of them, as one act that `u` takes back.
import Model
import TerminalUI

/// What is done to many leads at once.
package enum BulkAct: Equatable, Sendable {
  case stage(StageID, reason: String?)
  case assign(UserID?)
  case noReplyNeeded
}

struct Marks: Equatable {
  var leads = Set<LeadID>()
  /// Where a range began.
  var anchor: LeadID?

  var isEmpty: Bool { leads.isEmpty }
}

extension AppState {
  /// The leads that an act in the list is about; nil when it is about the one under the cursor.
  var markedLeads: [LeadID]? {
    guard focus == .inbox, !marks.isEmpty else { return nil }
    return marks.leads.sorted()
  }

  /// `Space`: marks the lead or takes the mark away, and goes on to the next.
  mutating func toggleMark() {
    guard let lead = inbox.cursor else { return }
    if marks.leads.remove(lead) == nil { marks.leads.insert(lead) }
    marks.anchor = nil
    moveInbox(by: 1)
  }

  /// `v`: from here, then up to there.
  mutating func markRange() {
    guard let lead = inbox.cursor else { return }
    guard let anchor = marks.anchor, let start = inbox.rows.firstIndex(where: { $0.id == anchor }),
      let end = inbox.rows.firstIndex(where: { $0.id == lead })
    else {
      marks.anchor = lead
      marks.leads.insert(lead)
      return say("Move to the other end and press v again")
    }
    marks.leads.formUnion(inbox.rows[min(start, end)...max(start, end)].map(\.id))
    marks.anchor = nil
    notice = nil
  }

  /// `*`: all that are listed, or none when all are marked.
  mutating func markAll() {
    let listed = Set(inbox.rows.map(\.id))
    if listed.isSubset(of: marks.leads) {
      marks.leads.subtract(listed)
    } else {
      marks.leads.formUnion(listed)
      if inbox.hasBefore || inbox.hasAfter {
        say("Marked the \(listed.count) around here; the list has \(inbox.total)")
      }
    }
    marks.anchor = nil
  }

  mutating func clearMarks() { marks = Marks() }

  /// Shows it at once and asks for it; the marks have served.
  mutating func act(on leads: [LeadID], _ act: BulkAct) {
    for lead in leads {
      patchLead(lead) { row in
        switch act {
        case .stage(let stage, _): row.stage = stage
        case .assign(let user): row.owner = user
        case .noReplyNeeded: row.waitingSince = nil
        }
      }
    }
    effects.append(.bulk(leads, act))
    clearMarks()
  }
}
