// What a provider tells the gym about its own account: quality, limits, restrictions, bans. Admins
// read these; some of them stop a channel.

/// A provider's word on one of the gym's accounts, as it was understood.
package struct AccountNotice: Equatable, Sendable {
  package enum Severity: String, Sendable {
    case info, warning, critical
  }

  /// What the notice means for sending; nil when nothing changes.
  package enum Effect: Equatable, Sendable {
    /// Nothing may be sent, until a time that the provider named or until it takes it back.
    case pause(reason: String, until: Timestamp?)
    /// The provider lifts what it had imposed.
    case resume
  }

  /// The webhook's field, such as `account_update`.
  package var kind: String
  package var severity: Severity
  /// What happened, in one line.
  package var title: String
  /// What it means and what to do.
  package var detail: String
  package var at: Timestamp
  package var effect: Effect?

  package init(
    kind: String,
    severity: Severity,
    title: String,
    detail: String = "",
    at: Timestamp,
    effect: Effect? = nil
  ) {
    self.kind = kind
    self.severity = severity
    self.title = title
    self.detail = detail
    self.at = at
    self.effect = effect
  }
}

/// A notice as it is kept and listed.
package struct AdminNotice: Equatable, Sendable {
  package var id: NoticeID
  package var notice: AccountNotice
  /// The config's id of the channel; nil when no channel has the account.
  package var channel: String?
  /// The provider's id of the account.
  package var account: String
  package var readAt: Timestamp?
  /// Who marked it as read.
  package var readBy: String?

  package init(
    id: NoticeID,
    notice: AccountNotice,
    channel: String?,
    account: String,
    readAt: Timestamp?,
    readBy: String?
  ) {
    self.id = id
    self.notice = notice
    self.channel = channel
    self.account = account
    self.readAt = readAt
    self.readBy = readBy
  }

  package var isUnread: Bool { readAt == nil }
}
