import Core
import HTML
import OrdinanceText
import Tabular
import Web

extension Ordinances {
    /// 取り込み, and the check of a draft that is not kept.
    func addImportRoutes(to site: inout Site) {
        site.officer(.post, "/desk/ordinances/import", needs: .reviewOrdinances, takesFiles: true) { visit in
            let arrived = try await arrive(visit.upload)
            return try await attempt {
                let documents = try arrived.get()
                guard !documents.files.isEmpty else {
                    let reason = documents.leftOut.first.map { "\($0.name): \($0.reason)。" } ?? "ファイルを選んでください。"
                    throw OrdinanceRefusal.unusable(reason)
                }
                var report = try await takeIn(
                    documents.files.map { ($0.name, $0.bytes) }, by: .officer(visit.who.id), at: visit.moment)
                report.troubles += documents.leftOut
                return .page(try await boardPage(visit, report: report))
            } orShow: {
                try await boardPage(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/ordinances/check", needs: nil) { visit in .page(CheckPages(officer: visit.who).form())
        }

        site.officer(.post, "/desk/ordinances/check", needs: nil, takesFiles: true) { visit in
            let arrived = try await arrive(visit.upload)
            return try await attempt {
                let documents = try arrived.get()
                return .page(try await checked(documents, visit.who))
            } orShow: {
                CheckPages(officer: visit.who).form(problem: $0)
            }
        }
    }

    /// Reads an upload to its end; what is wrong with it is told on a page.
    func arrive(_ upload: Upload?) async throws -> Result<ArrivingDocuments, OrdinanceRefusal> {
        do { return .success(try await ArrivingDocuments(upload)) } catch let refusal as OrdinanceRefusal {
            return .failure(refusal)
        }
    }

    /// 条例案の点検: what was pasted, or the first file.
    private func checked(_ documents: ArrivingDocuments, _ officer: Officer) async throws -> Page {
        let pasted = documents.typed["text"] ?? ""
        let ordinance: Ordinance
        if let file = documents.files.first {
            guard let source = KeptOrdinance.text(of: file.bytes) else {
                throw OrdinanceRefusal.unusable("\(file.name) は文字のファイルとして読めません。UTF-8 か Shift_JIS にしてください。")
            }
            ordinance = KeptOrdinance.ordinance(OrdinanceFormat(of: source), source).ordinance
        } else if let left = documents.leftOut.first {
            throw OrdinanceRefusal.unusable("\(left.name): \(left.reason)。")
        } else {
            guard pasted.contains(where: { !$0.isWhitespace }) else {
                throw OrdinanceRefusal.unusable("条例案の文章をはるか、ファイルを選んでください。")
            }
            ordinance = Ordinance(plain: pasted)
        }
        let judge = try await shelf.judging()
        let document = OrdinanceCollection([ReviewedDocument(id: "draft", ordinance, judge: judge)]).documents[0]
        return CheckPages(officer: officer).result(document, faults: ordinance.faults, text: pasted)
    }
}
