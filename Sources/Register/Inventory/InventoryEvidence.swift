import Core
import Japanese

/// 根拠からの回答. What the register knows by itself of a question, with where it knows it from.
struct InventoryEvidence: Sendable {
    let card: Card
    let facts: CardFacts
    let survey: Survey
    /// What the room of online applications knows.
    let online: Online

    struct Online: Sendable {
        /// True where it can be applied for here.
        let isOpen: Bool
        /// The applications of the year that is asked for; nil where none could be made here.
        let counted: Counted?
        let papers: [Paper]
    }

    struct Known: Sendable, Equatable {
        let value: String
        let from: String
    }

    /// The questions that can be answered from evidence, each with what it is.
    static let sources: [(question: String, from: String)] = [
        ("手続ID", "カードの「手続ID（国の棚卸調査）」"), ("手続名", "カードの手続名"), ("法令名", "カードの根拠法令・条項"),
        ("根拠条項号", "カードの根拠法令・条項"), ("手続類型", "カードの手続類型"), ("手続の受け手", "カードの手続類型（申請等は町が受ける）"),
        ("オンライン化の実施状況", "公開中のオンライン様式、事実E2、カードの受付方法"), ("申請等における本人確認手法", "事実「本人確認が要る」（要らないとき）"),
        ("処理期間(オンライン)", "カードの標準処理期間"), ("処理期間(非オンライン)", "カードの標準処理期間"),
        ("情報システム(申請)", "公開中のオンライン様式"), ("情報システム(事務処理)", "カードのつながり（情報システム）"),
        ("総手続件数", "カードの年間件数、受け付けた申請の数"), ("オンライン手続件数", "受け付けた申請の数"),
        ("非オンライン手続件数", "総手続件数とオンライン手続件数の差"), ("申請時に添付させる書類", "カードの添付書類、公開中のオンライン様式"),
        ("添付書類等提出の撤廃/省略状況", "カードの添付書類"), ("手続が行われるイベント(個人)", "カードのくらしの場面"),
    ]

    /// What is known of a question; nil where a person has to say.
    func known(_ question: String) -> Known? {
        switch question {
        case "手続ID": card.references?.first { $0.scheme == .inventory }.map { Known(value: $0.id, from: "カードの手続ID") }
        case "手続名": Known(value: card.name[.ja], from: "カードの手続名")
        case "法令名": law.map { Known(value: $0.name, from: "カードの根拠法令・条項") }
        case "根拠条項号": law.map { Known(value: $0.clause, from: "カードの根拠法令・条項") }
        case "手続類型": kind.map { Known(value: $0, from: "カードの手続類型") }
        case "手続の受け手": card.kind == .application ? Known(value: "3 地方等", from: "カードの手続類型（申請等は町が受ける）") : nil
        case "オンライン化の実施状況": state
        case "申請等における本人確認手法": identity
        case "処理期間(オンライン)": state?.value == "1 実施済" ? period : nil
        case "処理期間(非オンライン)": period
        case "情報システム(申請)": online.isOpen ? Known(value: "Origami", from: "公開中のオンライン様式") : nil
        case "情報システム(事務処理)": systems
        case "総手続件数": total
        case "オンライン手続件数":
            online.counted.map {
                Known(value: String($0.online), from: "\(FactWords.year(survey.countYear))にオンラインで受け付けた申請の数")
            }
        case "非オンライン手続件数": rest
        case "申請時に添付させる書類": papers
        case "添付書類等提出の撤廃/省略状況": abolition
        case "手続が行われるイベント(個人)": events
        default: nil
        }
    }

    /// 「狂犬病予防法 第4条第1項」 as its law and its clause; nil where it names several or another way.
    private var law: (name: String, clause: String)? {
        guard let basis = card.legalBasis, !basis.contains(where: { "、,;；・\n".contains($0) }) else { return nil }
        let parts = basis.split { $0 == " " || $0 == "　" }.map(String.init)
        guard parts.count == 2, parts[1].hasPrefix("第"), parts[1].contains("条") else { return nil }
        return (parts[0], parts[1])
    }

    private var kind: String? {
        switch card.kind {
        case .application: "1 申請等"
        // Whether upon an application or not, the card does not say.
        case .notice, .process: nil
        case .inspection: "3 縦覧等"
        case .record: "4 作成・保存等"
        }
    }

