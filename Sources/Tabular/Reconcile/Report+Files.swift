extension Reconciliation.Report {
    /// Differences of one cause in one field of one group.
    package struct Line: Sendable {
        /// The name of the field; empty for records as a whole.
        package let field: String
        package let group: String
        package let cause: Difference.Cause
        package let count: Int
        package let samples: [Difference]
    }

    /// The groups: what must be looked into first, then by field, cause and group.
    package var lines: [Line] {
        log.tallies.sorted { left, right in
            let (one, other) = (left.key, right.key)
            let (first, second) = (one.cause.weight == .notice ? 1 : 0, other.cause.weight == .notice ? 1 : 0)
            return (first, one.field ?? -1, one.cause.rawValue, one.group)
                < (second, other.field ?? -1, other.cause.rawValue, other.group)
        }.map { group, tally in
            Line(
                field: group.field.map { map.fields[$0].name } ?? "", group: group.group, cause: group.cause,
                count: tally.count, samples: tally.samples)
        }
    }

    /// Every difference as CSV, piece by piece.
    package func csv(_ write: ([UInt8]) throws -> Void) throws {
        try PieceWriter.run(write) { writer in
            try writer.append([0xEF, 0xBB, 0xBF])
            try writer.append(
                row: ["重さ", "キー", "区分", "項目", "原因", "内容", "前", "後", "前の件目", "後の件目"].map { .text($0) })
            try log.forEach { difference in
                try writer.append(row: [
                    .text(difference.cause.weight.words), .typed(difference.key), .typed(difference.group),
                    .text(difference.field.map { map.fields[$0].name } ?? ""), .text(difference.cause.id),
                    .text(difference.cause.words), .typed(difference.old), .typed(difference.new),
                    difference.oldRow == 0 ? .empty : .number(difference.oldRow),
                    difference.newRow == 0 ? .empty : .number(difference.newRow),
                ])
            }
        }
    }

    /// Everything as JSON, piece by piece.
    package func json(_ write: ([UInt8]) throws -> Void) throws {
        let head = JSONHead(
            old: .init(path: oldName, rows: oldRows), new: .init(path: newName, rows: newRows), both: bothRows,
            errors: log.count(.error), notices: log.count(.notice),
            groups: lines.map {
                .init(
                    weight: $0.cause.weight.rawValue, field: $0.field, group: $0.group, cause: $0.cause.id,
                    message: $0.cause.words, count: $0.count)
            })
        try PieceWriter.run(write) { writer in
            try writer.append(json: head, list: "differences") { tell in
                try log.forEach { difference in
                    try tell(
                        JSONDifference(
                            cause: difference.cause.id, key: difference.key, group: difference.group,
                            field: difference.field.map { map.fields[$0].name }, old: difference.old,
                            new: difference.new, oldRow: difference.oldRow, newRow: difference.newRow))
                }
            }
        }
    }

    private struct JSONHead: Encodable {
        let old: Side
        let new: Side
        let both: Int
        let errors: Int
        let notices: Int
        let groups: [Group]

        struct Side: Encodable {
            let path: String
            let rows: Int
        }

        struct Group: Encodable {
            let weight: String
            let field: String
            let group: String
            let cause: String
            let message: String
            let count: Int
        }
    }

    private struct JSONDifference: Encodable {
        let cause: String
        let key: String
        let group: String
        let field: String?
        let old: String
        let new: String
        let oldRow: Int
        let newRow: Int
    }
}
