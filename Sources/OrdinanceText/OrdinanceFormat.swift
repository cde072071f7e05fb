/// 形式. In which form the text of an ordinance comes: as plain text, as 法令標準XML or as a page of an 例規 system.
package enum OrdinanceFormat: String, Sendable {
    case plain, xml, page

    /// Tells the form by how the text begins.
    package init(of text: String) {
        let head = text.prefix(4096).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard head.first == "<" else {
            self = .plain
            return
        }
        let tags = head.lowercased()
        self = tags.contains("<html") || tags.contains("<!doctype html") ? .page : .xml
    }

    /// Reads a text of this form. The characters are taken as they are, whatever encoding the text says it was once in.
    package func ordinance(_ text: String) throws(Ordinance.FormatTrouble) -> Ordinance {
        switch self {
        case .plain: return Ordinance(plain: text)
        case .xml: return try Ordinance(egov: Array(text.utf8))
        case .page:
            guard let ordinance = Ordinance(page: Array(text.utf8)) else {
                throw Ordinance.FormatTrouble(description: "ページの中に例規の本文が見つかりません")
            }
            return ordinance
        }
    }
}
