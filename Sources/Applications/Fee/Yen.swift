import Core
import Japanese

/// 円.
enum Yen {
    /// 1,200円.
    static func text(_ amount: Int) -> String { amount.grouped + "円" }

    /// The same in each language: ¥1,200 in English.
    static func spoken(_ amount: Int) -> Text {
        Text("\(amount.grouped)円", easy: "\(amount.grouped){円|えん}", en: "¥\(amount.grouped)")
    }
}
