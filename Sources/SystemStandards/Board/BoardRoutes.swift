import Core
import Database
import HTML
import Japanese
import Register
import Web

extension SystemStandards {
    /// 標準化の進み具合.
    func addBoardRoutes(to site: inout Site) {
        site.officer(.get, "/desk/standardisation", needs: nil) { visit in .page(try await boardPage(visit)) }

        site.officer(.post, "/desk/standardisation", needs: .manageSystems, takesFiles: true) { visit in
            let bytes = try await ArrivingFile.bytes(of: "file", visit.upload, upTo: 20 * 1024 * 1024).content
            return try await attempt {
                guard let bytes, !bytes.isEmpty else { throw StandardsRefusal.noFile }
                _ = try await takeBoard(bytes, by: visit.who, at: visit.moment)
                return .redirect("/desk/standardisation")
            } orShow: {
                try await boardPage(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/standardisation.csv", needs: nil) { visit in
            let rows = try await database.read { try boardSheet(in: $0) }
            return .file(Download(table: rows, name: "標準化の手順 \(visit.moment.day.iso).csv", visit.query))
        }

        site.officer(.get, "/desk/standardisation/{business}", needs: nil) { visit in
            .page(try await businessPage(visit))
        }

        site.officer(.post, "/desk/standardisation/{business}", needs: .writeSystems) { visit in
            let business = try business(visit)
            let typed = (1...MigrationStep.count).map { number in
                TypedStep(
                    business: business, step: number,
                    state: visit.posted["s\(number)"].flatMap(MigrationStep.State.init(rawValue:)),
                    note: Spaces.trim(visit.posted["n\(number)"] ?? ""))
            }
            return try await attempt {
                try await database.write { try keepSteps(typed, by: visit.who, at: visit.moment, in: $0) }
                return .redirect(.business(business))
            } orShow: {
                try await businessPage(visit, problem: $0)
            }
        }

        site.officer(.post, "/desk/standardisation/{business}/section", needs: .manageSystems) { visit in
            let business = try business(visit)
            return try await attempt {
                try await assign(business, to: visit.posted["section"] ?? "", by: visit.who, at: visit.moment)
                return .redirect(.business(business))
            } orShow: {
                try await businessPage(visit, problem: $0)
            }
        }
    }

    private func business(_ visit: Visit<Officer>) throws -> StandardBusiness {
        guard let business = StandardBusiness(rawValue: visit.parameter("business")) else {
            throw StandardsRefusal.notFound
        }
        return business
    }

    private func boardContent(in transaction: Transaction) throws -> (BoardPages.Content, BookWords) {
        var content = BoardPages.Content()
        content.sections = try BusinessState.all(in: transaction)
        content.steps = try MigrationStep.all(in: transaction)
        content.titles = try MigrationStep.titles(in: transaction)
        content.published = try PublishedProgress.newest(in: transaction)
        content.systems = try LedgerEntry.list(.systems, in: transaction)
        let entries = try BoardPages.books.flatMap { try LedgerEntry.list($0, in: transaction) }
        content.entries = Dictionary(grouping: entries, by: \.parent)
        return (content, try bookWords(in: transaction))
    }

    private func boardPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let (content, words) = try await database.read { try boardContent(in: $0) }
        return BoardPages(officer: visit.who, town: town, words: words).board(content, problem: problem)
    }

    private func businessPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let business = try business(visit)
        let (content, words) = try await database.read { try boardContent(in: $0) }
        let section = content.sections[business] ?? ""
        let mayWrite = visit.who.may(.manageSystems) || visit.who.may(.handleExtracts, in: section)
        return BoardPages(officer: visit.who, town: town, words: words).business(
            business, content, mayWrite: mayWrite, problem: problem)
    }
}
