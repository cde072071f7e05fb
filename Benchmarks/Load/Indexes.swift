import CSQLite
import TestKit

/// The indexes of tables that are filled: away while rows come, made again once they are there, each in one go.
struct Indexes {
    private let path: String
    private let made: [(name: String, statement: String)]

    init(of tables: [String], in path: String) throws {
        self.path = path
        let names = tables.map { "'\($0)'" }.joined(separator: ", ")
        made = try Self.run(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (\(names))",
            in: path
        ).map { ($0[0], $0[1]) }
    }

    func drop() throws { for index in made { _ = try Self.run("DROP INDEX \(index.name)", in: path) } }

    func make() throws { for index in made { _ = try Self.run(index.statement, in: path) } }

    private static func run(_ statement: String, in path: String) throws -> [[String]] {
        var database: OpaquePointer?
        defer { sqlite3_close(database) }
        guard sqlite3_open(path, &database) == SQLITE_OK else { throw TestFault("no database at \(path)") }
        sqlite3_busy_timeout(database, 60_000)
        var prepared: OpaquePointer?
        defer { sqlite3_finalize(prepared) }
        guard sqlite3_prepare_v2(database, statement, -1, &prepared, nil) == SQLITE_OK else {
            throw TestFault("\(statement): \(String(cString: sqlite3_errmsg(database)))")
        }
        var rows: [[String]] = []
        while true {
            switch sqlite3_step(prepared) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(prepared)).map { String(cString: sqlite3_column_text(prepared, $0)) })
            case SQLITE_DONE: return rows
            default: throw TestFault("\(statement): \(String(cString: sqlite3_errmsg(database)))")
            }
        }
    }
}
