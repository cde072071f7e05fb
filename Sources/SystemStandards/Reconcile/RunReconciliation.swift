import Core
import Database
import Tabular

/// 回の突合. The records of two runs, one against the other: before and after a migration, one month and the next.
struct RunReconciliation: Sendable {
    typealias ID = Core.ID<RunReconciliation>

    let id: ID
    /// Which part of the schema is compared.
    let part: String
    let old: ExtractRun.ID
    /// Its key seals what was found: it goes when this run goes.
    let new: ExtractRun.ID
    let map: String
    let state: State
    let differences: [KeptFile]
    let errors: Int
    let notices: Int
    let trouble: String?
    let at: Moment

    enum State: String, Sendable {
        case waiting, done, failed

        var name: String {
            switch self {
            case .waiting: "突き合わせています"
            case .done: "突き合わせました"
            case .failed: "突き合わせられませんでした"
            }
        }
    }

    static let migrations = [
        Migration(
            "standards/0009-reconciliations",
            """
            CREATE TABLE run_reconciliation (
                id TEXT PRIMARY KEY,
                part TEXT NOT NULL,
                old_run TEXT NOT NULL REFERENCES extract_run (id),
                new_run TEXT NOT NULL REFERENCES extract_run (id),
                map TEXT NOT NULL,
                state TEXT NOT NULL,
                differences TEXT NOT NULL DEFAULT '[]',
                summary \(.blob),
                errors \(.integer) NOT NULL DEFAULT 0,
                notices \(.integer) NOT NULL DEFAULT 0,
                trouble TEXT,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX run_reconciliation_new ON run_reconciliation (new_run)")
    ]

    var place: SealingKey.Place { .init("run_reconciliation", id.text, "summary") }

    static func find(_ id: String, in transaction: Transaction) throws -> RunReconciliation? {
        try transaction.row("SELECT * FROM run_reconciliation WHERE id = \(id)").map(RunReconciliation.init)
    }

    /// Those whose later run is one of these, the newest first.
    static func list(of runs: [ExtractRun.ID], in transaction: Transaction) throws -> [RunReconciliation] {
        try transaction.rows("SELECT * FROM run_reconciliation WHERE new_run IN (\(anyOf: runs)) ORDER BY id DESC").map(
            RunReconciliation.init)
    }

    /// The names of everything in the store that reconciliations have.
    static func contents(in transaction: Transaction) throws -> Set<String> {
        try Set(
            transaction.rows("SELECT * FROM run_reconciliation").flatMap {
                try RunReconciliation($0).differences.map(\.content)
            })
    }

    private init(_ row: Row) throws {
        let state: String = try row["state"]
        guard let state = State(rawValue: state) else {
            throw DatabaseError(.corrupted, "a reconciliation of no known state")
        }
        self.state = state
        (id, part, old, new) = try (row["id"], row["part"], row["old_run"], row["new_run"])
        (map, errors, notices) = try (row["map"], row["errors"], row["notices"])
        differences = try KeptJSON.read(row["differences"] as String)
        (trouble, at) = try (row["trouble"], row["at"])
    }
}

extension SystemStandards {
    static let reconcile = "extract.reconcile"

    /// 突合の開始. Of two runs that the officer's section owns.
    func beginReconciliation(
        old: String, new: String, part: String, map: String, by officer: Officer, at moment: Moment
    ) async throws -> RunReconciliation.ID {
        do throws(TableSchema.Mistake) {
            _ = try ReconcileMap(yaml: map)
        } catch {
            throw StandardsRefusal.unusable("対応表を読めません。\(error.description)")
        }
        let id = RunReconciliation.ID()
        try await database.write { transaction in
            let (one, other) = (
                try requireOwnRun(old, officer, in: transaction).run,
                try requireOwnRun(new, officer, in: transaction).run
            )
            guard one.id != other.id else { throw StandardsRefusal.unusable("前と後に、ちがう回を選んでください。") }
            for run in [one, other] {
                guard run.state == .done || run.state == .withdrawn, run.files.contains(where: { $0.part == part })
                else {
                    throw StandardsRefusal.notNow("第\(run.number)回に、突き合わせるファイルがありません。")
                }
            }
            try transaction.run(
                """
                INSERT INTO run_reconciliation (id, part, old_run, new_run, map, state, at)
                VALUES (\(id), \(part), \(one.id), \(other.id), \(map), 'waiting', \(moment))
                """)
            try transaction.enqueue(Self.reconcile, ["reconciliation": id.text], at: moment)
            try transaction.record(
                Event("extract.reconciled", subject: other.id.text, detail: ["with": one.id.text]),
                by: .officer(officer.id), at: moment)
        }
        return id
    }

    var reconciling: JobHandler {
        JobHandler(long: Self.reconcile) { job, _ in
            guard let id = job.payload["reconciliation"],
                let item = try await database.read({ try RunReconciliation.find(id, in: $0) }), item.state == .waiting
            else { return }
            do {
                try await reconcile(item)
            } catch let trouble as any InputTrouble {
                try await fail(item, trouble.description)
            } catch let refusal as StandardsRefusal {
                try await fail(item, refusal.words[.ja])
            } catch {
                guard job.attempts >= 3 else { throw error }
                try await fail(item, "プログラムの側の問題で、突き合わせられませんでした。デジタル推進の担当にお知らせください。")
            }
        }
    }

    private func reconcile(_ item: RunReconciliation) async throws {
        let (old, new) = (try await opened(item.old, item.part), try await opened(item.new, item.part))
        let report = try await Reconciliation(
            ReconcileMap(yaml: item.map), folder: Spool.folder, isKept: false, width: 2
        ).run(old: old.spool.path, new: new.spool.path, names: (old.name, new.name))
        let spool = try Spool()
        try report.csv { try spool.append($0) }
        let kept = try await files.keep(spool, inPartsAs: "\(item.id) differences", key: new.key)
        let summary = AcceptanceSummary(report)
        let sealed = try new.key.seal(try KeptJSON.write(summary), at: item.place)
        try await database.write { transaction in
            transaction.keepHouse("what a reconciliation came to; that it was asked for is recorded")
            try transaction.run(
                """
                UPDATE run_reconciliation SET state = 'done', differences = \(try KeptJSON.write(kept)),
                    summary = \(sealed), errors = \(summary.errors), notices = \(summary.notices) WHERE id = \(item.id)
                """)
        }
    }

    private func opened(
        _ id: ExtractRun.ID, _ part: String
    ) async throws -> (spool: Spool, name: String, key: SealingKey) {
        let run = try await database.read { try ExtractRun.find(id.text, in: $0) }
        guard let run, let file = run.files.first(where: { $0.part == part }),
            let key = try await vault.key(for: run.key)
        else { throw StandardsRefusal.notNow("突き合わせるファイルが、もうありません。") }
        return (try await files.opened(file.parts, key: key), "第\(run.number)回 \(file.name)", key)
    }

    private func fail(_ item: RunReconciliation, _ words: String) async throws {
        try await database.write { transaction in
            transaction.keepHouse("a reconciliation could not be made; that it was asked for is recorded")
            try transaction.run(
                "UPDATE run_reconciliation SET state = 'failed', trouble = \(words) WHERE id = \(item.id)")
        }
    }

    /// Forgets what was found against a run whose values go.
    func clearReconciliations(of run: ExtractRun) async throws {
        let some = try await database.read { try RunReconciliation.list(of: [run.id], in: $0) }
        for part in some.flatMap(\.differences) { try await files.delete(part) }
        try await database.write { transaction in
            transaction.keepHouse("what was found in values that go")
            try transaction.run(
                "UPDATE run_reconciliation SET differences = '[]', summary = NULL WHERE new_run = \(run.id)")
        }
    }
}
