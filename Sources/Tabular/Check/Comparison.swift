import Japanese

/// A rule about records against one another, with the values it needs of each.
struct Comparison {
    enum Kind {
        /// No value of an item stands twice.
        case unique(file: Int, item: Int)
        /// Every value stands in another file.
        case reference(file: Int, FileSchema.Reference, target: Int)
        case history(file: Int, FileSchema.History)
    }

    let kind: Kind
    private let spool: KeyedSpool
    private let folder: String
    /// How many rows there are at most.
    private var rows = 0

    private init(_ kind: Kind, in folder: String) throws {
        (self.kind, self.folder) = (kind, folder)
        spool = try KeyedSpool(in: folder)
    }

    /// All that a schema asks for of the files that are given. A reference to a file that is not given is left out.
    static func all(of schema: TableSchema, given: Set<String>, in folder: String) throws -> [Comparison] {
        var all: [Comparison] = []
        for (number, file) in schema.files.enumerated() where given.contains(file.id) {
            for (index, item) in file.items.enumerated() where item.unique {
                all.append(try Comparison(.unique(file: number, item: index), in: folder))
            }
            for reference in file.references where given.contains(reference.file) {
                guard let target = schema.files.firstIndex(where: { $0.id == reference.file }) else { continue }
                all.append(try Comparison(.reference(file: number, reference, target: target), in: folder))
            }
            if let history = file.history {
                all.append(try Comparison(.history(file: number, history), in: folder))
            }
        }
        return all
    }

    /// What is kept of the records of a file for it.
    func keeps(
        of number: Int, _ part: FileSchema, _ columns: [String: Int], comparison: Int
    ) -> [FilePlan.KeptValues] {
        func places(_ names: [String]) -> [Int]? {
            let found = names.compactMap { columns[$0] }
            return found.count == names.count ? found : nil
        }
        let key = part.key.compactMap { columns[$0] }
        func keep(_ names: [String], _ further: [Int] = [], tag: UInt8 = 0) -> [FilePlan.KeptValues] {
            guard let columns = places(names) else { return [] }
            let own = further.isEmpty ? key.prefix(1).map { $0 } : further
            return [.init(columns: columns, payload: own, tag: tag, comparison: comparison, skipsEmpty: true)]
        }
        switch kind {
        case .unique(let file, let item): return file == number ? keep([part.items[item].name]) : []
        case .reference(let file, let reference, let target):
            return (target == number ? keep(reference.to) : [])
                + (file == number ? keep(reference.items, tag: 1) : [])
        case .history(let file, let history):
            let names = [history.from, history.until] + (history.current.map { [$0.item] } ?? [])
            guard file == number, let further = places(names) else { return [] }
            return keep(history.of, further)
        }
    }

    /// Takes kept records of a block before which there were so many rows.
    mutating func take(_ kept: [UInt8], rows before: Int) throws {
        rows = max(rows, before)
        guard let last = try spool.append(kept, rows: before) else { return }
        rows = max(rows, last)
    }

    /// Compares the records and tells what does not fit, row by row.
    func compare(_ log: FindingLog, _ schema: TableSchema) throws {
        let file: Int
        let sorted: RowSorter
        switch kind {
        case .unique(let number, let item):
            (file, sorted) = (number, try RowSorter(rows: rows, columns: schema.files[number].items.count, in: folder))
            try spool.groups { group in
                for record in group.dropFirst() {
                    try sorted.append(.unique, record, file: file, column: item, other: group.first?.row ?? 0)
                }
            }
        case .reference(let number, let reference, _):
            (file, sorted) = (number, try RowSorter(rows: rows, columns: schema.files[number].items.count, in: folder))
            let item = schema.files[number].items.firstIndex { $0.name == reference.items.first } ?? -1
            try spool.groups { group in
                guard group.first?.tag == 1 else { return }
                for record in group { try sorted.append(.reference, record, file: file, column: item) }
            }
        case .history(let number, let history):
            (file, sorted) = (number, try RowSorter(rows: rows, columns: schema.files[number].items.count, in: folder))
            let items = schema.files[number].items
            let check = HistoryCheck(
                history: history, from: items.firstIndex { $0.name == history.from } ?? -1,
                until: items.firstIndex { $0.name == history.until } ?? -1)
            try spool.groups { group in
                try check.check(group) { rule, record, column, other in
                    try sorted.append(rule, record, file: file, column: column, other: other)
                }
            }
        }
        try sorted.drain(into: log, file: file)
    }
}
