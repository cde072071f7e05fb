/// 住所の読み取り. An address taken apart, with how sure that is.
package struct WrittenAddress: Sendable, Equatable {
    /// A reading that would fit as well.
    package struct Alternative: Sendable, Equatable, Codable {
        package let prefecture: String
        package let municipality: String
        package let code: String
        package let town: String
    }

    package var prefecture = ""
    /// With its 郡: 河内郡上三川町.
    package var municipality = ""
    /// 全国地方公共団体コード.
    package var code = ""
    /// 大字・町, as the table has it.
    package var town = ""
    /// 三丁目; empty without one.
    package var chome = ""
    /// 番地・号: 1-2, in half-width digits.
    package var number = ""
    package var building = ""
    /// 通り名 of Kyoto, which stands before the town.
    package var street = ""
    /// What was left unread.
    package var rest = ""
    /// Seven digits; empty where none is written.
    package var postcode = ""
    /// 0 to 1. Below ``sure`` a person should look at it.
    package var confidence = 0.0
    package var alternatives: [Alternative] = []
    /// What a person should know, in words.
    package var notes: [String] = []

    /// From here on a reading is as good as certain.
    package static let sure = 0.8

    package init() {}
}
