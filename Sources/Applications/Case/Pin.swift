import Core
import FoundationEssentials

/// 補正を求める回答. One answer that has to be corrected, and what is the matter with it; the rest stays as it was sent.
package struct Pin: Sendable, Codable {
    /// The page of the form.
    package let page: String
    /// In a group: the row and its question.
    package let row: String?
    package let question: String?
    package let words: String

    package init(page: String, row: String?, question: String?, words: String) {
        (self.page, self.row, self.question, self.words) = (page, row, question, words)
    }

    /// What is the matter with the answer to a question.
    init(_ spot: Spot, words: String) {
        self.init(
            page: spot.row?.page.id ?? spot.page.id, row: spot.row?.row.id,
            question: spot.row == nil ? nil : spot.page.id, words: words)
    }

    /// Its place as a form's control names it: `page` or `page/row/question`.
    var place: String { [page, row, question].compactMap { $0 }.joined(separator: "/") }

    /// Reads ``place``. Nil for anything else.
    init?(place: String, words: String) {
        let parts = place.split(separator: "/").map(String.init)
        guard parts.count == 1 || parts.count == 3 else { return nil }
        self.init(
            page: parts[0], row: parts.count == 3 ? parts[1] : nil, question: parts.count == 3 ? parts[2] : nil,
            words: words)
    }
}

extension OpenCase {
    /// The answers that are to be corrected; empty where everything may be changed.
    package var pins: [Pin] {
        get throws {
            guard item.status == .returned, let sealed = sealed.pins else { return [] }
            let bytes = try key.open(sealed, at: Case.Sealed.pins.place(item.id))
            return try JSONDecoder().decode([Pin].self, from: Data(bytes))
        }
    }

    /// The pins as lines of a letter: ・飼い主の住所：番地が抜けています。
    func lines(_ pins: [Pin]) throws -> [String] {
        let journey = try submitted
        return pins.compactMap { pin in
            Spot(pin.page, row: pin.row, question: pin.question, in: journey).map { "・\($0.name[.ja])：\(pin.words)" }
        }
    }

    func seal(_ pins: [Pin]) throws -> [UInt8]? {
        guard !pins.isEmpty else { return nil }
        return try key.seal([UInt8](try JSONEncoder().encode(pins)), at: Case.Sealed.pins.place(item.id))
    }
}
