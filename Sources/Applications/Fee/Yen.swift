import Core

/// 円.
enum Yen {
    /// 1,200円.
    static func text(_ amount: Int) -> String { grouped(amount) + "円" }

    /// The same in each language: ¥1,200 in English.
    static func spoken(_ amount: Int) -> Text {
        Text("\(grouped(amount))円", easy: "\(grouped(amount)){円|えん}", en: "¥\(grouped(amount))")
    }

    /// 1,200.
    static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
