// Whole rows as JSON, for what is taken away and may have to come back as it was.
import GRDB
import Model

extension Database {
  /// The rows of `table` whose `column` is `id`.
  func dump(_ table: String, _ column: String, _ id: Int64) throws -> [JSONValue] {
    try Row.fetchAll(
      self,
      sql: "SELECT * FROM \(table.quoted) WHERE \(column.quoted) = ?",
      arguments: [id]
    ).map { row in
      .object(row.map { name, value in JSONValue.Member(name, JSONValue(value)) })
    }
  }

  /// Puts a dumped row back; one that is there already stays as it is.
  func insert(_ row: JSONValue, into table: String) throws {
    let columns = row.members.map(\.key.quoted).joined(separator: ", ")
    let marks = row.members.map { _ in "?" }.joined(separator: ", ")
    try execute(
      sql: "INSERT OR IGNORE INTO \(table.quoted) (\(columns)) VALUES (\(marks))",
      arguments: StatementArguments(row.members.map(\.value.databaseValue))
    )
  }

  /// Every table with a column that refers to `target`, with that column.
  func references(to target: String) throws -> [(table: String, column: String)] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT tables.name, keys."from" FROM pragma_table_list AS tables
        JOIN pragma_foreign_key_list(tables.name) AS keys
        WHERE tables.schema = 'main' AND keys."table" = ? ORDER BY tables.name, keys."from"
        """,
      arguments: [target]
    ).map { (table: $0[0], column: $0[1]) }
  }

  func hasRowID(_ table: String) throws -> Bool {
    try Bool.fetchOne(
      self,
      sql: "SELECT NOT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?",
      arguments: [table]
    ) ?? false
  }
}

extension JSONValue {
  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null, .blob: self = .null
    case .int64(let number): self = .number(String(number))
    case .double(let number): self = .number(String(number))
    case .string(let text): self = .string(text)
    }
  }

  /// As a column's value.
  var databaseValue: DatabaseValue {
    switch self {
    case .null, .array, .object: .null
    case .bool(let flag): flag.databaseValue
    case .string(let text): text.databaseValue
    case .number(let digits): Int64(digits)?.databaseValue ?? Double(digits).databaseValue
    }
  }
}

extension String {
  /// As an SQL name.
  fileprivate var quoted: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
