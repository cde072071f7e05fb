/// 欄. What stands in one place of a table, so that each kind of file writes it as what it is.
package enum Cell: Sendable, Equatable {
    case empty
    /// Words of our own, such as the name of a state.
    case text(String)
    /// Words that somebody typed. They stay words: see ``csv``.
    case typed(String)
    case number(Int)
    /// A number with decimal places, as so many of the last place.
    case decimal(Int, places: Int)
    /// A day, `2026-11-24`, with the number of days since 1970-01-01.
    case day(iso: String, number: Int)

    /// As a field of a CSV file.
    ///
    /// What somebody typed and a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line
    /// end, or with the full-width forms that a Japanese spreadsheet takes as well) gets an apostrophe before it: a
    /// spreadsheet then shows words and calculates nothing. Nothing else is changed; an XLSX file needs no such mark, because
    /// its text is text.
    package var csv: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .typed(let text): FormulaGuard.looksLikeFormula(text) ? "'" + text : text
        case .number(let number): String(number)
        case .decimal(let number, let places): Cell.decimal(number, places)
        case .day(let iso, _): iso
        }
    }

    private static func decimal(_ number: Int, _ places: Int) -> String {
        guard places > 0 else { return String(number) }
        let digits = String(abs(number))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return (number < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// The number it is, for a cell that calculates.
    var value: Double? {
        switch self {
        case .number(let number): Double(number)
        case .decimal(let number, let places): (0..<places).reduce(Double(number)) { value, _ in value / 10 }
        case .empty, .text, .typed, .day: nil
        }
    }
}
