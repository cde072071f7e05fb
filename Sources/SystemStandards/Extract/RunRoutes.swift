import Core
import Database
import HTML
import Japanese
import Tabular
import Web

extension SystemStandards {
    /// A run: its report, its files, and what is done with them.
    func addRunRoutes(to site: inout Site) {
        site.officer(.get, "/desk/runs/{run}", needs: .writeSystems) { visit in
            let (page, state) = try await runPage(visit)
            return [.waiting, .checking].contains(state) ? .page(page).refreshing(after: 2) : .page(page)
        }

        onRun("apply", &site) { visit in
            .redirect(.run(try await applyMends(to: visit.parameter("run"), by: visit.who, at: visit.moment)))
        }

        onRun("characters/apply", &site) { visit in
            .redirect(.run(try await applyDecisions(to: visit.parameter("run"), by: visit.who, at: visit.moment)))
        }

        onRun("withdraw", &site) { visit in
            let run = try await withdraw(visit.parameter("run"), by: visit.who, at: visit.moment)
            return .redirect(run.base.map { .run($0) } ?? .extract(run.extract))
        }

        onRun("worksheets", &site) { visit in
            try await handOut(
                visit.posted["source"] ?? "", of: visit.parameter("run"), to: visit.posted["section"] ?? "",
                dueOn: visit.posted["due"] ?? "", by: visit.who, at: visit.moment)
            return .redirect(
                .run(try await database.read { try requireOwnRun(visit.parameter("run"), visit.who, in: $0).run.id }))
        }

        site.officer(.get, "/desk/runs/{run}/findings.csv", needs: .handleExtracts) { visit in
            let (run, extract, key, schema) = try await openRun(visit)
            let groups = try await database.read { try FindingGroup.list(of: run.id, in: $0) }
            let isPlain = visit.query["values"] == "plain"
            try await note(
                isPlain ? "extract.viewed" : "extract.taken", run, visit, ["values": isPlain ? "plain" : "covered"])
            let writer = FindingSheet(room: self, run: run, key: key, schema: schema, groups: groups, isPlain: isPlain)
            return .file(
                Download(
                    type: "text/csv; charset=utf-8", name: "\(extract.name) 第\(run.number)回.csv", isShown: false
                ) { _ in try await writer.next() })
        }

        site.officer(.get, "/desk/runs/{run}/files/{part}", needs: .handleExtracts) { visit in
            let (run, _, key, _) = try await openRun(visit)
            return try await send(run.files, "", run, key, visit)
        }

        site.officer(.get, "/desk/runs/{run}/changes/{part}", needs: .handleExtracts) { visit in
            let (run, _, key, _) = try await openRun(visit)
            return try await send(run.changes, "変更-", run, key, visit)
        }
    }

    private func onRun(
        _ verb: StaticString, _ site: inout Site, _ work: @escaping @Sendable (Visit<Officer>) async throws -> Answer
    ) {
        site.officer(.post, "/desk/runs/{run}/\(verb)", needs: .handleExtracts) { visit in
            try await attempt {
                try await work(visit)
            } orShow: {
                try await runPage(visit, problem: $0).page
            }
        }
    }

    /// A run of the officer's own section, with what opens it.
    func openRun(
        _ visit: Visit<Officer>
    ) async throws -> (run: ExtractRun, extract: Extract, key: SealingKey, schema: TableSchema) {
        let (found, schema) = try await database.read { transaction in
            let found = try requireOwnRun(visit.parameter("run"), visit.who, in: transaction)
            return (found, try ExtractRun.schema(of: found.run.id, in: transaction))
        }
        return (found.run, found.extract, try await openKey(of: found.run), schema)
    }

    func note(
        _ kind: String, _ run: ExtractRun, _ visit: Visit<Officer>, _ detail: [String: String]
    ) async throws {
        try await database.write { transaction in
            try transaction.record(
                Event(kind, subject: run.id.text, detail: detail), by: .officer(visit.who.id), at: visit.moment)
        }
    }

    private func send(
        _ list: [ExtractRun.File], _ before: String, _ run: ExtractRun, _ key: SealingKey, _ visit: Visit<Officer>
    ) async throws -> Answer {
        guard let file = list.first(where: { $0.part == visit.parameter("part") }) else {
            throw StandardsRefusal.notFound
        }
        try await note("extract.viewed", run, visit, ["file": file.part])
        let (whole, size) = (try await files.opened(file.parts, key: key), FileStore.piece)
        return .file(
            Download(type: "text/csv", name: before + file.name, isShown: false) { index in
                index * size < whole.count ? whole.bytes(from: index * size, count: size) : nil
            })
    }

    private func runPage(
        _ visit: Visit<Officer>, problem: String? = nil
    ) async throws -> (page: Page, state: ExtractRun.State) {
        let found = try await database.read { transaction in
            let (run, extract) = try requireRun(visit.parameter("run"), visit.who, in: transaction)
            return (
                run: run, extract: extract, groups: try FindingGroup.list(of: run.id, in: transaction),
                sheets: try Worksheet.list(of: run.id, in: transaction), names: try staff.names(transaction),
                later: try ExtractRun.list(of: extract.id, in: transaction).filter {
                    $0.base == run.id && $0.state != .withdrawn
                }
            )
        }
        let pages = RunPages(officer: visit.who, town: town, extract: found.extract, run: found.run)
        var content = RunPages.Content()
        (content.groups, content.sheets, content.names) = (found.groups, found.sheets, found.names)
        content.later = found.later
        content.today = visit.moment.day.adding(days: 14).iso
        if pages.isOwn, found.run.state == .done, let key = try await vault.key(for: found.run.key) {
            content.mends = try await database.read { try Mend.list(of: found.run.id, key: key, in: $0) }
        }
        return (pages.page(content, RunPages.Filter(visit.query), problem: problem), found.run.state)
    }
}
