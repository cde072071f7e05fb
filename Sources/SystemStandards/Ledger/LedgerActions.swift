import Core
import Database
import Japanese
import Register
import Tabular

extension SystemStandards {
    /// What fields refer to, as it is now.
    func bookWords(in transaction: Transaction) throws -> BookWords {
        BookWords(
            sections: town.sections.map { ($0.id, $0.name[.ja]) },
            systems: try LedgerEntry.list(.systems, in: transaction).map { ($0.id.text, $0.name) },
            cards: try Card.list(in: transaction).map { ($0.id, $0.name[.ja]) })
    }

    /// Whether an officer may write an entry: デジタル推進室 all, a section those of its own systems and tasks.
    func mayWrite(
        _ book: Book, about parent: String, _ values: [String: String], _ officer: Officer, in transaction: Transaction
    ) throws -> Bool {
        if officer.may(.manageSystems) { return true }
        switch book.parent {
        case nil:
            let section: String =
                book.id == Book.linkages.id
                ? try LedgerEntry.find(values["from"] ?? "", in: transaction)?["section"] ?? ""
                : values["section"] ?? ""
            return officer.may(.handleExtracts, in: section)
        case "systems":
            return try LedgerEntry.find(parent, in: transaction).map {
                officer.may(.handleExtracts, in: $0["section"])
            } ?? false
        default:
            return try BusinessState.find(parent, in: transaction).map { officer.may(.handleExtracts, in: $0) } ?? false
        }
    }

    /// 記入. A new entry, or the next form of one that the officer saw.
    /// - Parameter seen: the entry and the revision that the officer began with; nil for a new one.
    func write(
        _ typed: [String: String], in book: Book, about parent: String, over seen: (id: String, revision: Int)?,
        by officer: Officer, at moment: Moment
    ) async throws -> LedgerEntry.ID {
        try await database.write { transaction in
            try write(typed, in: book, about: parent, over: seen, by: officer, at: moment, in: transaction)
        }
    }

    func write(
        _ typed: [String: String], in book: Book, about parent: String, over seen: (id: String, revision: Int)?,
        by officer: Officer, at moment: Moment, in transaction: Transaction
    ) throws -> LedgerEntry.ID {
        let words = try bookWords(in: transaction)
        var values: [String: String] = [:]
        for field in book.fields {
            let value = try words.read(typed[field.id] ?? "", field)
            if !value.isEmpty { values[field.id] = value }
        }
        if let from = values["from"], let until = values["until"], Day(iso: from) != nil, until < from {
            throw StandardsRefusal.unusable("「終わり」は「始まり」より後の日にしてください。")
        }
        guard try mayWrite(book, about: parent, values, officer, in: transaction) else {
            throw StandardsRefusal.notYours
        }
        guard let seen else {
            try requireParent(book, parent, in: transaction)
            let entry = LedgerEntry(
                id: .init(), book: book.id, parent: parent, revision: 1, values: values, at: moment)
            try entry.save(by: .officer(officer.id), at: moment, in: transaction)
            return entry.id
        }
        guard let kept = try LedgerEntry.find(seen.id, in: transaction), kept.book == book.id else {
            throw StandardsRefusal.notFound
        }
        guard try mayWrite(book, about: kept.parent, kept.values, officer, in: transaction) else {
            throw StandardsRefusal.notYours
        }
        if kept.values == values {
            transaction.keepHouse("nothing was changed")
            return kept.id
        }
        guard kept.revision == seen.revision else {
            throw StandardsRefusal.notNow("この記入は、ほかの人が先に変えました。開き直して、いまの内容を確かめてください。")
        }
        try LedgerEntry(
            id: kept.id, book: book.id, parent: kept.parent, revision: kept.revision + 1, values: values, at: moment
        ).save(by: .officer(officer.id), at: moment, in: transaction)
        return kept.id
    }

    private func requireParent(_ book: Book, _ parent: String, in transaction: Transaction) throws {
        let isThere =
            switch book.parent {
            case nil: parent.isEmpty
            case "business": StandardBusiness(rawValue: parent) != nil
            default: try LedgerEntry.find(parent, in: transaction).map { $0.book == book.parent } ?? false
            }
        guard isThere else { throw StandardsRefusal.unusable("何についての記入かが分かりません。一覧から、もう一度開いてください。") }
    }

