import Core
import Database
package import HTML
import Japanese
import Web

extension Link {
    /// 段階, of a card.
    package static func level(_ card: String) -> Link { Link.card(card).below("level") }

    static func exception(_ card: String) -> Link { Link.level(card).below("exception") }
}

extension Register {
    func addLevelRoutes(to site: inout Site) {
        site.add(MenuItem("段階", "/desk/levels", needs: nil))
        let staff = site.surroundings

        site.officer(.get, "/desk/levels", needs: nil) { visit in
            let list = try await levelList()
            return .page(
                LevelListPages(
                    officer: visit.who, town: town, list: list,
                    section: visit.query["section"].flatMap { $0.isEmpty ? nil : $0 },
                    level: visit.query["level"].flatMap(Int.init).flatMap(Level.init(rawValue:))
                ).page())
        }

        site.officer(.get, "/desk/levels.csv", needs: nil) { visit in
            let list = try await levelList()
            return .file(NumbersFile.download("段階", list.table(town)))
        }

        site.officer(.post, "/desk/levels/compute", needs: .editCards) { visit in
            _ = try await recordLevels(by: .officer(visit.who.id), at: visit.moment)
            return .redirect("/desk/levels")
        }

        site.officer(.get, "/desk/cards/{card}/level", needs: nil) { visit in
            .page(try await levelPage(visit, entry: .empty, staff))
        }

        site.officer(.post, "/desk/cards/{card}/level/exception", needs: .recordDecisions) { visit in
            let card = visit.parameter("card")
            let (entry, exception) = ExceptionEntry.read(visit.posted, card: card, by: visit.who, at: visit.moment)
            guard let exception else { return .page(try await levelPage(visit, entry: entry, staff)) }
            try await decide(exception, by: visit.who, at: visit.moment)
            return .redirect(.level(card))
        }
    }

    private func levelPage(
        _ visit: Visit<Officer>, entry: ExceptionEntry, _ surroundings: Site.Surroundings
    ) async throws -> Page {
        let (id, today) = (visit.parameter("card"), visit.moment.day)
        let pages = try await database.read { transaction -> LevelPages? in
            guard let card = try Card.find(id, in: transaction) else { return nil }
            return LevelPages(
                officer: visit.who, town: town, card: card,
                judgement: try levels.judge(card, on: today, in: transaction),
                history: try LevelRecord.list(of: id, in: transaction).map(\.record),
                exceptions: try LevelException.list(of: id, in: transaction),
                names: try surroundings.names(in: transaction), entry: entry)
        }
        guard let pages else { throw Refused.notHere }
        return pages.page()
    }
}

extension LevelList {
    /// As a file has it.
    fileprivate func table(_ town: Town) -> [[String]] {
        [["手続ID", "手続・業務", "担当", "段階", "判定表による段階", "判定表の版", "残り", "しるし", "年間件数", "例外の期限", "記録の日"]]
            + lines.map { line in
                let record = line.record
                return [
                    line.card.id, line.card.name[.ja], town.sectionName(line.card.section)[.ja],
                    record?.level.mark ?? "", record?.computed.mark ?? "", record.map { String($0.version) } ?? "",
                    record?.missing.joined(separator: "、") ?? "",
                    Judgement.Badge.allCases.filter { record?.badges.contains($0) == true }.map(\.name)
                        .joined(separator: "、"),
                    record?.yearlyCases.map(String.init) ?? "", record?.exceptionUntil?.iso ?? "",
                    record?.day.iso ?? "",
                ]
            }
    }
}
