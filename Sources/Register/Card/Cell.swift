import Core
import Japanese

/// 記入のまちがい. Why a text cannot stand in a place of the register, with the mend.
package struct CellFault: Error, Sendable, Equatable {
    package let words: String

    package init(_ words: String) { self.words = words }
}

/// 記入欄. What is typed into a place of the register, in a form or in a sheet, and what it says. Blank is unknown.
enum Cell {
    /// How a place is asked for.
    enum Entry: Sendable {
        case line
        /// Several lines.
        case words
        case number(unit: String)
        case day
        case choice([Option])
        case several([Option])
    }

    /// One of the values that a place takes: what it is called here, and by its name in documents.
    struct Option: Sendable, Equatable {
        let code: String
        let name: String

        init(_ code: String, _ name: String) { (self.code, self.name) = (code, name) }
    }

    static let yesNo = [Option("yes", "はい"), Option("no", "いいえ")]

    /// As it is compared: line ends as one, nothing around it.
    static func plain(_ typed: String) -> String {
        Spaces.trim(typed.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }

    /// Words; nil for blank.
    static func text(_ typed: String, limit: Int) throws(CellFault) -> String? {
        let text = plain(typed)
        if text.isEmpty { return nil }
        guard text.count <= limit else { throw CellFault("\(limit)文字までにしてください（いま\(text.count)文字）") }
        guard !Unwanted.hasControls(text) else { throw CellFault("使えない文字（制御文字など）が入っています。入力し直してください") }
        guard !IndividualNumber.isFound(in: text) else {
            throw CellFault("マイナンバー（個人番号）と思われる12桁の数字があります。個人番号は書けません")
        }
        return text
    }

    /// A line of words; nil for blank.
    static func line(_ typed: String, limit: Int = 200) throws(CellFault) -> String? {
        let text = try text(typed, limit: limit)
        guard text?.contains("\n") != true else { throw CellFault("改行のない1行で書いてください") }
        return text
    }

    /// A whole number; nil for blank.
    static func number(_ typed: String, _ range: ClosedRange<Int>, unit: String) throws(CellFault) -> Int? {
        let text = plain(typed)
        if text.isEmpty { return nil }
        guard let number = WrittenNumber.read(text, units: [unit]), range.contains(number) else {
            throw CellFault("\(range.lowerBound)〜\(range.upperBound)の数で書いてください。分からないときは空欄にします")
        }
        return number
    }

    /// A number that may have decimal places; nil for blank.
    static func decimal(_ typed: String) throws(CellFault) -> Double? {
        let text = Width.narrow(plain(typed)).filter { $0 != "," }
        if text.isEmpty { return nil }
        guard let number = Double(text), number.isFinite, (0...1_000_000_000).contains(number) else {
            throw CellFault("0以上の数で書いてください。例: 12、70.5")
        }
        return number
    }

    /// 会計年度, as 2025, 令和7年度, R7 or 令和7; nil for blank.
    static func year(_ typed: String) throws(CellFault) -> FiscalYear? {
        var text = Width.narrow(plain(typed)).uppercased()[...]
        if text.isEmpty { return nil }
        let era = WrittenDate.takeEra(&text)
        for ending in ["度", "年"] where text.hasSuffix(ending) { text.removeLast() }
        let number =
            text == "元" ? 1 : text.allSatisfy({ ("0"..."9").contains($0) }) && text.count <= 4 ? Int(text) : nil
        let year = number.map { era?.gregorian(year: $0) ?? $0 }
        guard let year, (1950...2100).contains(year) else { throw CellFault("会計年度を、2025 か 令和7年度 の形で書いてください") }
        return FiscalYear(year)
    }

    /// 日; nil for blank.
    static func day(_ typed: String) throws(CellFault) -> Day? {
        let text = plain(typed)
        if text.isEmpty { return nil }
        do throws(WrittenDate.Problem) {
            return try WrittenDate.day(text)
        } catch {
            throw CellFault("日付を、2026-04-01 か 令和8年4月1日 の形で書いてください")
        }
    }

    /// The code of one of the options; nil for blank.
    static func choice(_ typed: String, _ options: [Option]) throws(CellFault) -> String? {
        let text = plain(typed)
        if text.isEmpty { return nil }
        let found = options.first { $0.name == text } ?? options.first { $0.code == text }
        guard let found else { throw CellFault("「\(text)」は使えません。使えるのは: \(options.map(\.name).joined(separator: "、"))") }
        return found.code
    }

    /// What stands between the values of a place that takes several.
    static let separator = "; "

    /// The parts of a text that says several things, each between `;`, `；` or line ends.
    static func parts(_ typed: String) -> [String] {
        plain(typed).split { ";；\n".contains($0) }.map { Spaces.trim(String($0)) }.filter { !$0.isEmpty }
    }

    /// The codes of some of the options, each once; nil for blank.
    static func several(_ typed: String, _ options: [Option]) throws(CellFault) -> [String]? {
        var codes: [String] = []
        for part in parts(typed) {
            if let code = try choice(part, options), !codes.contains(code) { codes.append(code) }
        }
        return codes.isEmpty ? nil : codes
    }

    /// The names of codes, as one text.
    static func names(_ codes: [String], _ options: [Option]) -> String {
        codes.map { name($0, options) }.joined(separator: separator)
    }

    /// The name of a code; the code itself where there is none.
    static func name(_ code: String, _ options: [Option]) -> String { options.first { $0.code == code }?.name ?? code }
}
