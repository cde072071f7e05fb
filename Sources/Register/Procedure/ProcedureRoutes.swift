import Core
import Database
package import HTML
import Web

extension Link {
    /// 手続の案内.
    package static func procedure(_ id: String) -> Link { Link("/procedures").below(id) }

    /// 手続の案内 as data.
    static func serviceData(_ id: String) -> Link { procedure(id).below("service.jsonld") }

    /// What somebody looks for.
    static func procedures(_ wanted: Finder.Wanted) -> Link {
        let parts = [
            ("q", wanted.words), ("event", wanted.event?.rawValue ?? ""), ("place", wanted.place?.rawValue ?? ""),
            ("section", wanted.section ?? ""),
        ]
        return Link("/procedures").asking(parts.filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) })
    }
}

extension Register {
    func addProcedureRoutes(to site: inout Site) {
        site.anyone(.get, "/") { visit in
            let (finder, ready) = try await database.read { transaction in
                let finder = try self.finder(in: transaction)
                return (finder, try self.ready(finder, at: visit.moment, in: transaction))
            }
            return .page(finderPages(finder, visit.language).home(finder.find(.init()), ready: ready))
        }

        site.anyone(.get, "/procedures") { visit in
            let wanted = try wanted(visit.query)
            let finder = try await database.read { try self.finder(in: $0) }
            return .page(finderPages(finder, visit.language).results(finder.find(wanted), for: wanted))
        }

        site.anyone(.get, "/procedures.jsonld") { visit in
            let services = try await database.read { transaction in
                try self.finder(in: transaction).entries.map {
                    try self.knowledge(of: $0.card, at: visit.moment, in: transaction)
                }
            }
            return .file(.data("procedures.jsonld", try serviceData.catalogue(services)))
        }

        site.anyone(.get, "/papers") { visit in
            let listed = try await database.read { transaction in
                let finder = try self.finder(in: transaction)
                return try finder.entries.map {
                    (
                        $0.card,
                        try self.papers(of: $0.card, isOnline: finder.online.contains($0.card.id), in: transaction)
                    )
                }
            }
            return .page(PaperPages(language: visit.language).page(listed))
        }

        site.anyone(.get, "/procedures/{card}") { visit in
            let id = visit.parameter("card")
            let (known, numbers) = try await database.read { transaction in
                (
                    try self.knowledge(of: id, at: visit.moment, in: transaction),
                    try self.numbersPart(of: id, visit.language, on: visit.moment.day, in: transaction)
                )
            }
            let data = try serviceData.embedded(known)
            return .page(
                ProcedurePages(town: town, language: visit.language).procedure(known, data: data, numbers: numbers))
        }

        site.anyone(.get, "/procedures/{card}/service.jsonld") { visit in
            let id = visit.parameter("card")
            let known = try await database.read { try self.knowledge(of: id, at: visit.moment, in: $0) }
            let data = try serviceData.document(known)
            return .file(.data("\(known.card.id).jsonld", data))
        }
    }

    private var serviceData: ServiceData { ServiceData(town: town, origin: origin, shelf: serviceShelf) }

    private func finderPages(_ finder: Finder, _ language: Language) -> FinderPages {
        FinderPages(town: town, language: language, finder: finder)
    }

    /// What is asked for. Values that no part has are left out.
    private func wanted(_ query: Posted) throws -> Finder.Wanted {
        let typed = query["q"] ?? ""
        guard typed.count <= 100 else { throw Refused(.invalid, FinderTexts.tooLong) }
        return Finder.Wanted(
            words: typed.allSatisfy(\.isWhitespace) ? "" : typed,
            event: query["event"].flatMap(LifeEvent.init(rawValue:)),
            section: query["section"].flatMap { id in town.sections.first { $0.id == id }?.id },
            place: query["place"].flatMap(Place.init(rawValue:)))
    }

    private func finder(in transaction: Transaction) throws -> Finder {
        let online = Set(try online.minutes(transaction).keys)
        return finders.finder(try Card.list(in: transaction), online: online)
    }

    /// What can be begun here, those that were decided most often first.
    private func ready(_ finder: Finder, at moment: Moment, in transaction: Transaction) throws -> [Card] {
        let cards = finder.entries.map(\.card).filter { finder.online.contains($0.id) }
        let counted = try cards.map { card in
            (card: card, count: try online.measured(card.id, moment, transaction)?.count ?? 0)
        }
        return counted.sorted { $0.count == $1.count ? $0.card.id < $1.card.id : $0.count > $1.count }
            .prefix(12).map(\.card)
    }

    /// Everything a resident's page tells of a card. Throws where there is none, or none that residents see.
    private func knowledge(
        of id: Card.ID, at moment: Moment, in transaction: Transaction
    ) throws -> ProcedureKnowledge {
        guard let card = try Card.find(id, in: transaction), card.kind != .process else { throw Refused.notHere }
        return try knowledge(of: card, at: moment, in: transaction)
    }

    private func knowledge(
        of card: Card, at moment: Moment, in transaction: Transaction
    ) throws -> ProcedureKnowledge {
        let minutes = try minutes(of: card, in: transaction)
        return ProcedureKnowledge(
            card: card, start: minutes == nil ? nil : online.start(card.id), minutes: minutes,
            paperForm: minutes == nil ? nil : online.paperForm(card.id),
            measured: try online.measured(card.id, moment, transaction),
            visits: try VisitCount(of: card, in: transaction),
            papers: try papers(of: card, isOnline: minutes != nil, in: transaction))
    }

    private func papers(
        of card: Card, isOnline: Bool, in transaction: Transaction
    ) throws -> [ListedPaper] {
        let asked = isOnline ? try online.papers(card.id, transaction) : []
        return ListedPaper.list(asked, card.papers ?? [])
    }

    /// What filling in takes; nil where it cannot be applied for, as of a card that was retired.
    private func minutes(of card: Card, in transaction: Transaction) throws -> Int? {
        card.retirement == nil ? try online.minutesOf(card.id, transaction) : nil
    }
}

extension Download {
    /// Data for programs.
    fileprivate static func data(_ name: String, _ bytes: [UInt8]) -> Download {
        Download(type: "application/ld+json", name: name, isShown: true) { $0 == 0 ? bytes : nil }
    }
}
