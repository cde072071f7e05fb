import Core
import HTML
import Japanese

/// 会議資料 as the members had it when the meeting began: what was decided was decided on these numbers.
struct KeptPacket: Document, Equatable {
    static var kind: String { "packet" }

    /// The page that the paper is set from.
    let page: String

    var html: HTML { HTML(trusted: Array(page.utf8)) }
}

/// 会議資料. Everything that the members read beforehand, as one paper.
struct Packet {
    let town: Town
    let state: GovernanceState
    let meeting: Meeting
    let body: Body
    let today: Day

    var html: HTML {
        let seats: [[HTML]] = body.seats(on: meeting.on).map {
            ["\($0.name)", "\($0.post.name)", "\($0.section.map(state.sectionName) ?? "町の外")"]
        }
        let items: [HTML] = meeting.agenda.map { item in
            """
            <h3>\(item.id) 【\(item.sort.name)】\(item.title)</h3><p class="kept">\(item.note)</p>\(detail(item))
            """
        }
        return """
            <h1>\(meeting.title) <small>\(meeting.on.wareki) \(meeting.time)　\(meeting.place)　\(town.name[.ja]) \(body.name)</small></h1>
            <h2>委員</h2>\(Piece.table("委員", ["名前", "役", "課"], seats))
            <h2>議題</h2>\(items.isEmpty ? "<p>議題はありません。</p>" : "\(items)")
            <h2>取組の状況（\(state.year.wareki)）</h2>\(actions)
            <h2>この1年に終わった試行</h2>\(loops)
            <p class="quiet">この資料は\(today.wareki)の記録からつくりました。数字の出典は、それぞれの取組のページにあります。</p>
            """
    }

    /// The loop behind an item, with what was seen, expected and found.
    private func detail(_ item: Meeting.Item) -> HTML? {
        let id: String
        switch item.subject {
        case .loop(let loop), .review(let loop), .ended(let loop): id = loop
        default: return nil
        }
        guard let loop = state.loops.first(where: { $0.id == id }) else { return nil }
        let ideas = loop.hypotheses.map { "\($0.words)（見込み \($0.size)、影響する人 \($0.affected)）" }
        return Piece.facts([
            ("見たこと", "\(loop.observation.fact)（\(loop.observation.source)、\(loop.observation.on.wareki)）"),
            ("仮説", Piece.kept(ideas.joined(separator: "\n"))),
            ("結果", "\(loop.trial?.result == nil ? "まだ" : ProgressLine(loop: loop).words)"),
        ])
    }

    private var actions: HTML {
        let rows: [[HTML]] = state.statuses.map { status in
            [
                "\(status.action.number) \(status.action.title)", "\(state.sectionName(status.action.section))",
                "\(status.action.content.state.name)", "\(status.automatic.mark)",
                "\(status.human?.mark ?? "まだ")\(status.disagrees ? "（食い違い）" : "")",
                Piece.kept(
                    status.kpis.map {
                        "\($0.kpi.name) \(Piece.number($0.value, $0.kpi.unit))（目標 \(Piece.number($0.target, $0.kpi.unit))）"
                    }
                    .joined(separator: "\n")),
            ]
        }
        return rows.isEmpty ? "<p>取組がまだありません。</p>" : Piece.table("取組", ["取組", "主管課", "状態", "自動", "人", "KPI"], rows)
    }

    private var loops: HTML {
        let since = today.adding(days: -365)
        let ended = state.loops.filter { loop in loop.ending.map { $0.on > since } ?? false }
        let items: [HTML] = ended.map { "<li>\(ProgressLine(loop: $0).words)</li>" }
        return items.isEmpty ? "<p>終わったものは、まだありません。</p>" : "<ul>\(items)</ul>"
    }
}
