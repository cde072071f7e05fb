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
            try write(
                typed, in: book, about: parent, over: seen, bookWords(in: transaction), by: officer, at: moment,
                in: transaction)
        }
    }

    private func write(
        _ typed: [String: String], in book: Book, about parent: String, over seen: (id: String, revision: Int)?,
        _ words: BookWords, by officer: Officer, at moment: Moment, in transaction: Transaction
    ) throws -> LedgerEntry.ID {
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
        if kept.isSame(as: values) {
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
                [entry.id.text, String(entry.revision), entry.parent]
                    + book.fields.map { FormulaGuard.guarded(words.written(entry[$0.id], $0.kind)) }
            })
    }

    /// 取込み. Takes a table that was written out and changed; all of it, or nothing. A column that is not there, and a cell that
    /// was not changed, change nothing.
    func takeSheet(_ bytes: [UInt8], into book: Book, by officer: Officer, at moment: Moment) async throws -> Int {
        let file = try StandardsRefusal.sheet(bytes)
        guard file.header.contains(book.name.name) else {
            throw StandardsRefusal.unusable("見出しに「\(book.name.name)」がありません。書き出した表の見出しを残してください。")
        }
        return try await database.write { transaction in
            let words = try bookWords(in: transaction)
            let entries = try LedgerEntry.list(book, in: transaction).reduce(into: [:]) { $0[$1.id.text] = $1 }
            var problems: [String] = []
            for record in file.records {
                let id = file.cell(record, "記入ID") ?? ""
                do {
                    let typed = try typed(record, of: file, in: book, over: entries[id], words)
                    let seen = id.isEmpty ? nil : (id: id, revision: Int(file.cell(record, "版") ?? "") ?? 0)
                    let parent = parentID(file.cell(record, "対象") ?? "", book)
                    _ = try write(
                        typed, in: book, about: parent, over: seen, words, by: officer, at: moment, in: transaction)
                } catch let refusal as StandardsRefusal {
                    problems.append("\(record.line)行目: \(refusal.words[.ja])")
                }
            }
            guard problems.isEmpty else {
                let more = problems.count > 10 ? "ほかに\(problems.count - 10)件あります。" : ""
                throw StandardsRefusal.unusable(problems.prefix(10).joined(separator: " ") + more + "何も取り込んでいません。")
            }
            transaction.keepHouse("each entry is recorded by itself")
            return file.records.count
        }
    }

    /// What a row says of an entry.
    private func typed(
        _ record: CSV.Record, of file: SheetFile, in book: Book, over entry: LedgerEntry?, _ words: BookWords
    ) throws(StandardsRefusal) -> [String: String] {
        var typed = entry?.values ?? [:]
        for field in book.fields {
            guard let cell = file.cell(record, field.name) else { continue }
            let written = entry.map { words.written($0[field.id], field.kind) }
            let value = written.map { file.value(cell, now: $0) } ?? cell
            // Unchanged, it stays what it is, whatever else has the same name.
            if let written, value.isExactly(written) { continue }
            guard !file.isLost(value) else {
                throw .unusable("「\(field.name)」に、Shift_JIS にない字が〓になっています。UTF-8 の表で取り込んでください。")
            }
            typed[field.id] = value
        }
        return typed
    }

    /// The id of what an entry is about, where its name was written.
    private func parentID(_ written: String, _ book: Book) -> String {
        book.parent == "business"
            ? StandardBusiness.allCases.first { $0.name.isExactly(written) }?.rawValue ?? written : written
    }
}
