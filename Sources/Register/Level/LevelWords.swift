import Core
import HTML
import Japanese

/// How the staff speak of levels. In Japanese.
enum LevelWords {
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
