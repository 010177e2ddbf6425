// Notices about the gym's accounts: listed for admins, newest first, until somebody has read them.
import GRDB
import Model

extension LeadStore {
  /// Notices within `scope`, newest first; those of accounts that no channel has are everybody's.
  package func notices(
    _ scope: Scope,
    unreadOnly: Bool = false,
    limit: Int = 200
  ) throws
    -> [AdminNotice]
  {
    try read { database in
      let request: SQLRequest<Row> = """
        SELECT notice.id, notice.channel_id, notice.account, notice.kind, notice.severity,
          notice.title, notice.detail, notice.at, notice.read_at,
          ifnull(user.name, notice.reader_label)
        FROM notice LEFT JOIN user ON user.id = notice.reader_id
        WHERE (\(scope.gyms("notice")) OR notice.gym_id IS NULL)
          AND (\(!unreadOnly) OR notice.read_at IS NULL)
        ORDER BY notice.id DESC LIMIT \(limit)
        """
      return try request.fetchAll(database).map(AdminNotice.init(row:))
    }
  }

  package func unreadNotices(_ scope: Scope) throws -> Int {
    try read { database in
      let request: SQLRequest<Int> = """
        SELECT count(*) FROM notice WHERE read_at IS NULL
          AND (\(scope.gyms("notice")) OR gym_id IS NULL)
        """
      return try request.fetchOne(database) ?? 0
    }
  }

  /// Marks notices as read, all of them for nil; returns how many were not.
  @discardableResult
  package func markNoticesRead(_ ids: [NoticeID]?, scope: Scope, by actor: Actor) throws -> Int {
    let now = clock.now()
    return try write { database, rev in
      var count = 0
      for id in try ids?.map(\.rawValue)
        ?? SQLRequest<Int64>(
          """
          SELECT id FROM notice WHERE read_at IS NULL
            AND (\(scope.gyms("notice")) OR gym_id IS NULL)
          """
        ).fetchAll(database)
      {
        let update: SQLRequest<Int64> = """
          UPDATE notice SET read_at = ifnull(read_at, \(now.milliseconds)),
            reader_id = CASE WHEN read_at IS NULL THEN \(actor.user?.rawValue) ELSE reader_id END,
            reader_label = CASE WHEN read_at IS NULL THEN \(actor.label) ELSE reader_label END,
            rev = \(rev)
          WHERE id = \(id) AND (\(scope.gyms("notice")) OR gym_id IS NULL) RETURNING id
          """
        guard try update.fetchOne(database) != nil else {
          throw StoreError.noSuchNotice(NoticeID(id))
        }
        count += 1
      }
      return count
    }
  }
}

extension AdminNotice {
  init(row: Row) {
    let readAt: Int64? = row[8]
    self.init(
      id: NoticeID(row[0]),
      notice: AccountNotice(
        kind: row[3],
        severity: AccountNotice.Severity(rawValue: row[4]) ?? .info,
        title: row[5],
        detail: row[6],
        at: Timestamp(milliseconds: row[7])
      ),
      channel: row[1],
      account: row[2],
      readAt: readAt.map(Timestamp.init(milliseconds:)),
      readBy: row[9]
    )
  }
}
