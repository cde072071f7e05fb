import Core
import Database
import HTML
import Japanese
import Web

extension Applications {
    /// 庁内照会.
    func addConsultationRoutes(to site: inout Site) {
        site.add(MenuItem("照会", "/desk/consultations", needs: .readCases, isDaily: true))

        site.officer(.post, "/desk/cases/{id}/ask", needs: .handleCases) { visit in
            try await answering(visit, "ask") { id, words in
                guard let once = once(visit) else { throw CaseRefusal.stale }
                guard let due = try? WrittenDate.day(visit.posted["due"] ?? "") else {
                    throw CaseRefusal.unusable(Text(verbatim: "回答期限を、2026-12-01 や 令和8年12月1日 のように入力してください。"))
                }
                try await ask(
                    visit.posted["section"] ?? "", words, about: id, dueOn: due, once: once, by: visit.who,
                    at: visit.moment)
            }
        }

        site.officer(.post, "/desk/cases/{id}/answer", needs: .handleCases) { visit in
            try await answering(visit, "answer", then: "/desk/consultations") { id, words in
                try await answer(
                    visit.posted["consultation"] ?? "", words, about: id, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.post, "/desk/cases/{id}/cancel-ask", needs: .handleCases) { visit in
            try await answering(visit, "cancel-ask") { id, _ in
                try await cancel(visit.posted["consultation"] ?? "", about: id, by: visit.who, at: visit.moment)
            }
        }

        site.officer(.get, "/desk/consultations", needs: .readCases) { visit in
            .page(try await consultations(visit))
        }
    }

    private func consultations(_ visit: Visit<Officer>) async throws -> Page {
        let sections = visit.who.sections(for: .readCases) ?? town.sections.map(\.id)
        let officer = visit.who
        let (asked, own, names) = try await database.read { transaction in
            let open = try sections.flatMap { section in
                try transaction.rows(
                    """
                    SELECT * FROM consultation WHERE section = \(section) AND state = 'open'
                    ORDER BY due_on, id LIMIT \(ConsultationPages.most)
                    """)
            }
            let own = try transaction.rows(
                "SELECT * FROM consultation WHERE officer = \(officer.id) ORDER BY id DESC LIMIT \(ConsultationPages.most)"
            )
            return (
                try open.map { try line($0, in: transaction) }, try own.map { try line($0, in: transaction) },
                try staff.names(transaction)
            )
        }
        return ConsultationPages(
            officer: officer, today: visit.moment.day, names: names, sectionName: { town.sectionName($0)[.ja] }
        ).page(asked: asked.sorted { ($0.due, $0.id) < ($1.due, $1.id) }, own: own)
    }

    private func line(_ row: Row, in transaction: Transaction) throws -> ConsultationPages.Line {
        let item = try Case.require(row["application"], in: transaction).item
        let form = try shelf.form(item.form, version: item.formVersion, through: item.channel, in: transaction)
        let (id, section, due, state): (String, String, String, String) = try (
            row["id"], row["section"], row["due_on"], row["state"]
        )
        return ConsultationPages.Line(
            id: id, item: item, title: form.title[.ja], section: section, due: due,
            state: .init(rawValue: state) ?? .cancelled, officer: try row["officer"], at: try row["at"],
            isUnseen: try !row.has("seen_at"))
    }
}

/// 庁内照会の一覧: what an officer's sections are asked, and what became of what they asked themselves.
struct ConsultationPages {
    let officer: Officer
    let today: Day
    let names: [String: String]
    let sectionName: (String) -> String

    static let most = 100

    struct Line: Sendable {
        let id: String
        let item: Case
        let title: String
        let section: String
        let due: String
        let state: Consultation.State
        let officer: Core.ID<Officer>
        let at: Moment
        /// True while whoever asked has not seen the answer.
        let isUnseen: Bool
    }

    func page(asked: [Line], own: [Line]) -> Page {
        let late = asked.filter { $0.due < today.iso }.count
        let count = "\(asked.count)\(asked.count >= Self.most ? "以上" : "")件" + (late > 0 ? "、うち期限超過 \(late)件" : "")
        let new = own.filter { $0.state == .answered && $0.isUnseen }.count
        return Page(
            "庁内照会", zone: .desk(officer),
            """
            <h1>庁内照会</h1>
            <h2>回答を待たれているもの <small>\(count)</small></h2>
            \(asked.isEmpty ? "<p>回答を待たれている照会はありません。</p>" : table(asked, isOwn: false))
            <h2>あなたが照会したもの\(new > 0 ? " <small>新しい回答 \(new)件</small>" as HTML : .empty)</h2>
            \(own.isEmpty ? "<p>まだありません。申請のページの「ほかの課に照会する」から照会できます。</p>" : table(own, isOwn: true))
            """)
    }

    private func table(_ lines: [Line], isOwn: Bool) -> HTML {
        let rows: [HTML] = lines.map { line in
            let from = names[line.officer.text] ?? "職員"
            let whom = isOwn ? sectionName(line.section) : "\(sectionName(line.item.section)) \(from)"
            return """
                <tr><td class="nowrap"><a href="\(.desk(line.item.id))">\(line.item.number ?? "申請")</a></td>
                <td>\(line.title)</td><td>\(whom)</td><td class="nowrap">\(line.at.day.iso)</td>
                <td class="nowrap">\(state(line))</td></tr>
                """
        }
        return """
            <div class="scroll" role="region" aria-label="\(isOwn ? "照会したもの" : "照会されたもの")の表" tabindex="0"><table>
            <thead><tr><th scope="col">受付番号</th><th scope="col">手続き</th><th scope="col">\(isOwn ? "照会先" : "照会した人")</th>
            <th scope="col">照会した日</th><th scope="col">\(isOwn ? "いま" : "回答期限")</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func state(_ line: Line) -> HTML {
        switch line.state {
        case .open:
            line.due < today.iso ? #"<b class="late">\#(line.due) 超過</b>"# : "\(line.due) まで"
        case .answered:
            line.isUnseen ? #"<span class="tag attention">回答あり</span>"# : #"<span class="tag good">回答あり</span>"#
        case .cancelled: #"<span class="tag">取消し</span>"#
        }
    }
}
