import Core
import Platform
import Register
import TestKit
import Testing

@Suite("見本の町のカード")
struct CardTests {
    @Test("住民が読む言葉は、三つの言語ですべてある。やさしい日本語の漢字には、ふりがながある")
    func languages() throws {
        let folder = try TestTown.folder()
        let cards = folder.cards.flatMap { card in
            [
                card.name, card.summary, card.audience, card.guide?.deadline, card.guide?.bring, card.guide?.fee,
                card.guide?.result, card.guide?.withoutDevice,
            ].compactMap { $0 }
        }
        for text in cards + folder.town.sections.map(\.name) + [folder.town.name, folder.town.contact.hours] {
            #expect(text.missing.isEmpty, "\(text[.ja])")
            let bare = Text.pieces(text.marked(.easy)).filter {
                $0.reading == nil && $0.base.contains(/[\u{3400}-\u{9FFF}々]/)
            }
            #expect(bare.isEmpty, "\(bare.map(\.base)) in \(text[.easy])")
        }
    }
}
