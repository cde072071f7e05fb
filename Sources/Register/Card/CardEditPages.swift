import Core
import HTML
import Web

/// カードの編集. The plain facts of a card, a part at a time.
struct CardEditPages {
    let officer: Officer
    let town: Town

    /// What was sent and could not be kept.
    struct Tried: Sendable {
        let posted: Posted
        /// The columns that the form had; the others are as the card says.
        let sent: Set<String>
        let faults: [CardFault]
        /// What others changed since the page was opened; nil where nobody did.
        let others: [CardDifference]?
        /// What saving again would change.
        let mine: [CardDifference]

        var status: Int { others == nil ? 422 : 409 }
    }

    func part(_ part: CardColumn.Part, of card: Card, version: Int, tried: Tried?) -> Page {
        let columns = CardColumns(town).of(part)
        let controls: [HTML] = columns.map { column -> HTML in
            let typed = tried.flatMap { $0.sent.contains(column.key) ? Self.typed(column, $0.posted) : nil }
            return view(column, value: typed ?? column.read(card), tried).html
        }
        let keys = Set(columns.map(\.key))
        return Page(
            (tried == nil ? "" : "エラー: ") + "\(part.name)を直す: \(card.name[.ja])", zone: .desk(officer),
            status: tried?.status ?? 200,
            """
            <p class="way"><a href="\(.card(card.id))">\(card.name[.ja])</a></p>
            \(problems(tried, keys))
            <h1>\(part.name)を直す <small>\(card.name[.ja])</small></h1>
            <p>分からないところは空欄にします。空欄は「不明」で、「いいえ」や「0」ではありません。</p>
            <form method="post" action="\(Link.card(card.id).below("edit").asking([("part", part.rawValue)]))" class="column">
            <input type="hidden" name="version" value="\(version)">
            \(controls)\(CellProblems.note)
            <button class="primary">保存する</button></form>
            """)
    }

    /// 新しいカード: the facts that a new card begins with.
    func new(_ tried: Tried?) -> Page {
        let columns = CardColumns(town).all.filter { Self.beginning.contains($0.key) }
        let controls: [HTML] = columns.map { column in
            view(column, value: tried.map { Self.typed(column, $0.posted) } ?? "", tried).html
        }
        let id = CellView(
            id: "id", label: "識別名", entry: .line, hint: "アドレスに使う短い名前。英小文字・数字・-。あとから変えられません。例: dog-registration",
            value: tried?.posted["id"] ?? "", fault: tried?.faults.first { $0.key == "id" }?.words)
        return Page(
            (tried == nil ? "" : "エラー: ") + "新しいカード", zone: .desk(officer), status: tried?.status ?? 200,
            """
            <p class="way"><a href="/desk/cards">手続・業務台帳</a></p>
            \(problems(tried, Set(columns.map(\.key) + ["id"])))
            <h1>新しいカード</h1>
            <p>手続名・所管課・手続類型・概要のほかは、あとから埋められます。分からないところは空欄のままにします。</p>
            <form method="post" action="/desk/cards/new" class="column">\(id.html)\(controls)
            <button class="primary">カードを作る</button></form>
            """)
    }

    /// The eight fields.
    static let beginning: Set = [
        "name.ja", "section", "kind", "audience.ja", "legal_basis", "channels", "yearly_count", "yearly_year",
        "yearly_source", "summary.ja",
    ]

    private func view(_ column: CardColumn, value: String, _ tried: Tried?) -> CellView {
        let language = town.languages.first { column.key.hasSuffix(".\($0.id)") } ?? .ja
        return CellView(
            id: column.key, label: column.name.replacing("（\(language.id)）", with: "（\(language.name)）"),
            entry: column.entry, hint: column.hint, value: value,
            fault: tried?.faults.first { $0.key == column.key }?.words, language: language)
    }

    private func problems(_ tried: Tried?, _ keys: Set<String>) -> HTML {
        guard let tried else { return .empty }
        if let others = tried.others { return CellProblems.conflict(others, mine: tried.mine) }
        return CellProblems.summary(tried.faults, among: keys)
    }

    /// What a form says of a column: boxes send one value each, or none.
    static func typed(_ column: CardColumn, _ posted: Posted) -> String {
        if case .several = column.entry { return posted.all(column.key).joined(separator: Cell.separator) }
        return posted[column.key] ?? ""
    }

    /// Puts what was typed into a card. Gives what is wrong, by column.
    static func take(_ posted: Posted, _ columns: [CardColumn], into card: inout Card) -> [CardFault] {
        columns.compactMap { column in
            do {
                try column.take(typed(column, posted), into: &card)
                return nil
            } catch let fault as CellFault {
                return CardFault(column.key, fault.words)
            } catch {
                return CardFault(column.key, "読み取れません")
            }
        }
    }
}
