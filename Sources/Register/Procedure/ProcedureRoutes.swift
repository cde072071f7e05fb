import Core
import Database
package import HTML
import Web

extension Link {
    /// 手続の案内.
    package static func procedure(_ id: String) -> Link { "/procedures/\(id)" }

    static func procedures(of event: LifeEvent) -> Link {
        ("/procedures" as Link).asking([("event", event.rawValue)])
    }
}

extension Register {
    func addProcedureRoutes(to site: inout Site) {
        site.anyone(.get, "/") { visit in
            let (cards, counts, online) = try await database.read { transaction in
                (
                    try Card.list(.everything, in: transaction), try Card.counts(in: transaction),
                    try self.online.minutes(transaction)
                )
            }
            return .page(pages(visit.language).home(cards, counts: counts, online: Set(online.keys)))
        }

        site.anyone(.get, "/procedures") { visit in
            let typed = visit.query["q"] ?? ""
            let event = visit.query["event"].flatMap(LifeEvent.init(rawValue:))
            guard typed.count <= 100 else {
                throw Refused(
                    .invalid,
                    Text(
                        "さがす言葉が長すぎます。100文字までにしてください。", easy: "ことばが {長|なが}いです。{短|みじか}く してください。",
                        en: "The words are too long. Please use at most 100 characters."))
            }
            if event == nil, typed.allSatisfy(\.isWhitespace) { return .redirect("/") }
            let wanted = event.map(Card.Wanted.event) ?? .words(typed)
            let (cards, online) = try await database.read { transaction in
                (try Card.list(wanted, in: transaction), try self.online.minutes(transaction))
            }
            let title = event.map { $0.name[visit.language] } ?? typed
            return .page(pages(visit.language).results(cards, for: title, typed: typed, online: Set(online.keys)))
        }

        site.anyone(.get, "/papers") { visit in
            let papers = try await database.read { transaction in
                let online = Set(try self.online.minutes(transaction).keys)
                return try Card.list(.everything, in: transaction).filter { online.contains($0.id) }.map {
                    ($0, try self.online.papers($0.id, transaction))
                }
            }
            return .page(pages(visit.language).papers(papers))
        }

        site.anyone(.get, "/procedures/{card}") { visit in
            let id = visit.parameter("card")
            let found = try await database.read { transaction in
                try Card.find(id, in: transaction).map { card in
                    // What was retired can be read, and not applied for.
                    let minutes = card.retirement == nil ? try self.online.minutesOf(id, transaction) : nil
                    return (
                        card, minutes, try self.online.measured(id, visit.moment, transaction),
                        minutes == nil ? [] : try self.online.papers(id, transaction)
                    )
                }
            }
            guard let (card, minutes, measured, papers) = found else { throw Refused.notHere }
            return .page(
                pages(visit.language).procedure(
                    card, start: minutes == nil ? nil : online.start(id), minutes: minutes, measured: measured,
                    paperForm: minutes == nil ? nil : online.paperForm(id), papers: papers))
        }
    }

    private func pages(_ language: Language) -> ProcedurePages { ProcedurePages(town: town, language: language) }
}
