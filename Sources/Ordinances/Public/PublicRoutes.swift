import Core
import Database
import HTML
import Japanese
import OrdinanceText
import Web

extension Ordinances {
    /// 町の決まりの見直し, for everybody.
    func addPublicRoutes(to site: inout Site) {
        site.anyone(.get, "/ordinances") { visit in
            let collection = try await shelf.collection(database)
            let (reviews, tasks, titles) = try await database.read { transaction in
                (
                    try ClauseReview.list(in: transaction), try AmendmentTask.all(in: transaction),
                    try KeptOrdinance.titles(in: transaction)
                )
            }
            let settled = Dictionary(grouping: reviews) { "\($0.ordinance) \($0.clause)" }.values
                .count { ClauseReview.State($0) == .settled(.applicable) }
            return .page(
                PublicPage(language: visit.language).page(
                    documents: collection.documents.count, settled: settled, tasks: tasks, titles: titles))
        }
    }
}

private struct PublicPage {
    let language: Language

    func page(documents: Int, settled: Int, tasks: [AmendmentTask], titles: [String: String]) -> Page {
        Page(
            OrdinanceTexts.title[language],
            """
            <h1>\(OrdinanceTexts.title.html(language))</h1><p class="lead">\(OrdinanceTexts.lead.html(language))</p>
            <p>\(OrdinanceTexts.counted.with("\(documents)", "\(settled)").html(language))</p>
            <h2>\(OrdinanceTexts.mended.html(language))</h2>\(list(tasks.filter { $0.state.isInForce }, titles))
            <h2>\(OrdinanceTexts.coming.html(language))</h2>\(list(tasks.filter { $0.state == .promulgated }, titles))
            """)
    }

    /// Names of ordinances are Japanese in every language.
    private func list(_ tasks: [AmendmentTask], _ titles: [String: String]) -> HTML {
        guard !tasks.isEmpty else { return "<p>\(OrdinanceTexts.none.html(language))</p>" }
        let items: [HTML] = tasks.map { task in
            "<li><span lang=\"ja\">\(titles[task.ordinance] ?? "")（\(task.name)）</span> <span>\(OrdinanceTexts.from.with(task.effectiveOn?.iso ?? "").html(language))</span></li>"
        }
        return "<ul class=\"rows\">\(items)</ul>"
    }
}
