import Core
import Database
import Japanese
import Tabular

extension Applications {
    /// More applications than that are written out by a job.
    static let exportedAtOnce = 2000
    /// More rows than that are written as CSV only: a sheet of them would fill the memory.
    static let exportedInSheets = 50_000

    /// What became of an export that was asked for.
    enum Exported: Sendable {
        case made(ExportWriter.Made, count: Int)
        /// It is many: a job writes it.
        case begun(ExportRun.ID)
    }

    /// 書き出し. The table of a choice as a file; recorded with what, how many and which columns.
    func export(
        _ choice: ExportChoice, as format: ExportFormat, by officer: Officer, at moment: Moment
    ) async throws -> Exported {
        try requireExport(choice, officer)
        guard !choice.chosen.isEmpty else { throw ExportRefusal.noColumns }
        let count = try await countExported(choice, upTo: Self.exportedInSheets)
        guard count <= Self.exportedAtOnce else {
            if format == .xlsx, count > Self.exportedInSheets { throw ExportRefusal.tooMany(Self.exportedInSheets) }
            return .begun(try await beginExport(choice, format, by: officer, at: moment))
        }
        return try await exportNow(choice, as: format, by: .officer(officer.id), at: moment)
    }

    /// 書き出し by the command: of whatever size, by whoever may use the town's machine.
    func exportNow(
        _ choice: ExportChoice, as format: ExportFormat, by actor: Actor, at moment: Moment
    ) async throws -> Exported {
        let writer = try ExportWriter(try await exportTable(choice, format), format)
        let count = try await eachExported(choice) { try writer.append($0) }
        let made = try writer.finish()
        try await database.write { transaction in
            try self.record(choice, format, count, by: actor, at: moment, in: transaction)
        }
        return .made(made, count: count)
    }

    func exportTable(_ choice: ExportChoice, _ format: ExportFormat) async throws -> ExportTable {
        let fields = try await database.read { try ExportFields(of: choice.card, shelf: shelf, in: $0) }
        return ExportTable(fields: fields, columns: choice.chosen, town: town, hasSheets: format == .xlsx)
    }

    func record(
        _ choice: ExportChoice, _ format: ExportFormat, _ count: Int, by actor: Actor, at moment: Moment,
        in transaction: Transaction
    ) throws {
        let detail = choice.detail.merging(["format": format.rawValue, "count": String(count)]) { $1 }
        try transaction.record(Event("cases.exported", subject: choice.card, detail: detail), by: actor, at: moment)
    }

    /// Throws unless the officer reads the applications of the choice's section.
    func requireExport(_ choice: ExportChoice, _ officer: Officer) throws {
        guard officer.may(.readCases, in: choice.section) else { throw ExportRefusal.notFound }
    }

    /// 選び方の保存. Under a new name, or as the kept one that the officer saw.
    func keep(
        _ choice: ExportChoice, named typed: String, over seen: (id: ExportChoice.ID, revision: Int)?,
        by officer: Officer, at moment: Moment
    ) async throws -> ExportChoice.ID {
        try requireExport(choice, officer)
        let name = Spaces.trim(typed)
        if name.isEmpty || Unwanted.hasControls(name) { throw ExportRefusal.nameMissing }
        if name.count > ExportChoice.longestName { throw ExportRefusal.nameTooLong }
        if choice.chosen.isEmpty { throw ExportRefusal.noColumns }
        _ = try FileNameRule(choice.rule)
        return try await database.write { transaction in
            let named = try ExportChoice.find(
                named: name, section: choice.section, card: choice.card, in: transaction)
            let id = seen?.id ?? ExportChoice.ID()
            if let named, named.id != id {
                // Pressed twice, it is kept once.
                guard try seen == nil && named.choice.text == choice.text else { throw ExportRefusal.nameTaken }
                transaction.keepHouse("the same press again")
                return named.id
            }
            if let seen {
                guard let kept = try ExportChoice.find(seen.id, in: transaction), kept.choice.section == choice.section,
                    kept.choice.card == choice.card
                else { throw ExportRefusal.notFound }
                guard kept.revision == seen.revision else { throw ExportRefusal.changedSince }
                try choice.replace(id, named: name, in: transaction)
            } else {
                try choice.insert(id, named: name, in: transaction)
            }
            try transaction.record(
                Event("export.saved", subject: id.text, detail: choice.detail), by: .officer(officer.id), at: moment)
            return id
        }
    }

    /// Takes a kept choice away. One that is gone already stays gone.
    func removeChoice(_ id: ExportChoice.ID, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard let kept = try ExportChoice.find(id, in: transaction) else {
                return transaction.keepHouse("it is gone already")
            }
            try requireExport(kept.choice, officer)
            try transaction.run("DELETE FROM export_choice WHERE id = \(id)")
            try transaction.record(Event("export.removed", subject: id.text), by: .officer(officer.id), at: moment)
        }
    }
}
