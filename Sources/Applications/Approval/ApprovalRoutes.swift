import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// 起案と決裁.
    func addApprovalRoutes(to site: inout Site) {
        site.add(MenuItem("決裁", "/desk/approvals", needs: .readCases, isDaily: true))

        site.officer(.post, "/desk/cases/{id}/propose", needs: .handleCases) { visit in
            try await answering(visit, "propose") { id, words in
                let (seen, once) = try pressed(visit)
                let outcome = visit.posted["outcome"].flatMap(Case.Status.init) ?? .approved
                try await propose(
                    Proposing(outcome, words: words, law: visit.posted["law"]), for: id, seen: seen, mark: visit.mark,
                    despite: visit.posted["despite"] == "yes", once: once, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.post, "/desk/cases/{id}/agree", needs: .decideCases) { visit in
            try await answering(visit, "agree", then: "/desk/approvals") { id, _ in
                try await agree(to: visit.posted["proposal"] ?? "", of: id, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.post, "/desk/cases/{id}/send-back", needs: .decideCases) { visit in
            try await answering(visit, "send-back", then: "/desk/approvals") { id, words in
                try await sendBack(
                    visit.posted["proposal"] ?? "", of: id, reason: words, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.post, "/desk/cases/{id}/take-back", needs: .handleCases) { visit in
            try await answering(visit, "take-back") { id, _ in
                try await takeBack(visit.posted["proposal"] ?? "", of: id, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.get, "/desk/approvals", needs: .readCases) { visit in
            .page(try await approvals(visit.who))
        }
    }

    /// 決裁の一覧: what waits for the officer, and what became of what they proposed.
    private func approvals(_ officer: Officer) async throws -> Page {
        let deciding = officer.sections(for: .decideCases) ?? town.sections.map(\.id)
        let (waiting, own, names) = try await database.read { transaction in
            let waiting = try deciding.flatMap { try Proposal.waiting(for: $0, in: transaction) }
            let own = try Proposal.proposed(by: officer.id, in: transaction)
            return (
                try waiting.map { try line($0, in: transaction) }, try own.map { try line($0, in: transaction) },
                try staff.names(transaction)
            )
        }
        return ApprovalPages(officer: officer, names: names, sectionName: { town.sectionName($0)[.ja] })
            .page(waiting: waiting, own: own)
    }

    private func line(_ proposal: Proposal, in transaction: Transaction) throws -> ApprovalPages.Line {
        let item = try Case.require(proposal.application, in: transaction).item
        let form = try shelf.form(item.form, version: item.formVersion, through: item.channel, in: transaction)
        return ApprovalPages.Line(proposal: proposal, item: item, title: form.title[.ja])
    }
}

/// 決裁の一覧.
struct ApprovalPages {
    let officer: Officer
    let names: [String: String]
    let sectionName: (String) -> String

    struct Line: Sendable {
        let proposal: Proposal
        let item: Case
        let title: String
    }

    func page(waiting: [Line], own: [Line]) -> Page {
        let mine = waiting.filter { $0.proposal.mayAgree(officer) }
        let others = waiting.filter { !$0.proposal.mayAgree(officer) }
        let rest: HTML =
            others.isEmpty
            ? .empty
            : """
            <h2>自分が起案したため、別の決裁者を待つもの</h2>\(table(others))
            """
        return Page(
            "決裁", zone: .desk(officer),
            """
            <h1>決裁</h1>
            <h2>あなたの決裁を待つもの <small>\(mine.count)件</small></h2>
            \(mine.isEmpty ? "<p>決裁を待つものはありません。</p>" : table(mine))
            \(rest)
            <h2>あなたが起案したもの</h2>
            \(own.isEmpty ? "<p>まだありません。決裁が必要な申請のページで「起案する」を押すと、ここに並びます。</p>" : table(own))
            """)
    }

    private func table(_ lines: [Line]) -> HTML {
        let rows: [HTML] = lines.map { line in
            let proposal = line.proposal
            return """
                <tr><td class="nowrap"><a href="\(.desk(line.item.id))">\(line.item.number ?? "申請")</a></td>
                <td>\(line.title)</td><td>\(DeskWords.name(proposal.outcome))</td>
                <td>\(names[proposal.officer.text] ?? "職員") <small>\(proposal.at.day.iso)</small></td>
                <td>\(state(proposal))</td></tr>
                """
        }
        return """
            <div class="scroll" role="region" aria-label="決裁の表" tabindex="0"><table>
            <thead><tr><th scope="col">受付番号</th><th scope="col">手続き</th><th scope="col">案</th>
            <th scope="col">起案</th><th scope="col">いま</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func state(_ proposal: Proposal) -> HTML {
        switch proposal.state {
        case .open: "\(sectionName(proposal.waiting ?? ""))の決裁者（\(proposal.step + 1)/\(proposal.route.count)）"
        case .agreed: #"<span class="tag good">決裁済</span>"#
        case .sentBack: #"<span class="tag attention">差戻し</span>"#
        case .ended: #"<span class="tag">取りやめ</span>"#
        }
    }
}
