import Core
import FoundationEssentials

/// 補正を求める回答. One answer that has to be corrected, and what is the matter with it; the rest stays as it was sent.
package struct Pin: Sendable, Codable, Hashable {
    /// The page of the form.
    package let page: String
    /// In a group: the row and its question.
    package let row: String?
    package let question: String?
    package let words: String

    package init(page: String, row: String?, question: String?, words: String) {
        (self.page, self.row, self.question, self.words) = (page, row, question, words)
    }

    /// Its place as a form's control names it: `page` or `page/row/question`.
    package var place: String { [page, row, question].compactMap { $0 }.joined(separator: "/") }

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

    /// True if the answer to this question may be changed now: in a correction with pins, what is pinned, and what the
    /// correction itself opened.
    func mayChange(_ spot: Spot, _ journey: Journey) throws -> Bool {
        let pins = try pins
        if pins.isEmpty { return true }
        let group = spot.row?.page.id ?? spot.page.id
        let isPinned = pins.contains { pin in
            guard pin.page == group else { return false }
            guard let row = pin.row else { return true }
            return spot.row.map { $0.row.id == row && $0.page.id == group && pin.question == spot.page.id } ?? false
        }
        if isPinned { return true }
        let before = try submitted
        guard let row = spot.row else { return !before.isDone(spot.page) || !before.pages.contains { $0.id == group } }
        let sent = before.answers.rows(of: row.field.id).first { $0.id == row.row.id }
        return sent.map { row in !spot.page.fields.contains { row.answers[$0.id] != nil } } ?? true
    }
}
