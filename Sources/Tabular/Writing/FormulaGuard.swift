/// 式の防止. A text that a spreadsheet would take for a formula, with an apostrophe before it, so that it stays words.
package enum FormulaGuard {
    private static let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    /// True for a text that begins as a formula does, in the full-width forms as well that a Japanese spreadsheet takes.
    static func looksLikeFormula(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.first.map(signs.contains) ?? false
    }

    /// A text as it stands in a table that is read again with ``unguarded(_:)``: what begins with an apostrophe gets one, too.
    package static func guarded(_ text: String) -> String {
        looksLikeFormula(text) || text.first == "'" ? "'" + text : text
    }

    /// The text that was guarded.
    package static func unguarded(_ cell: String) -> String {
        let bare = cell.dropFirst()
        return cell.first == "'" && (looksLikeFormula(bare) || bare.first == "'") ? String(bare) : cell
    }
}
