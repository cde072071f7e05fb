import Core
import Database
import HTML
import Japanese
import OrdinanceText
import Web

extension Ordinances {
    /// The overview and the search, for every officer.
    func addBoardRoutes(to site: inout Site) {
        site.add(MenuItem("例規の点検", "/desk/ordinances", needs: nil))
        site.officer(.get, "/desk/ordinances", needs: nil) { visit in .page(try await boardPage(visit)) }

        site.officer(.get, "/desk/ordinances/search", needs: nil) { visit in
            let (query, address) = (visit.query["q"] ?? "", visit.query["address"] ?? "")
            let collection = try await shelf.collection(database)
            let words = query.split { $0 == " " || $0 == "　" }.prefix(8).map { String($0.prefix(100)) }
            let hits = collection.hits(
                OrdinanceQuery(
                    words: words, address: address.isEmpty ? nil : String(address.prefix(40)), days: days(visit)))
            return .page(
                BoardPages(officer: visit.who, town: town).found(hits, collection, query: query, address: address))
        }
    }

    /// The days that are asked for; nil without any. One end alone is open at the other.
    private func days(_ visit: Visit<Officer>) -> ClosedRange<Day>? {
        let (since, until) = (Day(iso: visit.query["since"] ?? ""), Day(iso: visit.query["until"] ?? ""))
        guard since != nil || until != nil, let first = Day(iso: "1868-01-01"), let last = Day(iso: "9999-12-31") else {
            return nil
        }
        let (from, to) = (since ?? first, until ?? last)
        return from <= to ? from...to : to...from
    }

    func boardPage(_ visit: Visit<Officer>, problem: String? = nil, report: ImportReport? = nil) async throws -> Page {
        let collection = try await shelf.collection(database)
        let (reviews, sections) = try await database.read { transaction in
            (try ClauseReview.list(in: transaction), try KeptOrdinance.sections(in: transaction))
        }
        let asked = visit.query["section"] ?? ""
        let section = asked.isEmpty ? nil : asked
        let content = BoardContent(
            collection, ReviewIndex(reviews), sections: sections, section: section,
            categories: try await shelf.mainCategories())
        return BoardPages(officer: visit.who, town: town).board(
            content, section: section, query: "", problem: problem, report: report)
    }
}
