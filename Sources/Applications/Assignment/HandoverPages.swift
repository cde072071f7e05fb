import Core
import HTML
import Web

/// 引継ぎ, as officers see it.
struct HandoverPages {
    let officer: Officer

    /// What somebody has in a section, and who could go on with it.
    struct Share: Sendable {
        let section: String
        let name: String
        let count: Int
        let colleagues: [StaffDirectory.Colleague]
    }

    /// What was tried and what was the matter with it.
    struct Tried: Sendable {
        let section: String
        let to: String
        let note: String
        let words: String
    }

    func page(_ shares: [Share], tried: Tried?) -> Page {
        let summary: HTML? = tried.map { tried in
            let control = shares.contains { $0.section == tried.section && $0.count > 0 } ? "to-\(tried.section)" : nil
            return ProblemSummary("引き継げませんでした", [(control, "\(tried.words)")]).html
        }
        return Page(
            (tried == nil ? "" : "エラー: ") + "担当の引継ぎ", zone: .desk(officer), status: tried == nil ? 200 : 422,
            """
            \(summary)
            <p class="way"><a href="/desk">申請一覧へ戻る</a></p>
            <h1>担当の引継ぎ</h1>
            <p>異動や長い休みのときに、自分が担当している未決の申請を、同じ課の職員にまとめて渡します。引継ぎの言葉は、渡した申請すべてに内部メモとして残ります。</p>
            \(shares.map { part($0, tried: tried?.section == $0.section ? tried : nil) })
            """)
    }

    private func part(_ share: Share, tried: Tried?) -> HTML {
        guard share.count > 0 else { return "<h2>\(share.name)</h2><p>担当している未決の申請はありません。</p>" }
        let isMore = share.count > BulkRun.handedOver
        let count = min(share.count, BulkRun.handedOver)
        guard !share.colleagues.isEmpty else {
            return "<h2>\(share.name)</h2><p>担当 \(count)件。この課には、ほかに渡せる職員がいません。</p>"
        }
        let options: [HTML] = share.colleagues.map { colleague in
            let chosen = Attributes().with("selected", when: tried?.to == colleague.id.text)
            return #"<option value="\#(colleague.id.text)"\#(chosen)>\#(colleague.name)</option>"#
        }
        let id = share.section
        let rest: HTML? = isMore ? "<p>一度に渡すのは\(count)件までです。残りは、もう一度この画面から渡してください。</p>" : nil
        return """
            <h2>\(share.name)（\(count)件\(isMore ? "以上" : "")）</h2>\(rest)
            <form method="post" action="/desk/handover"><input type="hidden" name="section" value="\(id)">
            <input type="hidden" name="once" value="\(BulkRun.ID().text)">
            <div class="field"><label for="to-\(id)">引き継ぐ職員</label>
            <select id="to-\(id)" name="to"><option value="">選んでください</option>\(options)</select></div>
            <div class="field"><label for="note-\(id)">引継ぎの言葉（任意）</label>
            <p class="hint" id="note-\(id)-hint">進み具合や注意することなど。申請者には見えません。</p>
            <textarea id="note-\(id)" name="note" rows="4" maxlength="2000" aria-describedby="note-\(id)-hint">
            \(tried?.note ?? "")</textarea></div>
            <button>\(count)件を引き継ぐ</button></form>
            """
    }

    /// 担当者を変えられなかったとき: who has it now, and how to go on.
    func notAssigned(_ view: AssignmentView, because refusal: AssignmentRefusal) -> Page {
        let status = if case .taken = refusal { 409 } else { 422 }
        return Page(
            "エラー: 担当者", zone: .desk(officer), status: status,
            """
            \(ProblemSummary("担当者を変えられませんでした", [("now", "\(refusal.words[.ja])")]).html)
            <p class="way"><a href="\(.desk(view.item.id))">\(view.item.number ?? "申請")へ戻る</a></p>
            <h1>担当者 <small>\(view.item.number ?? "")</small></h1>
            <div id="now" tabindex="-1">\(view.html)</div>
            """)
    }
}
