import Core
import Database
import HTML
import Japanese
import OrdinanceText
import Register
import Tabular
import Web

extension Ordinances {
    /// 課に配る表, out and in.
    func addReviewRoutes(to site: inout Site) {
        site.officer(.get, "/desk/ordinances/worksheet.csv", needs: nil) { visit in
            let rows = try await sheet(visit).rows
            return .file(Download(table: rows, name: "例規の判定 \(visit.moment.day.iso).csv", visit.query))
        }

        site.officer(.get, "/desk/ordinances/worksheet.xlsx", needs: nil) { visit in
            let file = try await sheet(visit).workbook()
            return .file(
                Download(
                    file, type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    name: "例規の判定 \(visit.moment.day.iso).xlsx"))
        }

        site.officer(.get, "/desk/ordinances/worksheet", needs: .reviewOrdinances) { visit in
            .page(SheetPages(officer: visit.who, town: town).form(section: visit.query["section"] ?? ""))
        }

        site.officer(.post, "/desk/ordinances/worksheet", needs: .reviewOrdinances, takesFiles: true) { visit in
            let arrived: Result<ArrivingSheet, OrdinanceRefusal>
            do { arrived = .success(try await ArrivingSheet(visit.upload)) } catch let refusal as OrdinanceRefusal {
                arrived = .failure(refusal)
            }
            return try await attempt {
                let (reviews, problems) = try await sheet(visit).read(try arrived.get().bytes)
                guard problems.isEmpty else {
                    return .page(SheetPages(officer: visit.who, town: town).form(section: "", problems: problems))
                }
                for (id, typed) in reviews.sorted(by: { $0.key < $1.key }) {
                    try await keep(typed, of: id, by: visit.who, at: visit.moment)
                }
                let count = reviews.values.reduce(0) { $0 + $1.count }
                return .page(SheetPages(officer: visit.who, town: town).form(section: "", told: "\(count)の判定を取り込みました。"))
            } orShow: {
                SheetPages(officer: visit.who, town: town).form(section: "", problems: [$0])
            }
        }
    }

    private func sheet(_ visit: Visit<Officer>) async throws -> ReviewSheet {
        let collection = try await shelf.collection(database)
        let (reviews, sections) = try await database.read { transaction in
            (try ClauseReview.list(in: transaction), try KeptOrdinance.sections(in: transaction))
        }
        let section = visit.query["section"] ?? ""
        return ReviewSheet(
            collection, ReviewIndex(reviews), sections: sections, section: section.isEmpty ? nil : section,
            by: visit.who)
    }
}

/// A filled-in table on its way in.
private struct ArrivingSheet: Sendable {
    let bytes: [UInt8]

    init(_ upload: Upload?) async throws {
        guard let upload else { throw OrdinanceRefusal.unusable("ファイルを選んでください。") }
        let sink = Sink()
        _ = try await upload.read { $0.control == "file" ? sink : nil }
        let bytes = await sink.bytes
        guard !bytes.isEmpty else { throw OrdinanceRefusal.unusable("ファイルを選んでください。") }
        guard bytes.count <= Sink.limit else { throw OrdinanceRefusal.unusable("ファイルが大きすぎます。20MBまでにしてください。") }
        self.bytes = bytes
    }

    private actor Sink: UploadSink {
        static let limit = 20 * 1024 * 1024
        private(set) var bytes: [UInt8] = []
        func take(_ piece: [UInt8]) async throws { if bytes.count <= Self.limit { bytes += piece } }
        func finish() async throws {}
    }
}

/// The table of judgements: out by section, and in.
struct SheetPages {
    let officer: Officer
    let town: Town

    func form(section: String, problems: [String] = [], told: String? = nil) -> Page {
        let items: [HTML] = town.sections.map { one in
            "<li><span>\(one.name[.ja])</span> <a href=\"\(("/desk/ordinances/worksheet.xlsx" as Link).asking([("section", one.id)]))\">Excel（XLSX）</a> <a href=\"\(("/desk/ordinances/worksheet.csv" as Link).asking([("section", one.id)]))\">CSV（UTF-8）</a> <a href=\"\(("/desk/ordinances/worksheet.csv" as Link).asking([("section", one.id), ("encoding", "cp932")]))\">CSV（Shift_JIS）</a></li>"
        }
        return Page(
            (problems.isEmpty ? "" : "エラー: ") + "課に配る判定の表", zone: .desk(officer), status: problems.isEmpty ? 200 : 422,
            """
            <p class="way"><a href="/desk/ordinances">例規の点検</a></p>
            \(problems.isEmpty ? HTML.empty : ProblemSummary("取り込んでいません", problems.prefix(20).map { ("file", "\($0)") }).html)
            <h1>課に配る判定の表</h1>\(told.map { "<p class=\"done\" role=\"status\">\($0)</p>" as HTML })
            <p>担当課の例規の分を書き出して配り、「あなたの判定」に 該当・デジタル化済み・境界・付随・非該当 のどれかを書いて送り返してもらいます。表はExcelで開けます。</p>
            <ul class="rows">\(items)</ul>
            <h2>書き込んだ表を送る</h2>
            <form method="post" action="/desk/ordinances/worksheet" enctype="multipart/form-data"><div class="field"><label for="file">ファイル（CSV か XLSX）</label>
            <p class="hint" id="file-hint">一つでも読めない行があると、何も取り込みません。</p><input type="file" id="file" name="file" accept=".csv,.xlsx,text/csv" aria-describedby="file-hint"></div><button class="primary">取り込む</button></form>
            """)
    }
}
