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
                throw ExtractRefusal.notFound
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
                throw ExtractRefusal.notFound
            }
            let (run, extract) = try requireRun(item.new.text, visit.who, in: transaction)
            guard visit.who.may(.handleExtracts, in: extract.section) else { throw ExtractRefusal.notFound }
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

/// The pages of a reconciliation.
struct ReconcilePages {
    let officer: Officer

    func form(
        _ extract: Extract, _ schema: TableSchema, _ runs: [ExtractRun], part: String, map: String, _ typed: Posted,
        problem: String?
    ) -> Page {
        func options(_ now: String?) -> [HTML] {
            runs.map { run in
                let mark = Attributes().with("selected", ifPresent: run.id.text == now ? "" : nil)
                return
                    "<option value=\"\(run.id.text)\"\(mark)>第\(run.number)回（\(run.at.day.iso)、\(run.way.name)）</option>"
            }
        }
        let parts: [HTML] = schema.files.map { file in
            let mark = Attributes().with("selected", ifPresent: file.id == part ? "" : nil)
            return "<option value=\"\(file.id)\"\(mark)>\(file.title)</option>"
        }
        let old = typed["old"] ?? (runs.count > 1 ? runs[1].id.text : nil)
        return Page(
            (problem == nil ? "" : "エラー: ") + "突合", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            \(problem.map { ProblemSummary("始められませんでした", [("map", "\($0)")]).html })
            <h1>前と後を突き合わせる <small>\(extract.name)</small></h1>
            <p>同じキーの記録を比べて、前にあった値が後にない、変わった、字形が変わった、などを項目ごとに数えます。</p>
            \(runs.count < 2 ? "<p class=\"notice\">回が2つ以上になると、突き合わせられます。</p>" as HTML : """
                <form method="post" action="\(Link.extract(extract.id).below("reconcile"))">
                <div class="field"><label for="old">前</label><select id="old" name="old">\(options(old))</select></div>
                <div class="field"><label for="new">後</label><select id="new" name="new">\(options(typed["new"] ?? runs.first?.id.text))</select></div>
                <div class="field"><label for="part">ファイル</label><select id="part" name="part">\(parts)</select></div>
                <div class="field"><label for="map">対応表（YAML）</label><p class="hint" id="map-hint">定義から作ったものです。項目の名前やコードが変わったときは、docs/tables.md のとおりに直します。</p>
                <textarea id="map" name="map" rows="16" class="wide" spellcheck="false" aria-describedby="map-hint">
                \(map)</textarea></div><button class="primary">突き合わせる</button></form>
                """)
            """)
    }

    func result(
        _ item: RunReconciliation, _ run: ExtractRun, _ extract: Extract, _ summary: AcceptanceSummary?
    ) -> Page {
        let place = Link.reconciliation(item.id)
        let body: HTML
        switch (item.state, summary) {
        case (.waiting, _): body = "<p class=\"notice\" role=\"status\">突き合わせています。この画面は、2秒ごとに新しくなります。</p>"
        case (.failed, _):
            body = "<div class=\"state attention\"><p><b>\(item.state.name)。</b>\(item.trouble ?? "")</p></div>"
        case (.done, nil): body = "<p class=\"notice\">期限が過ぎたので、値は消してあります。確かめる差は\(item.errors)件でした。</p>"
        case (.done, let summary?):
            body = """
                \(AcceptancePages.content(summary, at: item.at.isoDay))
                <h2>取り出す</h2><ul class="rows"><li><span>検収票（印刷して署名できます。値は伏せてあります）</span> <a href="\(place.below("sheet.html"))">HTML</a></li>
                <li><span>差の全部（値は、そのまま）</span> <a href="\(place.below("differences.csv"))">CSV</a></li></ul>
                <p>検収したら、<a href="/desk/standardisation">標準化の進み具合</a>の業務のページに書き残します。</p>
                """
        }
        return Page(
            "突合 \(extract.name)", zone: .desk(officer),
            """
            <p class="way"><a href="\(.extract(extract.id))">\(extract.name)</a></p>
            <h1>突合 <small>\(extract.name)</small></h1>\(body)
            """)
    }
}
