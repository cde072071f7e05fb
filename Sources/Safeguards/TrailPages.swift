import Core
import HTML
import Trail
import Web
import Japanese

/// 記録: what was done in the whole town, and the proof that none of it was changed.
struct TrailPages {
    let officer: Officer
    let names: [String: String]
    let eventNames: [String: String]

    func list(_ events: [RecordedEvent], head: Trail.Head?) -> Page {
        let rows: [HTML] = events.map { recorded in
            """
            <tr><td class="nowrap">\(recorded.at.day.iso) \(recorded.at.timeOfDay)</td>
            <td>\(eventNames[recorded.event.kind] ?? recorded.event.kind)</td>
            <td>\(actor(recorded.actor))</td><td class="digest">\(recorded.event.subject)</td></tr>
            """
        }
        let signed: HTML =
            head.map { head in
                """
                <p>記録 <b>\(head.size)</b> 件。最新の署名: <span class="digest">\(head.root.hexadecimal)</span></p>
                """
            } ?? "<p>まだ記録はありません。</p>"
        return Page(
            "記録", zone: .desk(officer),
            """
            <h1>記録</h1>
            \(signed)
            <form method="post" action="/desk/trail/verify"><button>すべての記録を検証する</button></form>
            <h2>最近の200件</h2>
            <div class="scroll" role="region" aria-label="最近の記録" tabindex="0"><table>
            <thead><tr><th scope="col">日時</th><th scope="col">できごと</th><th scope="col">だれが</th><th scope="col">対象</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """)
    }

    func verification(_ result: Trail.Verification) -> Page {
        let faults: [HTML] = result.faults.prefix(50).map { "<li>\($0)</li>" }
        let outcome: HTML =
            faults.isEmpty
            ? "<p class=\"state good\">記録はすべて、書かれたときのままです。</p>"
            : "<div class=\"problems\" role=\"alert\"><h2>書き換えられたか失われた記録があります（\(result.faults.count)件）</h2><ul>\(faults)</ul></div>"
        return Page(
            "記録の検証", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/trail">記録へ戻る</a></p>
            <h1>記録の検証</h1>
            \(outcome)
            <dl class="facts"><div><dt>検証した記録</dt><dd>\(result.entries) 件</dd></div>
            <div><dt>署名を待つ記録</dt><dd>\(result.waiting) 件</dd></div></dl>
            """)
    }

    private func actor(_ actor: String) -> String {
        switch actor {
        case "applicant": "申請者"
        case "system": "自動"
        default: names[String(actor.drop { $0 != ":" }.dropFirst())] ?? "職員"
        }
    }
}
