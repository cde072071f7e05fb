import Core
import HTML
import Japanese
import Web

/// 情報システムの台帳: systems with their contracts, and what goes from one to another.
struct SystemPages {
    let officer: Officer
    let town: Town
    let words: BookWords
    let today: Day

    /// Days before a contract's deadline from which it is called out.
    static let warning = 180

    /// A contract that has to be thought of.
    private func isPressing(_ contract: LedgerEntry) -> Bool {
        guard let until = contract.day("until"), until >= today else { return false }
        return (contract.day("notice") ?? until) <= today.adding(days: Self.warning)
    }

    func list(_ systems: [LedgerEntry], contracts: [LedgerEntry], mayWrite: Bool) -> Page {
        let pages = LedgerPages(officer: officer, book: .systems, words: words)
        let current = contracts.filter { contract in
            contract.day("until").map { $0 >= today } ?? false && contract.day("from").map { $0 <= today } ?? true
        }
        let total = current.compactMap { $0.number("yen") }.reduce(0, +)
        let unknown = current.count { $0.number("yen") == nil }
        let pressing: [HTML] = contracts.filter(isPressing).sorted {
            ($0["notice"].isEmpty ? $0["until"] : $0["notice"], $0.name)
                < ($1["notice"].isEmpty ? $1["until"] : $1["notice"], $1.name)
        }.map { contract in
            let system = words.shown(contract.parent, .system)
            let when = contract["notice"].isEmpty ? "\(contract["until"]) に終わり" : "\(contract["notice"]) までに更新を決める"
            return
                "<li><span><a href=\"\(.entry(contract))\">\(system)：\(contract.name)</a></span> <span>\(when)</span></li>"
        }
        let soon: HTML? =
            pressing.isEmpty ? nil : "<h2>近づいている契約</h2><ul class=\"rows\">\(pressing)</ul>"
        return Page(
            "情報システム", zone: .desk(officer),
            """
            <h1>情報システム</h1>
            <p>いま有効な契約は\(current.count)件、年額の合計は<b>\(total.grouped)円</b>\(unknown > 0 ? "（年額の不明な\(unknown)件を除く）" : "")です。</p>
            <p><a href="/desk/standardisation">標準化の進み具合（20業務）</a>　<a href="/desk/linkages">データ連携</a>　<a href="/desk/gateway">データの窓口（API）</a></p>
            \(soon)
            <h2>台帳</h2>
            \(pages.table(systems, ["name", "kind", "business", "section", "vendor", "place", "version"]))
            \(mayWrite ? pages.adding(about: "") : .empty)\(pages.sheets(mayWrite: mayWrite))
            \(LedgerPages(officer: officer, book: .contracts, words: words).sheets(mayWrite: mayWrite))
            """)
    }

    /// What is known of a system.
    struct Content: Sendable {
        let system: LedgerEntry
        let contracts: [LedgerEntry]
        let linkages: [LedgerEntry]
        let versions: [LedgerEntry.Version]
        let names: [String: String]
        let mayWrite: Bool
    }

    func system(_ content: Content) -> Page {
        let pages = LedgerPages(officer: officer, book: .systems, words: words)
        let contracts = LedgerPages(officer: officer, book: .contracts, words: words)
        let linkages = LedgerPages(officer: officer, book: .linkages, words: words)
        let id = content.system.id.text
        let new = Link.book(.linkages).below("new").asking([("from", id)])
        return Page(
            content.system.name, zone: .desk(officer),
            """
            <p class="way"><a href="/desk/systems">情報システム</a></p>
            <h1>\(content.system.name)</h1>
            \(pages.facts(content.system))
            <h2>契約</h2>\(contracts.table(content.contracts, ["name", "partner", "from", "until", "notice", "yen"]))
            \(content.mayWrite ? contracts.adding(about: id) : .empty)
            <h2>渡すデータ</h2>\(linkages.table(content.linkages.filter { $0["from"] == id }, ["name", "to", "way", "frequency", "state"]))
            <h2>受け取るデータ</h2>\(linkages.table(content.linkages.filter { $0["to"] == id }, ["name", "from", "way", "frequency", "state"]))
            \(content.mayWrite ? "<p><a class=\"button\" href=\"\(new)\">渡すデータを書き加える</a></p>" as HTML : .empty)
            <h2>この記入</h2>\(content.mayWrite ? pages.changing(content.system) : .empty)\(pages.history(content.versions, content.names))
            """)
    }

    func linkages(_ entries: [LedgerEntry], mayWrite: Bool) -> Page {
        let pages = LedgerPages(officer: officer, book: .linkages, words: words)
        let byHand = entries.count { $0["way"] == "hand" && $0["state"] == "running" }
        return Page(
            "データ連携", zone: .desk(officer),
            """
            <p class="way"><a href="/desk/systems">情報システム</a></p>
            <h1>データ連携 <small>だれが、だれに、何を、どう渡すか</small></h1>
            <p>標準では、RESTで受け手が取りに行くか、オブジェクトストレージにCSVを置くか、の2つだけです（共通機能標準仕様書 2.7）。
            \(byHand > 0 ? "手作業で渡しているものが<b>\(byHand)件</b>あります。" : "手作業で渡しているものは、台帳にはありません。")</p>
            \(pages.table(entries, ["name", "from", "to", "way", "scope", "frequency", "state"]))
            \(mayWrite ? pages.adding(about: "") : .empty)\(pages.sheets(mayWrite: mayWrite))
            """)
    }
}
