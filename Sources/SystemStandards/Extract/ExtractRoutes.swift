import Core
import Database
import HTML
import Tabular
import Web

extension SystemStandards {
    /// 抽出: the list of them, their runs, and files on their way in.
    func addExtractRoutes(to site: inout Site) {
        site.add(MenuItem("データの点検", "/desk/extracts", needs: .writeSystems))
        site.officer(.get, "/desk/extracts", needs: .writeSystems) { visit in .page(try await extractList(visit)) }

        site.officer(.post, "/desk/extracts", needs: .handleExtracts) { visit in
            try await attempt {
                let id = try await makeExtract(
                    named: visit.posted["name"] ?? "", section: visit.posted["section"] ?? "",
                    schema: visit.posted["schema"] ?? "", by: visit.who, at: visit.moment)
                return .redirect(.extract(id))
            } orShow: {
                try await extractList(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/extracts/{extract}", needs: .writeSystems) { visit in
            .page(try await extractPage(visit))
        }

        site.officer(.post, "/desk/extracts/{extract}", needs: .handleExtracts, takesFiles: true) { visit in
            try await attempt {
                guard let upload = visit.upload else { throw StandardsRefusal.noFile }
                let extract = try await database.read {
                    try requireExtract(visit.parameter("extract"), visit.who, in: $0)
                }
                return .redirect(.run(try await receiveRun(extract, upload, by: visit.who, at: visit.moment)))
            } orShow: {
                try await extractPage(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/extracts/{extract}/compare", needs: .writeSystems) { visit in
            let (from, to) = (visit.query["from"] ?? "", visit.query["to"] ?? "")
            let found = try await database.read { transaction in
                let extract = try requireExtract(visit.parameter("extract"), visit.who, in: transaction)
                let (one, other) = (
                    try requireRun(from, visit.who, in: transaction).run,
                    try requireRun(to, visit.who, in: transaction).run
                )
                guard one.extract == extract.id, other.extract == extract.id else { throw StandardsRefusal.notFound }
                return (
                    extract: extract, from: (one, try FindingGroup.list(of: one.id, in: transaction)),
                    to: (other, try FindingGroup.list(of: other.id, in: transaction))
                )
            }
            return .page(
                ExtractPages(officer: visit.who, town: town).comparison(found.extract, from: found.from, to: found.to))
        }
    }

    /// Does what was asked; what has to be mended is told on the page it was typed on.
    func attempt(
        _ work: () async throws -> Answer, orShow page: (String) async throws -> Page
    ) async throws -> Answer {
        do {
            return try await work()
        } catch let refusal as StandardsRefusal {
            var shown: Page
            switch refusal.kind {
            case .invalid:
                shown = try await page(refusal.words[.ja])
                shown.status = 422
            case .conflict:
                shown = try await page(refusal.words[.ja])
                shown.status = 409
            default: throw refusal
            }
            return .page(shown)
        }
    }

    private func extractList(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let sections = shownSections(visit.who)
        let (extracts, newest, schemas) = try await database.read { transaction in
            let extracts = try Extract.list(of: sections, in: transaction)
            return (
                extracts, try ExtractRun.newest(of: extracts.map(\.id), in: transaction),
                try KeptSchema.list(in: transaction)
            )
        }
        return ExtractPages(officer: visit.who, town: town).list(
            extracts, newest: newest, schemas: schemas, problem: problem, typed: visit.posted)
    }

    private func extractPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let (extract, runs, made, names) = try await database.read { transaction in
            let extract = try requireExtract(visit.parameter("extract"), visit.who, in: transaction)
            let runs = try ExtractRun.list(of: extract.id, in: transaction)
            return (
                extract, runs, try RunReconciliation.list(of: runs.map(\.id), in: transaction),
                try staff.names(transaction)
            )
        }
        return ExtractPages(officer: visit.who, town: town).extract(
            extract, try await currentSchema(of: extract), runs, made, names: names, problem: problem)
    }
}
