import Core
import Database
import Japanese
import Tabular
import Web

extension SystemStandards {
    /// The sections whose extracts an officer is shown.
    func shownSections(_ officer: Officer) -> [String] {
        if officer.may(.manageSystems) { return town.sections.map(\.id) }
        return officer.sections(for: .handleExtracts) ?? []
    }

    /// An extract that an officer is shown. Throws ``StandardsRefusal/notFound`` for any other one.
    func requireExtract(_ id: String, _ officer: Officer, in transaction: Transaction) throws -> Extract {
        guard let extract = try Extract.find(id, in: transaction),
            officer.may(.manageSystems) || officer.may(.handleExtracts, in: extract.section)
        else { throw StandardsRefusal.notFound }
        return extract
    }

    /// A run with its extract, for an officer who is shown it.
    func requireRun(
        _ id: String, _ officer: Officer, in transaction: Transaction
    ) throws -> (run: ExtractRun, extract: Extract) {
        guard let run = try ExtractRun.find(id, in: transaction) else { throw StandardsRefusal.notFound }
        return (run, try requireExtract(run.extract.text, officer, in: transaction))
    }

    /// The same, for an officer of the section whose data they are.
    func requireOwnRun(
        _ id: String, _ officer: Officer, in transaction: Transaction
    ) throws -> (run: ExtractRun, extract: Extract) {
        let (run, extract) = try requireRun(id, officer, in: transaction)
        guard officer.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
        return (run, extract)
    }

    /// 抽出の登録.
    func makeExtract(
        named typed: String, section: String, schema: String, by officer: Officer, at moment: Moment
    ) async throws -> Extract.ID {
        let name = Spaces.trim(typed)
        guard (1...Extract.longestName).contains(name.count), !Unwanted.hasControls(name) else {
            throw StandardsRefusal.nameMissing
        }
        guard officer.may(.handleExtracts, in: section), town.sections.contains(where: { $0.id == section }) else {
            throw StandardsRefusal.noSection
        }
        let id = Extract.ID()
        try await database.write { transaction in
            guard try KeptSchema.find(schema, in: transaction) != nil else {
                throw StandardsRefusal.unusable("定義を選んでください。")
            }
            try Extract(id: id, name: name, section: section, schema: schema).insert(at: moment, in: transaction)
            try transaction.record(
                Event("extract.made", subject: id.text, detail: ["section": section, "schema": schema]),
                by: .officer(officer.id), at: moment)
        }
        return id
    }

    /// ファイルの受け取り. Takes the files of a run as they arrive, and has them checked.
    func receiveRun(_ extract: Extract, _ upload: Upload, by officer: Officer, at moment: Moment) async throws
        -> ExtractRun.ID
    {
        guard officer.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
        try limits.uploads.take(officer.id.text, at: moment)
        let schema = try await currentSchema(of: extract)
        let run = ExtractRun.ID()
        let key = try await vault.makeKey(for: "extract \(run)")
        var arriving: [(part: String, name: String, parts: KeptParts)] = []
        _ = try await upload.read { file in
            guard let part = schema.files.first(where: { "file-\($0.id)" == file.control }),
                !arriving.contains(where: { $0.part == part.id })
            else { return nil }
            let parts = try KeptParts("\(run) \(part.id)", files, key, inspect: StandardsRefusal.reason)
            arriving.append((part.id, file.name, parts))
            return parts
        }
        var received: [ExtractRun.File] = []
        for file in arriving {
            if let refusal = await file.parts.refusal {
                for other in arriving { for part in await other.parts.parts { try await files.delete(part) } }
                try await vault.shred("extract \(run)")
                throw refusal
            }
            let parts = await file.parts.parts
            if !parts.isEmpty { received.append(.init(part: file.part, name: file.name, parts: parts)) }
        }
        guard !received.isEmpty else {
            try await vault.shred("extract \(run)")
            throw StandardsRefusal.noFile
        }
        try await begin(
            run, of: extract, schema, received, .upload, base: nil, changes: [], changed: 0, by: officer.id,
            at: moment)
        return run
    }

    /// Puts a run down and enqueues its check, and its end.
    func begin(
        _ id: ExtractRun.ID, of extract: Extract, _ schema: TableSchema, _ received: [ExtractRun.File],
        _ way: ExtractRun.Way, base: ExtractRun.ID?, changes: [ExtractRun.File], changed: Int,
        by officer: Core.ID<Officer>,
        at moment: Moment
    ) async throws {
        try await database.write { transaction in
            let last: Int =
                try transaction.row(
                    "SELECT coalesce(max(number), 0) AS n FROM extract_run WHERE extract = \(extract.id)")?[
                    "n"] ?? 0
            try transaction.run(
                """
                INSERT INTO extract_run (id, extract, number, state, way, base, schema_text, files, changes, changed,
                    officer, at)
                VALUES (\(id), \(extract.id), \(last + 1), 'waiting', \(way.rawValue), \(base), \(try schema.yaml()),
                    \(try KeptJSON.write(received)), \(try KeptJSON.write(changes)), \(changed), \(officer),
                    \(moment))
                """)
            try transaction.enqueue(Self.check, ["run": id.text], at: moment)
            try transaction.enqueue(Self.clear, ["run": id.text], at: moment.adding(seconds: ExtractRun.life))
            try transaction.record(
                Event(
                    "extract.sent", subject: id.text,
                    detail: [
                        "extract": extract.id.text, "number": String(last + 1), "way": way.rawValue,
                        "files": String(received.count), "bytes": String(received.reduce(0) { $0 + $1.size }),
                    ]),
                by: way == .pull ? .system : .officer(officer), at: moment)
        }
    }

    /// The schema that an extract's next files are checked against.
    func currentSchema(of extract: Extract) async throws -> TableSchema {
        let kept = try await database.read { try KeptSchema.find(extract.schema, in: $0) }
        guard let kept else { throw StandardsRefusal.notNow("この抽出の定義が、もうありません。") }
        return try TableSchema(yaml: kept.yaml)
    }

    /// 回の取消し. The run is not gone on with; the one whose files it mended is the newest again.
    func withdraw(_ id: String, by officer: Officer, at moment: Moment) async throws -> ExtractRun {
        try await database.write { transaction in
            let (run, _) = try requireOwnRun(id, officer, in: transaction)
            if run.state == .withdrawn {
                transaction.keepHouse("the same press again")
                return run
            }
            guard run.state == .done || run.state == .failed else {
                throw StandardsRefusal.notNow("調べ終わるまで、取り消せません。")
            }
            let later = try transaction.exists(
                "SELECT 1 FROM extract_run WHERE base = \(run.id) AND state IN ('waiting', 'checking', 'done')")
            guard !later else { throw StandardsRefusal.notNow("この回をもとに直した回があります。先に、その回を取り消してください。") }
            try transaction.run("UPDATE extract_run SET state = 'withdrawn' WHERE id = \(run.id)")
            try transaction.record(
                Event("extract.withdrawn", subject: run.id.text), by: .officer(officer.id), at: moment)
            return run
        }
    }
}
