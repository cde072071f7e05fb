import Core
import HTML
import Web
import Japanese

/// 手数料の台帳, as officers see it, with what may be noted next.
struct FeeView {
    let ledger: FeeLedger
    let item: Case
    let officer: Officer
    let names: [String: String]
    let payments: [PaymentService]

    var html: HTML {
        guard !ledger.entries.isEmpty else { return .empty }
        let rows: [HTML] = ledger.entries.map { entry in
            let who = entry.officer.map { names[$0.text] ?? "職員" } ?? "自動"
            return """
                <li><b>\(Self.name(entry.kind))</b> \(Yen.text(entry.yen)) <small>\(entry.at.day.iso) \(entry.at.timeOfDay) \(who)</small>
                \(entry.words.map { "<p class=\"kept\">\($0)</p>" as HTML })</li>
                """
        }
        return """
            <h2>手数料 <small>\(FeeTexts.name(ledger.state)[.ja])</small></h2>
            <ol class="history">\(rows)</ol>\(ledger.next.map(form))
            """
    }

    private func form(_ kind: FeeLedger.Kind) -> HTML {
        guard officer.may(kind == .paid ? .handleCases : .decideCases, in: item.section) else { return .empty }
        let action = Link.desk(item.id).below("fee-\(kind.rawValue)")
        if kind == .paid {
            let services: [HTML] = payments.map { service in
                let id = "fee-\(service.id)"
                return """
                    <details class="act"><summary>「\(service.name[.ja])」での入金を記録する</summary>
                    <form method="post" action="\(action)">\(seen)<input type="hidden" name="service" value="\(service.id)">
                    <label for="\(id)">支払いサービスの照会番号など</label><input id="\(id)" name="words" class="wide" required="">
                    <button>入金を記録する</button></form></details>
                    """
            }
            return #"<form method="post" action="\#(action)">\#(seen)<button>窓口で受け取った</button></form>\#(services)"#
        }
        let id = "fee-\(kind.rawValue)-words"
        return """
            <details class="act"><summary>\(Self.name(kind))にする</summary>
            <form method="post" action="\(action)">\(seen)<label for="\(id)">理由（記録に残ります）</label>
            <textarea id="\(id)" name="words" rows="3" required=""></textarea><button>\(Self.name(kind))にする</button></form></details>
            """
    }

    private var seen: HTML { #"<input type="hidden" name="yen" value="\#(ledger.charged ?? 0)">"# }

    private static func name(_ kind: FeeLedger.Kind) -> String {
        switch kind {
        case .charged: "請求"
        case .adjusted: "請求額の変更"
        case .paid: "納付"
        case .waived: "免除"
        case .refunded: "返金"
        }
    }
}
