import Core
import Database
import OrdinanceText
import Register
import Web

extension Ordinances {
    /// A document and its provisions.
    func addDocumentRoutes(to site: inout Site) {
        site.officer(.get, "/desk/ordinances/{ordinance}", needs: nil) { visit in .page(try await documentPage(visit)) }

        site.officer(.post, "/desk/ordinances/{ordinance}", needs: .reviewOrdinances) { visit in
            let id = visit.parameter("ordinance")
            return try await attempt {
                if let section = visit.posted["section"] {
                    try await assign(id, to: section, by: visit.who, at: visit.moment)
                }
                if visit.posted["cards"] != nil { try await link(visit, id) }
                return .redirect(.ordinance(id))
            } orShow: {
                try await documentPage(visit, problem: $0)
            }
        }

        site.officer(.get, "/desk/ordinances/{ordinance}/versions/{revision}", needs: nil) { visit in
            let (id, number) = (visit.parameter("ordinance"), Int(visit.parameter("revision")) ?? 0)
            let found = try await database.read { transaction -> (KeptOrdinance, Ordinance, Ordinance) in
                guard let kept = try KeptOrdinance.find(id, in: transaction),
                    let old = try EarlierText.find(number, of: id, in: transaction)
                else { throw OrdinanceRefusal.notFound }
                let new = try EarlierText.find(number + 1, of: id, in: transaction)?.ordinance ?? kept.ordinance
                return (kept, old.ordinance, new)
            }
            return .page(
                DocumentPages(officer: visit.who, town: town).comparison(
                    found.0, number, ComparisonTable(from: found.1, to: found.2)))
        }

        site.officer(.get, "/desk/ordinances/{ordinance}/clauses/{clause}", needs: nil) { visit in
            .page(try await clausePage(visit))
        }

        site.officer(.post, "/desk/ordinances/{ordinance}/clauses/{clause}", needs: .reviewOrdinances) { visit in
            try await attempt {
                let (collection, document, clause) = try await found(visit)
                guard let verdict = Verdict(rawValue: visit.posted["verdict"] ?? "") else {
                    throw OrdinanceRefusal.unusable("判定を選んでください。")
                }
                let category = visit.posted["category"] ?? ""
                guard try await shelf.judging().category(named: category) != nil else {
                    throw OrdinanceRefusal.unusable("区分を選んでください。")
                }
                let provision = collection.documents[document].clauses[clause]
                let typed = TypedReview(
                    clause: provision, category: category, verdict: verdict, comment: visit.posted["comment"] ?? "")
                try await keep([typed], of: visit.parameter("ordinance"), by: visit.who, at: visit.moment)
                return .redirect(.provision(visit.parameter("ordinance"), clause))
            } orShow: {
                try await clausePage(visit, problem: $0)
            }
        }
    }

    /// つながり: the cards by their ids, one a line.
    private func link(_ visit: Visit<Officer>, _ id: String) async throws {
        let typed = (visit.posted["cards"] ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "、" || $0 == "," })
            .map(String.init)
        let known = try await database.read { transaction in try Set(Card.list(in: transaction).map(\.id)) }
        if let unknown = typed.first(where: { !known.contains($0) }) {
            throw OrdinanceRefusal.unusable("「\(unknown)」という手続きのカードはありません。カードの番号（例: dog-registration）を書いてください。")
        }
        try await link(id, to: typed, by: visit.who, at: visit.moment)
    }

    /// The document and the provision that an address names.
    func found(_ visit: Visit<Officer>) async throws -> (OrdinanceCollection, document: Int, clause: Int) {
        let collection = try await shelf.collection(database)
        guard let document = collection.documents.firstIndex(where: { $0.id == visit.parameter("ordinance") }),
            let clause = Int(visit.parameter("clause")), collection.documents[document].clauses.indices.contains(clause)
        else { throw OrdinanceRefusal.notFound }
        return (collection, document, clause)
    }

    private func documentPage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let collection = try await shelf.collection(database)
        let id = visit.parameter("ordinance")
        guard let number = collection.documents.firstIndex(where: { $0.id == id }) else {
            throw OrdinanceRefusal.notFound
        }
        let content = try await database.read { transaction in
            guard let kept = try KeptOrdinance.find(id, in: transaction) else { throw OrdinanceRefusal.notFound }
            return DocumentPages.Content(
                kept: kept, document: collection.documents[number],
                index: ReviewIndex(try ClauseReview.list(of: id, in: transaction)),
                cards: try kept.cards(in: transaction),
                tasks: try AmendmentTask.list(of: id, in: transaction),
                mayWrite: (try? requireOwn(id, visit.who, in: transaction)) != nil)
        }
        return DocumentPages(officer: visit.who, town: town).document(content, at: visit.query["at"], problem: problem)
    }

    private func clausePage(_ visit: Visit<Officer>, problem: String? = nil) async throws -> Page {
        let (collection, number, clause) = try await found(visit)
        let id = visit.parameter("ordinance")
        let document = collection.documents[number]
        let online = collection.onlineOrdinance
        let mends = try MendPattern.shipped()
        let phases = try await shelf.judging().categories.reduce(into: [:]) { $0[$1.name] = $1.phases }
        let content = try await database.read { transaction in
            ClausePages.Content(
                document: document, clause: clause, index: ReviewIndex(try ClauseReview.list(of: id, in: transaction)),
                triages: document.judgements[clause].map {
                    collection.triage($0, clause: clause, document: number, online: online)
                },
                citations: collection.citations(of: document.address(clause)),
                cards: try KeptOrdinance.find(id, in: transaction)?.cards(in: transaction).compactMap { id in
                    try Card.current(id, in: transaction).map { (id, $0.card.name[.ja]) }
                } ?? [],
                titles: collection.documents.reduce(into: [:]) { $0[$1.id] = $1.title }, mends: mends, phases: phases,
                names: try staff.names(transaction), mayWrite: (try? requireOwn(id, visit.who, in: transaction)) != nil)
        }
        return ClausePages(officer: visit.who, collection: collection).page(content, problem: problem)
    }
}
