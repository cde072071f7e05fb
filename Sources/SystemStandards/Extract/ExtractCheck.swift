import Core
import Database
import FoundationEssentials
import Japanese
import Synchronization
import Tabular

extension SystemStandards {
    static let check = "extract.check"
    static let clear = "extract.clear"

    /// 検査. Checks the files of a run, in memory, and keeps what was found sealed.
    var checking: JobHandler {
        JobHandler(long: Self.check) { job, now in
            guard let id = job.payload["run"],
                let run = try await database.read({ try ExtractRun.find(id, in: $0) }),
                run.state == .waiting || run.state == .checking, let key = try await vault.key(for: run.key)
            else { return }
            do {
                try await check(run, key, at: now)
            } catch let trouble as any InputTrouble {
                try await fail(run, trouble.description, at: now)
            } catch {
                guard job.attempts >= 3 else { throw error }
                try await fail(run, "プログラムの側の問題で、調べられませんでした。デジタル推進の担当にお知らせください。", at: now)
            }
        }
    }

    private func check(_ run: ExtractRun, _ key: SealingKey, at now: Moment) async throws {
        try await note(run, "state = 'checking', done = 0")
        let (schema, earlier) = try await database.read { transaction in
            (try ExtractRun.schema(of: run.id, in: transaction), try run.earlier(in: transaction))
        }
        var memory: FindingMemory?
        if let earlier { memory = try await self.memory(of: earlier) }
        var spools: [Spool] = []
        for file in run.files { spools.append(try await files.opened(file.parts, key: key)) }
        // What the first part did not show: then nothing of the run stays.
        for (file, spool) in zip(run.files, spools) {
            guard let column = IndividualNumbers.column(in: try TableFile(spool.path)) else { continue }
            try await vault.shred(run.key)
            for part in run.files.flatMap(\.parts) { try await files.delete(part) }
            try await note(run, "files = '[]'")
            return try await fail(
                run, "\(file.name): \(StandardsRefusal.individualNumbers(column).words[.ja])", at: now)
        }
        let inputs = zip(run.files, spools).map { TableCheck.Input(path: $1.path, name: $0.name, file: $0.part) }
        let progress = CheckProgress()
        let teller = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(700))
                try await note(run, "done = \(progress.done)")
            }
        }
        defer { teller.cancel() }
        let report = try await TableCheck(schema, folder: Spool.folder, width: 2).run(inputs) { done, _ in
            progress.tell(done)
        }
        let found = try FindingFile(report, since: memory)
        let characters = try CharacterCount.sealed(run, spools, key)
        let kept = try await files.keep(found.spool, inPartsAs: "\(run.id) findings", key: key)
        try await finish(run, Outcome(report, earlier: earlier?.id), found, kept, characters, at: now)
    }

    /// What a check came to, in numbers.
    private struct Outcome: Sendable {
        let rows: Int
        let errors: Int
        let notices: Int
        let earlier: ExtractRun.ID?

        init(_ report: CheckReport, earlier: ExtractRun.ID?) {
            rows = report.files.reduce(0) { $0 + $1.rows }
            (errors, notices, self.earlier) = (report.errorCount, report.count(.notice), earlier)
        }
    }

    private func finish(
        _ run: ExtractRun, _ outcome: Outcome, _ found: FindingFile, _ kept: [KeptFile], _ characters: [UInt8],
        at now: Moment
    ) async throws {
        let (groups, places) = (found.groups, found.pages)
        try await database.write { transaction in
            try transaction.run("DELETE FROM extract_group WHERE run = \(run.id)")
            for (group, pages) in zip(groups, places) { try group.insert(of: run.id, pages: pages, in: transaction) }
            try transaction.run(
                """
                UPDATE extract_run SET state = 'done', done = \(run.size), row_count = \(outcome.rows),
                    errors = \(outcome.errors), notices = \(outcome.notices), findings = \(try KeptJSON.write(kept)),
                    earlier = \(outcome.earlier), characters = \(characters), finished_at = \(now)
                WHERE id = \(run.id)
                """)
            try transaction.record(
                Event(
                    "extract.checked", subject: run.id.text,
                    detail: [
                        "rows": String(outcome.rows), "errors": String(outcome.errors),
                        "notices": String(outcome.notices),
                    ]),
                by: .system, at: now)
        }
    }

    private func fail(_ run: ExtractRun, _ words: String, at now: Moment) async throws {
        try await database.write { transaction in
            try transaction.run("UPDATE extract_run SET state = 'failed', trouble = \(words) WHERE id = \(run.id)")
            try transaction.record(Event("extract.failed", subject: run.id.text), by: .system, at: now)
        }
    }

    private func note(_ run: ExtractRun, _ change: SQL) async throws {
        try await database.write { transaction in
            transaction.keepHouse("how far a check is")
            try transaction.run("UPDATE extract_run SET \(change) WHERE id = \(run.id) AND state <> 'done'")
        }
    }

    /// 消去. After ninety days nothing is left of the files and of what was found in them; the numbers stay.
    var clearing: JobHandler {
        JobHandler(Self.clear) { job, now in
            guard let id = job.payload["run"], let run = try await database.read({ try ExtractRun.find(id, in: $0) }),
                run.state != .cleared
            else { return }
            try await vault.shred(run.key)
            try await clearReconciliations(of: run)
            for part in run.files.flatMap(\.parts) + run.findings + run.changes.flatMap(\.parts) {
                try await files.delete(part)
            }
            try await database.write { transaction in
                try transaction.run("DELETE FROM extract_mend WHERE run = \(run.id)")
                try transaction.run(
                    """
                    UPDATE extract_run SET state = 'cleared', files = '[]', findings = '[]', changes = '[]',
                        characters = NULL WHERE id = \(run.id)
                    """)
                try transaction.record(Event("extract.cleared", subject: run.id.text), by: .system, at: now)
            }
        }
    }
}

/// How far a check is, told from wherever it works.
private final class CheckProgress: Sendable {
    private let bytes = Mutex(0)

    var done: Int { bytes.withLock { $0 } }
    func tell(_ count: Int) { bytes.withLock { $0 = count } }
}
