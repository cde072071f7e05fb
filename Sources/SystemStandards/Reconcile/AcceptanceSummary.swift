package import Tabular

/// What a reconciliation came to, as its sheet tells it: values of people are covered.
package struct AcceptanceSummary: Sendable, Codable {
    let title: String
    let groupName: String
    let keys: String
    let fields: [String]
    let old: Side
    let new: Side
    let both: Int
    let lines: [Line]
    let unread: [String]

    struct Side: Sendable, Codable {
        let name: String
        let rows: Int
    }

    /// Differences of one cause in one field of one group.
    struct Line: Sendable, Codable {
        let field: String
        let group: String
        let cause: String
        let words: String
        let isError: Bool
        let count: Int
        let samples: [String]
    }

    package init(_ report: Reconciliation.Report) {
        func end(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
        let map = report.map
        let (oldName, newName) = (end(report.oldName), end(report.newName))
        (title, groupName, fields) = (map.title, map.group ?? "区分", map.fields.map(\.name))
        keys =
            map.old.key == map.new.key
            ? map.old.key.joined(separator: "、")
            : "\(map.old.key.joined(separator: "、")) と \(map.new.key.joined(separator: "、"))"
        (old, new) = (Side(name: oldName, rows: report.oldRows), Side(name: newName, rows: report.newRows))
        both = report.bothRows
        lines = report.lines.map { line in
            Line(
                field: line.field, group: line.group, cause: line.cause.id, words: line.cause.words,
                isError: line.cause.weight == .error, count: line.count,
                samples: line.samples.prefix(3).map { sample in
                    line.field.isEmpty
                        ? sample.key
                        : "\(sample.key) 「\(Item.Mask.head.cover(sample.old))」→「\(Item.Mask.head.cover(sample.new))」"
                })
        }
        unread = report.unread.prefix(100).map { fault in
            "\(end(fault.name)) \(fault.line)行目：\(fault.words)"
        }
    }

    var errors: Int { lines.reduce(0) { $0 + ($1.isError ? $1.count : 0) } }
    var notices: Int { lines.reduce(0) { $0 + ($1.isError ? 0 : $1.count) } }
}