    private var state: Known? {
        if online.isOpen { return Known(value: "1 実施済", from: "公開中のオンライン様式") }
        if let fact = facts.newest(.e2) {
            let from = "事実E2（\(fact.source)、\(fact.asOf.iso)）"
            switch fact.finding {
            case .yes: return Known(value: "1 実施済", from: from)
            case .no: return Known(value: "2 未実施", from: from)
            case .notApplicable: return Known(value: "3 適用除外", from: from)
            case .unknown, .number: break
            }
        }
        guard let channels = card.channels else { return nil }
        return Known(value: channels.contains(.online) ? "1 実施済" : "2 未実施", from: "カードの受付方法")
    }

    private var identity: Known? {
        guard let fact = facts.newest(.identity), fact.finding == .no else { return nil }
        return Known(value: "6 本人確認不要", from: "事実「本人確認が要る」（\(fact.source)、\(fact.asOf.iso)）")
    }

    private var period: Known? {
        card.processingDays.map { Known(value: "\($0)営業日", from: "カードの標準処理期間") }
    }

    private var systems: Known? {
        let names = (card.links ?? []).filter { $0.kind == .system }.map(\.name)
        return names.isEmpty ? nil : Known(value: names.joined(separator: "、"), from: "カードのつながり（情報システム）")
    }

    private var total: Known? {
        if let count = card.yearlyCount, count.fiscalYear == survey.countYear.year {
            return Known(value: String(count.count), from: "カードの年間件数（出典: \(count.source)）")
        }
        // None here is not none at all: what came in elsewhere is not counted.
        guard let counted = online.counted, counted.all > 0 else { return nil }
        return Known(value: String(counted.all), from: "\(FactWords.year(survey.countYear))にここで受け付けた申請の数（窓口・紙を含む）")
    }

    private var rest: Known? {
        guard let all = total.flatMap({ Int($0.value) }), let counted = online.counted, all >= counted.online else {
            return nil
        }
        return Known(value: String(all - counted.online), from: "総手続件数とオンライン手続件数の差")
    }

    private var papers: Known? {
        let (names, from): ([String], String)
        if let known = card.papers {
            (names, from) = (known.filter { $0.state != .abolished }.map { $0.name[.ja] }, "カードの添付書類")
        } else if online.isOpen {
            (names, from) = (online.papers.filter(\.isAsked).map { $0.name[.ja] }, "公開中のオンライン様式")
        } else {
            return nil
        }
        if names.isEmpty { return Known(value: "添付書類なし", from: from) }
        let codes = survey.question("申請時に添付させる書類")?.codes ?? []
        let found = Set(names.map(Self.paper))
        return Known(value: codes.filter(found.contains).joined(separator: Cell.separator), from: from)
    }

    /// The code of a paper by its name.
    private static func paper(_ name: String) -> String {
        let codes: [(String, String)] = [
            ("住民票", "住民票"), ("戸籍", "戸籍"), ("所得証明", "所得証明書・納税証明書"), ("納税証明", "所得証明書・納税証明書"),
            ("課税証明", "所得証明書・納税証明書"), ("定款", "定款"), ("決算書", "決算書"), ("社員名簿", "社員名簿"),
        ]
        return codes.first { name.contains($0.0) }?.1 ?? "その他の添付書類"
    }

    /// Where all papers stand alike; a mixture is for a person to tell.
    private var abolition: Known? {
        guard let papers = card.papers, !papers.isEmpty else { return nil }
        let states = Set(papers.map(\.state))
        guard states.count == 1, let state = papers[0].state else { return nil }
        let codes = survey.question("添付書類等提出の撤廃/省略状況")?.codes ?? []
        return codes.first { $0.hasSuffix(" " + CardWords.name(state)) }.map { Known(value: $0, from: "カードの添付書類") }
    }

    /// 妊娠・出産 is one situation here and two there: a person tells which.
    private var events: Known? {
        guard !card.events.isEmpty, !card.events.contains(.birth) else { return nil }
        let found = Set(card.events.map(Self.event))
        let codes = survey.question("手続が行われるイベント(個人)")?.codes ?? []
        return Known(value: codes.filter(found.contains).joined(separator: Cell.separator), from: "カードのくらしの場面")
    }

    private static func event(_ event: LifeEvent) -> String {
        switch event {
        case .childcare: "出生・こども"
        case .moving: "引越し"
        case .work: "就職・転職"
        case .marriage: "結婚・離婚"
        case .care: "介護"
        case .health, .healthInsurance: "医療・健康"
        case .tax: "税金"
        case .pension: "年金の受給"
        case .death: "死亡・相続"
        default: "その他イベント(個人)"
        }
    }
}
