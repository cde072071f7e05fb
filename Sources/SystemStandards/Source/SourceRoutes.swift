import Core
import Database
import HTML
import Tabular
import Web

extension SystemStandards {
    /// 取りに行く先 of an extract.
    func addSourceRoutes(to site: inout Site) {
        site.officer(.get, "/desk/extracts/{extract}/sources", needs: .handleExtracts) { visit in
            .page(try await sourcePage(visit, .empty))
        }

        site.officer(.post, "/desk/extracts/{extract}/sources", needs: .handleExtracts) { visit in
            let typed = visit.posted
            return try await attempt {
                let source = TypedSource(
                    part: typed["part"] ?? "", way: typed["way"] ?? "", address: typed["address"] ?? "",
                    tokenPlace: typed["token"] ?? "", scope: typed["scope"] ?? "", region: typed["region"] ?? "",
                    user: typed["user"] ?? "", secret: typed["secret"] ?? "", often: typed["often"] ?? "")
                try await keepSource(source, of: visit.parameter("extract"), by: visit.who, at: visit.moment)
                return .redirect(sources(visit))
            } orShow: {
                try await sourcePage(visit, typed, problem: $0)
            }
        }

        site.officer(.post, "/desk/extracts/{extract}/sources/{source}", needs: .handleExtracts) { visit in
            let (id, extract) = (visit.parameter("source"), visit.parameter("extract"))
            if visit.posted["do"] == "remove" {
                try await removeSource(id, of: extract, by: visit.who, at: visit.moment)
            } else {
                try await pullNow(id, of: extract, by: visit.who, at: visit.moment)
            }
            return .redirect(sources(visit))
        }
    }

    private func sources(_ visit: Visit<Officer>) -> Link {
        "/desk/extracts/\(visit.parameter("extract"))/sources"
    }

    private func sourcePage(_ visit: Visit<Officer>, _ typed: Posted, problem: String? = nil) async throws -> Page {
        let (extract, list) = try await database.read { transaction in
            let extract = try requireExtract(visit.parameter("extract"), visit.who, in: transaction)
            guard visit.who.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
            return (extract, try PullSource.list(of: extract.id, in: transaction))
        }
        return SourcePages(officer: visit.who).page(
            extract, try await currentSchema(of: extract), list, typed, problem: problem)
    }
}
