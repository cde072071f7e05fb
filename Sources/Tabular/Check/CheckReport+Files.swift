extension CheckReport {
    /// Whether values that tell of a person are covered in a file.
    package enum Values: Sendable {
        case covered
        case plain
    }

    /// Every finding as CSV, piece by piece.
    package func csv(_ values: Values, _ write: ([UInt8]) throws -> Void) throws {
        try PieceWriter.run(write) { writer in
            try writer.append([0xEF, 0xBB, 0xBF])
            try writer.append(
                row: ["重さ", "課", "ファイル", "行", "件目", "キー", "項目", "きまり", "内容", "値", "関係する件目", "直し方"].map { .text($0) })
            try log.forEach { finding in
                let file = schema.files[finding.file]
                let item = finding.item.map { file.items[$0] }
                try writer.append(row: [
                    .text(finding.weight.words), .text(item?.section ?? file.section), .text(name(of: finding.file)),
                    .number(finding.line), finding.row == 0 ? .empty : .number(finding.row), .typed(finding.key),
                    .text(item?.name ?? ""), .text(finding.rule.id), .text(finding.rule.words),
                    .typed(values == .plain ? finding.value : shown(finding)),
                    finding.other.map { .number($0) } ?? .empty, .text(finding.rule.mend),
                ])
            }
        }
    }

    /// Everything as JSON, piece by piece: the files, the groups, and every finding.
    package func json(_ values: Values, _ write: ([UInt8]) throws -> Void) throws {
        try PieceWriter.run(write) { writer in
            try writer.append(json: head, list: "findings") { tell in
                try log.forEach { finding in
                    try tell(
                        JSONFinding(
                            weight: finding.weight.rawValue, rule: finding.rule.id, file: name(of: finding.file),
                            line: finding.line, row: finding.row, key: finding.key,
                            item: finding.item.map { schema.files[finding.file].items[$0].name },
                            value: values == .plain ? finding.value : shown(finding), other: finding.other))
                }
            }
        }
    }

    private var head: JSONHead {
        JSONHead(
            schema: schema.id, origin: schema.origin.rawValue, errors: errorCount, notices: count(.notice),
            files: files.map {
                .init(path: $0.path, title: $0.title, encoding: $0.encoding.rawValue, bytes: $0.size, rows: $0.rows)
            },
            groups: lines.map {
                .init(
                    weight: $0.group.weight.rawValue, section: $0.section, file: $0.file, item: $0.item,
                    rule: $0.group.rule.id, message: $0.group.rule.words, mend: $0.group.rule.mend,
                    count: $0.tally.count)
            })
    }

    /// The name of a file of the extract, as it was given.
    package func name(of file: Int) -> String {
        let path = files.first { $0.number == file }?.path ?? ""
        return path.split(separator: "/").last.map(String.init) ?? path
    }

    private struct JSONHead: Encodable {
        let schema: String
        let origin: String
        let errors: Int
        let notices: Int
        let files: [File]
        let groups: [Group]

        struct File: Encodable {
            let path: String
            let title: String
            let encoding: String
            let bytes: Int
            let rows: Int
        }

        struct Group: Encodable {
            let weight: String
            let section: String
            let file: String
            let item: String
            let rule: String
            let message: String
            let mend: String
            let count: Int
        }
    }

    private struct JSONFinding: Encodable {
        let weight: String
        let rule: String
        let file: String
        let line: Int
        let row: Int
        let key: String
        let item: String?
        let value: String
        let other: Int?
    }
}