    /// 削除. The entry is not shown any more; its history stays. A system that others speak of stays.
    func remove(_ id: String, seen: Int, by officer: Officer, at moment: Moment) async throws -> LedgerEntry {
        try await database.write { transaction in
            guard let kept = try LedgerEntry.find(id, in: transaction), let book = Book.find(kept.book) else {
                throw StandardsRefusal.notFound
            }
            guard try mayWrite(book, about: kept.parent, kept.values, officer, in: transaction) else {
                throw StandardsRefusal.notYours
            }
            guard kept.revision == seen else {
                throw StandardsRefusal.notNow("この記入は、ほかの人が先に変えました。開き直して、いまの内容を確かめてください。")
            }
            if book.id == Book.systems.id {
                let isNamed =
                    try LedgerEntry.list(.linkages, in: transaction).contains { $0["from"] == id || $0["to"] == id }
                    || !LedgerEntry.list(.contracts, of: id, in: transaction).isEmpty
                guard !isNamed else {
                    throw StandardsRefusal.notNow("契約かデータ連携が、このシステムを指しています。使い終わったときは「使い終わり」の日を入れてください。")
                }
            }
            try LedgerEntry(
                id: kept.id, book: kept.book, parent: kept.parent, revision: kept.revision + 1, values: kept.values,
                at: moment
            ).save(isRemoval: true, by: .officer(officer.id), at: moment, in: transaction)
            return kept
        }
    }

    /// The entries of a book as a table: what a person reads, with what is needed to bring it in again.
    func sheet(_ book: Book, of parent: String?, in transaction: Transaction) throws -> [[String]] {
        let words = try bookWords(in: transaction)
        return [["記入ID", "版", "対象"] + book.fields.map(\.name)]
            + (try LedgerEntry.list(book, of: parent, in: transaction).map { entry in
                let cells =
                    [Cell.text(entry.id.text), .number(entry.revision), .text(entry.parent)]
                    + book.fields.map { field -> Cell in
                        let value = entry[field.id]
                        if case .yen = field.kind { return .text(value) }
                        if case .cards = field.kind { return .text(value) }
                        return .typed(words.shown(value, field.kind))
                    }
                return cells.map(\.csv)
            })
    }

    /// 取込み. Takes a table that was written out and changed; all of it, or nothing.
    func takeSheet(_ bytes: [UInt8], into book: Book, by officer: Officer, at moment: Moment) async throws -> Int {
        guard let text = TextEncoding.text(of: bytes)?.text, let rows = try? CSV.read(text), let head = rows.first
        else {
            throw StandardsRefusal.unusable("表を読めません。CSV（UTF-8 か Shift_JIS）で保存してください。")
        }
        @Sendable func place(_ name: String) -> Int? { head.fields.firstIndex { $0.isExactly(name) } }
        guard place(book.name.name) != nil else {
            throw StandardsRefusal.unusable("見出しに「\(book.name.name)」がありません。書き出した表の見出しを残してください。")
        }
        return try await database.write { transaction in
            var problems: [String] = []
            for record in rows.dropFirst() {
                func cell(_ name: String) -> String {
                    let cell = place(name).flatMap { $0 < record.fields.count ? record.fields[$0] : nil } ?? ""
                    let bare = String(cell.dropFirst())
                    return cell.first == "'" && Cell.typed(bare).csv.isExactly(cell) ? bare : cell
                }
                let (id, typed) = (
                    cell("記入ID"), Dictionary(uniqueKeysWithValues: book.fields.map { ($0.id, cell($0.name)) })
                )
                do {
                    let seen = id.isEmpty ? nil : (id: id, revision: Int(cell("版")) ?? 0)
                    _ = try write(
                        typed, in: book, about: parentID(cell("対象"), book), over: seen, by: officer, at: moment,
                        in: transaction)
                } catch let refusal as StandardsRefusal {
                    problems.append("\(record.line)行目: \(refusal.words[.ja])")
                }
            }
            guard problems.isEmpty else {
                let more = problems.count > 10 ? "ほかに\(problems.count - 10)件あります。" : ""
                throw StandardsRefusal.unusable(problems.prefix(10).joined(separator: " ") + more + "何も取り込んでいません。")
            }
            transaction.keepHouse("each entry is recorded by itself")
            return rows.count - 1
        }
    }

    /// The id of what an entry is about, where its name was written.
    private func parentID(_ written: String, _ book: Book) -> String {
        book.parent == "business"
            ? StandardBusiness.allCases.first { $0.name.isExactly(written) }?.rawValue ?? written : written
    }
}
