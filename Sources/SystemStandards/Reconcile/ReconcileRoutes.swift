import Core
import Database
import HTML
import Japanese
import Tabular
import Web

extension Link {
    static func reconciliation(_ id: RunReconciliation.ID) -> Link { "/desk/reconciliations/\(id.text)" }
}

extension SystemStandards {
    /// 突合: two runs chosen, their map looked through, and what came of it.
    func addReconcileRoutes(to site: inout Site) {
        site.officer(.get, "/desk/extracts/{extract}/reconcile", needs: .handleExtracts) { visit in
            .page(try await reconcileForm(visit, visit.query))
        }

        site.officer(.post, "/desk/extracts/{extract}/reconcile", needs: .handleExtracts) { visit in
            try await attempt {
                let typed = visit.posted
                let id = try await beginReconciliation(
                    old: typed["old"] ?? "", new: typed["new"] ?? "", part: typed["part"] ?? "",
                    map: (typed["map"] ?? "").replacing("\r\n", with: "\n"), by: visit.who, at: visit.moment)
                return .redirect(.reconciliation(id))
            } orShow: {
                try await reconcileForm(visit, visit.posted, problem: $0)
            }
        }

        site.officer(.get, "/desk/reconciliations/{reconciliation}", needs: .handleExtracts) { visit in
            let (item, run, extract) = try await requireReconciliation(visit)
            var summary: AcceptanceSummary?
            if let key = try await vault.key(for: run.key) { summary = try await self.summary(item, key) }
            let page = ReconcilePages(officer: visit.who).result(item, run, extract, summary)
            return item.state == .waiting ? .page(page).refreshing(after: 2) : .page(page)
        }

        site.officer(.get, "/desk/reconciliations/{reconciliation}/differences.csv", needs: .handleExtracts) { visit in
            let (item, run, extract) = try await requireReconciliation(visit)
            let key = try await openKey(of: run)
            try await note("extract.viewed", run, visit, ["reconciliation": item.id.text])
            let (whole, size) = (try await files.opened(item.differences, key: key), FileStore.piece)
            return .file(
                Download(type: "text/csv; charset=utf-8", name: "\(extract.name) 突合.csv", isShown: false) { index in
                    index * size < whole.count ? whole.bytes(from: index * size, count: size) : nil
                })
        }

        site.officer(.get, "/desk/reconciliations/{reconciliation}/sheet.html", needs: .handleExtracts) { visit in
            let (item, run, extract) = try await requireReconciliation(visit)
            guard let summary = try await summary(item, try await openKey(of: run)) else {
                throw StandardsRefusal.notFound
            }
            let bytes = AcceptancePages.sheet(summary, at: item.at.isoDay).bytes
            return .file(
                Download(type: "text/html; charset=utf-8", name: "\(extract.name) 検収票.html", isShown: false) {
                    $0 == 0 ? bytes : nil
                })
        }
    }

    private func summary(_ item: RunReconciliation, _ key: SealingKey) async throws -> AcceptanceSummary? {
        let sealed: [UInt8]? = try await database.read {
            try $0.row("SELECT summary FROM run_reconciliation WHERE id = \(item.id)")?["summary"]
        }
        return try sealed.map { try KeptJSON.read(key.open($0, at: item.place)) }
    }

    private func requireReconciliation(
        _ visit: Visit<Officer>
    ) async throws -> (RunReconciliation, ExtractRun, Extract) {
        try await database.read { transaction in
            guard let item = try RunReconciliation.find(visit.parameter("reconciliation"), in: transaction) else {
                throw StandardsRefusal.notFound
            }
            let (run, extract) = try requireRun(item.new.text, visit.who, in: transaction)
            guard visit.who.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notFound }
            return (item, run, extract)
        }
    }

    private func reconcileForm(_ visit: Visit<Officer>, _ typed: Posted, problem: String? = nil) async throws -> Page {
        let (extract, runs) = try await database.read { transaction in
            let extract = try requireExtract(visit.parameter("extract"), visit.who, in: transaction)
            return (extract, try ExtractRun.list(of: extract.id, in: transaction))
        }
        let schema = try await currentSchema(of: extract)
        let part = schema.files.first { $0.id == typed["part"] } ?? schema.files[0]
        let map = try typed["map"] ?? ReconcileMap(of: part).yaml()
        return ReconcilePages(officer: visit.who).form(
            extract, schema, runs.filter { $0.state == .done || $0.state == .withdrawn }, part: part.id, map: map,
            typed,
            problem: problem)
    }
}
