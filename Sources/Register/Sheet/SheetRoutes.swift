import Core
import Database
import HTML
import Japanese
import Tabular
package import Web

extension Link {
    /// A sheet of the register.
    static func sheet(_ kind: CardSheet.Kind) -> Link {
        switch kind {
        case .cards: "/desk/cards.csv"
        case .papers: "/desk/cards/papers.csv"
        case .steps: "/desk/cards/steps.csv"
        case .links: "/desk/cards/links.csv"
        case .facts: "/desk/cards/facts.csv"
        }
    }
}

extension Register {
    /// 台帳のCSV, out and in.
    func addSheetRoutes(to site: inout Site) {
        for kind in CardSheet.Kind.allCases {
            site.officer(.get, Link.sheet(kind).address, needs: nil) { visit in
                let rows = try await sheet(kind, CardFilter(visit.query))
                return .file(
                    Download(table: rows, name: "台帳-\(kind.rawValue)-\(visit.moment.day.iso).csv", visit.query))
            }
        }

        site.officer(.get, "/desk/cards/import", needs: .editCards) { visit in
            .page(importPages(visit.who).form(importing, problem: nil))
        }

        site.officer(.post, "/desk/cards/import", needs: .editCards, takesFiles: true) { visit in
            try await receive(visit, kind: "register", importPages(visit.who), importing) {
                Link("/desk/cards/import").below($0)
            }
        }

        site.officer(.get, "/desk/cards/import/{upload}", needs: .editCards) { visit in
            let upload = try await waiting(visit, kind: "register")
            let pages = importPages(visit.who)
            if let result = upload.result { return .page(pages.done(result)) }
            let report = try await check(upload.content, by: .officer(visit.who), at: visit.moment)
            return .page(pages.report(report, apply: Link("/desk/cards/import").below(upload.id.text)))
        }

        site.officer(.post, "/desk/cards/import/{upload}", needs: .editCards) { visit in
            let id = visit.parameter("upload")
            // Read within the same transaction: pressed twice, it is taken once.
            let report = try await database.write { transaction -> SheetReport? in
                guard let upload = try SheetUpload.find(id, by: visit.who, in: transaction), upload.kind == "register"
                else { throw Refused.notHere }
                guard upload.result == nil else {
                    transaction.keepHouse("taken before")
                    return nil
                }
                let report = try take(
                    upload.content, note: "CSVの取込み", by: .officer(visit.who), at: visit.moment, in: transaction)
                if report.findings.isEmpty {
                    try upload.finish("\(report.changes.count)件を取り込みました。", in: transaction)
                }
                return report
            }
            let place = Link("/desk/cards/import").below(id)
            guard let report, !report.findings.isEmpty else { return .redirect(place) }
            return .page(importPages(visit.who).report(report, apply: place))
        }
    }

    private func importPages(_ officer: Officer) -> SheetPages {
        SheetPages(
            officer: officer, home: ("/desk/cards", "手続・業務台帳"), title: "台帳のCSVの取込み", target: "/desk/cards/import")
    }

    private var importing: HTML {
        """
        <p>書き出したCSV（カード・添付書類・業務の流れ・つながり・事実の記録）を直して送ると、直したところだけを取り込みます。
        サービスカタログのJSON（GIF DS-451-4）も送れます。</p>
        <ul><li>「識別名」と「版」は、書き出したときのままにします。ほかの職員が先に変えた行は、取り込みません。</li>
        <li>列は、なくても、順番がちがってもかまいません。ない列は変わりません。空欄は「不明」になります。</li>
        <li>新しいカードは、版を空にした行で足します。</li>
        <li>一つでも直すところがあれば、何も取り込みません。</li></ul>
        """
    }

    /// Keeps a file that was sent in until its report was looked at.
    func receive(
        _ visit: Visit<Officer>, kind: String, _ pages: SheetPages, _ about: HTML, then place: (String) -> Link
    ) async throws -> Answer {
        guard let upload = visit.upload else { return .page(pages.form(about, problem: "ファイルを選んでください。")) }
        let arriving = try ArrivingSheet()
        _ = try await upload.read { $0.control == "file" ? arriving : nil }
        guard let bytes = arriving.bytes else {
            let words = arriving.count == 0 ? "ファイルを選んでください。" : "ファイルが大きすぎます。20MBまでにしてください。"
            return .page(pages.form(about, problem: words))
        }
        let kept = SheetUpload(kind: kind, content: bytes, by: visit.who, at: visit.moment)
        try await database.write { try kept.insert(in: $0) }
        return .redirect(place(kept.id.text))
    }

    /// The file that an officer sent in under the id in the path.
    func waiting(_ visit: Visit<Officer>, kind: String) async throws -> SheetUpload {
        let id = visit.parameter("upload")
        let found = try await database.read { try SheetUpload.find(id, by: visit.who, in: $0) }
        guard let found, found.kind == kind else { throw Refused.notHere }
        return found
    }
}

extension Download {
    /// A table as CSV, in the encoding that is asked for.
    package init(table rows: [[String]], name: String, _ query: Posted) {
        let encoding = query["encoding"].flatMap(TextEncoding.init(rawValue:)) ?? .utf8
        let bytes = encoding.file(rows).bytes
        let charset = encoding == .utf8 ? "utf-8" : "Shift_JIS"
        self.init(type: "text/csv; charset=\(charset)", name: name, isShown: false) { $0 == 0 ? bytes : nil }
    }
}
