package import Japanese

/// 棚卸調査. What the national inventory of procedures asks in a year, column by column.
package struct Survey: Sendable {
    /// The Gregorian year of the survey: 2025 for 令和7年度.
    package let year: Int
    package let questions: [Question]
    /// True while the questions of the year are not published and those of the year before stand in.
    package let isPreliminary: Bool

    /// The fiscal year whose counts are asked for.
    package var countYear: FiscalYear { FiscalYear(year - 1) }

    /// 令和7年度.
    package var name: String { FactWords.year(FiscalYear(year)) }

    /// The surveys that can be answered, the newest first.
    package static let all = [
        Survey(year: 2026, questions: r7Questions, isPreliminary: true),
        Survey(year: 2025, questions: r7Questions, isPreliminary: false),
    ]

    /// The survey of a year; nil for one whose questions are not known.
    package static func find(_ year: Int) -> Survey? { all.first { $0.year == year } }

    /// The survey of the year before, for comparison.
    package var before: Survey? { Survey.find(year - 1) }

    func question(_ name: String) -> Question? { questions.first { $0.name == name } }
}

/// 設問. One column of the inventory.
package struct Question: Sendable {
    /// As the national file calls it.
    package let name: String
    package let kind: Kind

    package enum Kind: Sendable {
        case words
        /// One of these codes.
        case one([String])
        /// Any of these codes, with `; ` between them.
        case several([String])
        /// How often: a whole number. Blank is unknown, and not 0.
        case count
    }

    init(_ name: String, _ kind: Kind) { (self.name, self.kind) = (name, kind) }

    /// An answer as the national file writes it; nil for blank. A code may be given by its number alone.
    func answer(_ typed: String) throws(CellFault) -> String? {
        switch kind {
        case .words: return try Cell.text(typed, limit: 2000)
        case .count: return try Cell.number(typed, 0...1_000_000_000, unit: "件").map(String.init)
        case .one(let codes):
            let text = Cell.plain(typed)
            return text.isEmpty ? nil : try Self.code(text, codes)
        case .several(let codes):
            var found: [String] = []
            for part in Cell.parts(typed) {
                let code = try Self.code(part, codes)
                if !found.contains(code) { found.append(code) }
            }
            return found.isEmpty ? nil : found.joined(separator: Cell.separator)
        }
    }

    private static func code(_ text: String, _ codes: [String]) throws(CellFault) -> String {
        if codes.contains(text) { return text }
        // 「1 実施済」 may come as 「1」 or 「1　実施済」.
        let number = Width.narrow(text).split(separator: " ").first.map(String.init) ?? ""
        let isNumbered = number.allSatisfy { ("0"..."9").contains($0) || $0 == "-" } && !number.isEmpty
        if isNumbered, let code = codes.first(where: { $0.hasPrefix(number + " ") }) { return code }
        throw CellFault("「\(text)」という符号はありません。使えるのは: \(codes.joined(separator: "、"))")
    }

    /// What people may choose from; empty where anything can be written.
    package var codes: [String] {
        switch kind {
        case .words, .count: []
        case .one(let codes), .several(let codes): codes
        }
    }
}
