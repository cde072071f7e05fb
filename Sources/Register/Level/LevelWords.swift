import Core
import HTML
import Japanese

/// How the staff speak of levels. In Japanese.
enum LevelWords {
    /// What an item of evidence or a measure is.
    static func item(_ item: CardFact.Item) -> String {
        switch item {
        case .e1: "様式に画面で入力できる、または一つの工程が道具で動く"
        case .e2: "よくある申請者の少なくとも一つの場合に、来庁も郵送もなしで、すべて送れる"
        case .e3: "添付書類がない（要らない・やめた・すべて電子）"
        case .e4: "本人確認が要らない、電子でできる、または職員のいる窓口で一度だけ"
        case .e5: "手数料がない、またはオンラインで払える"
        case .e6: "結果が来庁なしで届く"
        case .e7: "データとして入る: 入力し直すのは20％以下"
        case .e8: "町が持つデータや、同意を得た前の答えで、あらかじめ入っている"
        case .e9: "申請者が状況を見られる"
        case .e10: "窓口も含めて80％以上が、初めから終わりまで紙なし"
        case .e11: "見直しの記録（前後の工程と条項の確認）が24か月以内にある"
        case .e12: "端末のない人の入口があり、同じデータになる"
        case .m1: "オンライン率"
        case .m2: "完了率（送信÷入力開始）"
        case .m3: "日数の中央値"
        case .m4: "1件の職員の時間"
        case .m5: "満足度（5点満点）"
        case .m6: "支援・代理の成功（本人の完了率に対する割合）"
        case .visits: "来庁の回数"
        case .stamp: "押印"
        case .identity: "本人確認"
        case .anytime: "24時間の受付"
        case .proactive: "申請の要らない手続・先回りの通知"
        case .bundled: "複数の手続が一度で済む"
        case .novel: "これまでなかったサービス"
        case .residents: "住民による確かめ（試し、または声）"
        }
    }

    /// A measure in its unit: 12.3％, 4日, 15分.
    static func number(_ number: Double, of item: CardFact.Item) -> String {
        let tenths = Int((number * 10).rounded())
        let text = tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
        switch item {
        case .m1, .m2, .m6: return text + "％"
        case .m3: return text + "日"
        case .m4: return text + "分"
        case .visits: return text + "回"
        default: return text
        }
    }

    /// A standing as a mark with words, never by colour alone.
    static func tag(_ standing: Standing) -> HTML {
        let mood: HTML =
            switch standing {
            case .yes, .exempt: " good"
            case .grace, .expired: " attention"
            case .unknown, .no: ""
            }
        return #"<span class="tag\#(mood)">\#(standing.name)</span>"#
    }

    static func tags(_ badges: Set<Judgement.Badge>) -> HTML {
        let tags: [HTML] = Judgement.Badge.allCases.filter(badges.contains).map {
            #" <span class="tag\#($0 == .few ? "" as HTML : " attention")">\#($0.name)</span>"#
        }
        return "\(tags)"
    }

    /// 12.3％; — of nothing.
    static func percent(_ value: Double?) -> String { value.map { number($0, of: .m1) } ?? "—" }
}
