import Core
import HTML
import Japanese
import Web

/// 知らせの記録: what was sent to an address in the last days, and what came of it.
struct WebhookPages {
    let officer: Officer
    let hook: Webhook
    let eventNames: [String: String]

    func page(_ journal: [Webhook.Delivery]) -> Page {
        let rows: [HTML] = journal.map { delivery in
            """
            <tr><td class="nowrap">\(delivery.at.day.iso) \(delivery.at.timeOfDay)</td>
            <td>\(eventNames[delivery.kind] ?? delivery.kind)</td><td class="nowrap">\(delivery.number)</td>
            <td>\(state(delivery))</td><td class="number">\(delivery.attempts)</td><td>\(again(delivery))</td></tr>
            """
        }
        let table: HTML =
            rows.isEmpty
            ? "<p>この7日間に、知らせることはありませんでした。</p>"
            : """
            <div class="scroll" role="region" aria-label="知らせの記録の表" tabindex="0"><table>
            <thead><tr><th scope="col">できごとの日時</th><th scope="col">できごと</th><th scope="col">受付番号</th>
            <th scope="col">ようす</th><th scope="col">送った回数</th><th scope="col">再送</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
        return Page(
            hook.name, zone: .desk(officer),
            """
            <p class="way"><a href="/desk/interfaces">外部連携へ戻る</a></p>
            <h1>\(hook.name) <small>知らせ（Webhook）</small></h1>
            \(notice)
            <p class="digest">\(hook.url)</p>
            <h2>この7日間の記録</h2>
            \(table)
            \(ending)
            """)
    }

    private var notice: HTML? {
        if hook.endedAt != nil { return "<p class=\"notice\">この知らせは、やめました。</p>" }
        if let stopped = hook.stoppedAt {
            return """
                <div class="notice"><p>1日のあいだ何も届かなかったので、\(stopped.day.iso) \(stopped.timeOfDay) に止めました。\
                相手のシステムを確かめてから、もう一度始めてください。届いていない知らせも、また送ります。</p>
                <form method="post" action="\(Link.webhook(hook.id).below("start"))"><button>もう一度始める</button></form></div>
                """
        }
        return hook.failingSince.map {
            "<p class=\"notice\">\($0.day.iso) \($0.timeOfDay) から、届いていません。間をあけて送り直しています。</p>"
        }
    }

    private func state(_ delivery: Webhook.Delivery) -> HTML {
        if let arrived = delivery.arrivedAt {
            return
                "<span class=\"tag good\">届いた</span> <small>\(arrived.day.iso) \(arrived.timeOfDay)（\(delivery.outcome)）</small>"
        }
        guard delivery.triedAt != nil, !delivery.outcome.isEmpty else { return "<span class=\"tag\">これから送る</span>" }
        return "<span class=\"tag attention\">届いていない</span> <small>\(delivery.outcome)</small>"
    }

    private func again(_ delivery: Webhook.Delivery) -> HTML? {
        guard hook.isOn else { return nil }
        let place = Link.webhook(hook.id).below("deliveries").below(delivery.id.text).below("replay")
        return """
            <form method="post" action="\(place)"><button class="quiet">もう一度送る<span class="unseen">\(delivery.number)</span></button></form>
            """
    }

    private var ending: HTML? {
        guard hook.endedAt == nil else { return nil }
        return """
            <details class="act"><summary>この知らせをやめる</summary>
            <form method="post" action="\(Link.webhook(hook.id).below("end"))">
            <p>「\(hook.name)」に何も送らなくなります。元には戻せません。記録は残ります。</p><button>やめる</button></form></details>
            """
    }
}
