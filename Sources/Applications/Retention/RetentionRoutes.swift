import Core
import Database
import HTML
import Register
import Web

extension Link {
    /// 廃棄の一覧.
    static func disposal(_ id: Disposal.ID) -> Link { "/desk/retention/\(id.text)" }
}

extension Applications {
    /// 保存期間と廃棄.
    func addRetentionRoutes(to site: inout Site) {
        site.add(MenuItem("保存と廃棄", "/desk/retention", needs: .readCases))

        site.officer(.get, "/desk/retention", needs: .readCases) { visit in
            .page(try await retention(visit, problem: nil))
        }

        site.officer(.post, "/desk/retention", needs: .handleCases) { visit in
            do {
                let id = try await proposeDisposal(
                    of: visit.posted["section"] ?? "", by: visit.who, at: visit.moment)
                return .redirect(.disposal(id))
            } catch DisposalRefusal.nothing {
                return .page(try await retention(visit, problem: DisposalRefusal.nothing.words[.ja]))
            }
        }

        site.officer(.post, "/desk/retention/release", needs: .handleCases) { visit in
            guard let id = Case.ID(visit.posted["application"] ?? "") else { throw CaseRefusal.notFound }
            try await release(id, by: visit.who, at: visit.moment)
            return .redirect("/desk/retention")
        }

        site.officer(.get, "/desk/retention/{disposal}", needs: .readCases) { visit in
            .page(try await disposalPage(visit, problem: nil))
        }

        site.officer(.post, "/desk/retention/{disposal}/agree", needs: .decideCases) { visit in
            try await onList(visit, "count") { id in
                try await agreeDisposal(id, typed: visit.posted["count"] ?? "", by: visit.who, at: visit.moment)
            }
        }

        site.officer(.post, "/desk/retention/{disposal}/return", needs: .handleCases) { visit in
            try await onList(visit, nil) { try await giveBackDisposal($0, by: visit.who, at: visit.moment) }
        }

        site.officer(.post, "/desk/retention/{disposal}/hold", needs: .handleCases) { visit in
            try await onList(visit, "words") { _ in
                guard let application = Case.ID(visit.posted["application"] ?? "") else {
                    throw CaseRefusal.unusable(Text(verbatim: "保留する申請を、下の表で選んでください。"))
                }
                try await hold(
                    application, reason: visit.posted["words"] ?? "", by: visit.who, at: visit.moment)
            }
        }
    }

    /// Back to the list; where something has to be mended, its page with what was typed.
    private func onList(
        _ visit: Visit<Officer>, _ control: String?, _ work: (Disposal.ID) async throws -> Void
    ) async throws -> Answer {
        do {
            let id = try disposalID(visit)
            try await work(id)
            return .redirect(.disposal(id))
        } catch let refusal as DisposalRefusal where refusal != .notFound {
            let place = refusal.kind.isInvalid ? control : nil
            return .page(try await disposalPage(visit, problem: (place, refusal.words[.ja])))
        } catch let refusal as CaseRefusal where refusal.kind.isInvalid {
            return .page(try await disposalPage(visit, problem: (control, refusal.words[.ja])))
        }
    }

    private func disposalID(_ visit: Visit<Officer>) throws -> Disposal.ID {
        guard let id = Disposal.ID(visit.parameter("disposal")) else { throw DisposalRefusal.notFound }
        return id
    }

    private func disposalPage(
        _ visit: Visit<Officer>, problem: (control: String?, words: String)?
    ) async throws -> Page {
        let id = try disposalID(visit)
        let (disposal, lines, cards, names) = try await database.read { transaction in
            let disposal = try requireDisposal(id, visit.who, .readCases, in: transaction)
            let lines = try disposal.lines(in: transaction)
            let cards = try Set(lines.map(\.card)).reduce(into: [:]) {
                $0[$1] = try Card.find($1, in: transaction)?.name[.ja]
            }
            return (disposal, lines, cards, try staff.names(transaction))
        }
        let missing = try await vault.missing(lines.map(\.application.text))
        return RetentionPages(officer: visit.who, town: town, names: names).list(
            disposal, lines, cards: cards, withKey: lines.count - missing, typed: visit.posted["count"] ?? "",
            reason: visit.posted["words"] ?? "", problem: problem)
    }

    private func retention(_ visit: Visit<Officer>, problem: String?) async throws -> Page {
        let sections = visit.who.sections(for: .readCases) ?? town.sections.map(\.id)
        let (parts, lists, names) = try await database.read { transaction in
            (
                try sections.map { try RetentionOverview.read(of: $0, on: visit.moment.day, in: transaction) },
                try Disposal.list(of: sections, in: transaction), try staff.names(transaction)
            )
        }
        let holds = parts.flatMap(\.holds)
        let keys = try await vault.keys(for: holds.map(\.application.text))
        let reasons = holds.reduce(into: [:]) { reasons, hold in
            reasons[hold.application] = keys[hold.application.text].flatMap {
                try? $0.text(hold.sealedReason, at: Self.holdPlace(hold.application))
            }
        }
        return RetentionPages(officer: visit.who, town: town, names: names).overview(
            parts, reasons: reasons, lists: lists, problem: problem)
    }
}
