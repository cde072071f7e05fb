import Core
import Japanese

/// The register's words for what is known of a card.
enum FactWords {
    /// The evidence that counts for a card: that of an internal process is shorter (rubric, rule 10).
    static func evidence(of card: Card) -> [CardFact.Item] {
        card.kind == .process
            ? [.e1, .e7, .e10, .e11] : [.e1, .e2, .e3, .e4, .e5, .e6, .e7, .e8, .e9, .e10, .e11, .e12]
    }

    /// Everything that can be said of a card.
    static func items(of card: Card) -> [CardFact.Item] {
        card.kind == .process
            ? evidence(of: card) + [.m3, .m4]
            : evidence(of: card)
                + [.proactive, .bundled, .novel, .residents, .visits, .stamp, .identity, .anytime]
                + [.m1, .m2, .m3, .m4, .m5, .m6]
    }

    static func name(_ item: CardFact.Item) -> String {
        switch item {
        case .e1: "様式にデジタルで記入できる（または、工程の一つが道具で動いている）"
        case .e2: "来庁も郵送もせずに、提出まで終えられる（よくある申請者の一種類以上で）"
        case .e3: "添付書類がない（不要・撤廃、またはすべて電子で出せる）"
        case .e4: "本人確認が不要、電子でできる、または職員のいる窓口で一度だけで済む"
        case .e5: "手数料がない、またはオンラインで払える"
        case .e6: "結果を、来庁せずに受け取れる"
        case .e7: "データのまま入る（打ち直しは件数の20%以下）"
        case .e8: "町が持つ情報、または同意を得た情報で、記入が済んでいる"
        case .e9: "申請者が状況を見られる"
        case .e10: "始めから終わりまで紙がない（窓口の分を含めて、件数の80%以上）"
        case .e11: "見直しの記録（前後の工程と条項の確認）が24か月以内にある"
        case .e12: "端末を使わない入口があり、同じデータになる"
        case .m1: "オンライン率（オンラインの件数／全件数）"
        case .m2: "完了率（送信した数／入力を始めた数）"
        case .m3: "処理日数の中央値"
        case .m4: "職員の作業時間（1件あたり）"
        case .m5: "満足度（5点満点）"
        case .m6: "支援・代理による申請の完了率（本人の完了率に対する割合）"
        case .visits: "来庁の回数"
        case .stamp: "押印が要る"
        case .identity: "本人確認が要る"
        case .anytime: "24時間いつでも受け付ける"
        case .proactive: "申請が要らない、または町から先にお知らせする"
        case .bundled: "複数の手続きが一度で済む"
        case .novel: "これまでなかったサービス"
        case .residents: "住民による確かめ（試用、または声）"
        }
    }

    /// The unit of a number, as it stands behind it.
    static func unit(_ item: CardFact.Item) -> String {
        switch item {
        case .m1, .m2, .m6: "%"
        case .m3: "日"
        case .m4: "分"
        case .m5: "点"
        case .visits: "回"
        default: ""
        }
    }

    /// The greatest number that makes sense.
    static func most(_ item: CardFact.Item) -> Double {
        switch item {
        case .m1, .m2: 100
        // Compared with those who do it themselves: it may be more.
        case .m6: 1000
        case .m5: 5
        case .visits: 100
        default: 1_000_000
        }
    }

    /// True for a number that belongs to a fiscal year.
    static func isYearly(_ item: CardFact.Item) -> Bool { item.rawValue.hasPrefix("M") }

    /// はい, いいえ, 70.7%, 適用除外（…）.
    static func finding(_ fact: CardFact) -> String {
        switch fact.finding {
        case .yes: "はい"
        case .no: "いいえ"
        case .unknown: "不明（調べましたが、分かりませんでした）"
        case .notApplicable: "適用除外（\(fact.exemption?.clause ?? "")、\(fact.exemption?.reason ?? "")）"
        case .number(let number): "\(plain(number))\(unit(fact.item))"
        }
    }

    /// 12 and 70.7, without a trailing zero.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e15 ? String(Int(number)) : String(number)
    }

    /// 令和7年度（2025年度）.
    static func year(_ year: FiscalYear) -> String {
        guard let era = Day(year: year.year, month: 4, day: 1).flatMap(Era.of) else { return "\(year.year)年度" }
        return "\(era.name)\(year.yearOfEra == 1 ? "元" : String(year.yearOfEra))年度（\(year.year)年度）"
    }
}
