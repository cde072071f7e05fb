import Applications
import Core
import FoundationEssentials
import Japanese
import TestKit
import Testing

@Suite("氏名は一画も変わらない")
struct LegalNameTests {
    /// Characters that String, NFC, old encodings or fonts take for others.
    private static let characters = Array("\u{FA19}\u{795E}﨑髙𠮷\u{FA10}\u{585A}邉葛辻祇\u{FA50}祖\u{2F81A}冬".unicodeScalars)
    private static let selectors: [Unicode.Scalar] = ["\u{E0100}", "\u{E0101}", "\u{E0102}"]

    /// A name, always the same one for a number.
    private static func name(_ random: inout SeededRandom) -> String {
        var name: [Unicode.Scalar] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            name.append(characters.randomElement(using: &random) ?? "山")
            if Int.random(in: 0..<4, using: &random) == 0, let selector = selectors.randomElement(using: &random) {
                name.append(selector)
            }
        }
        return Width.text(of: name)
    }

    @Test("書いた字が、控え・庁内の画面・検索・CSV・PDF に、書いたとおりに出る")
    func passThrough() async throws {
        try await TestTown.run { town in
            var random = SeededRandom(seed: 20_261_126)
            let clerk = try await town.officer("kankyo")
            var names: [String] = []
            for _ in 0..<8 {
                let (family, given) = (Self.name(&random), Self.name(&random))
                names.append(family + "　" + given)
                let walk = Walk(
                    "dog-registration", Walk.dog.typed.merging(["owner.family": family, "owner.given": given]) { $1 })
                let visitor = town.visitor()
                let check = try await visitor.fillIn(walk)
                #expect(Self.has(check.body, family) && Self.has(check.body, given), "\(family)")
                _ = try await visitor.submit(check)
                let id = check.path.split(separator: "/")[1]
                let page = try await clerk.get("/desk/cases/\(id)")
                #expect(page.status == 200 && Self.has(page.body, names.last ?? ""), "\(names)")
                if names.count <= 2 {
                    let receipt = try await PaperText.read(
                        try await visitor.get("/applications/\(id)/receipt.pdf").bytes)
                    // Reading a PDF back, two characters that look the same may come out as one: the glyph is what is kept.
                    #expect(VariantFold.fold(receipt).contains(VariantFold.fold(family)), "\(family): \(receipt)")
                }
                town.clock.advance(seconds: 60)
            }
            try await town.workOff()
            let columns = ["number", "field.owner"].map { ("column", $0) } + [("do", "csv"), ("rule", "{連番}")]
            let csv = try await clerk.post("/desk/exports/environment/dog-registration", pairs: columns).body
            for name in names { #expect(Self.has(csv, name), "\(name)") }
            for name in names {
                let ordinary = VariantFold.fold(name).replacing("　", with: "")
                let found = try await clerk.get("/desk?q=\(Visitor.encoded(ordinary))")
                #expect(Self.has(found.body, name), "\(ordinary)")
            }
        }
    }

    @Test("字を直しただけの補正も、直したこととして残る")
    func correction() {
        let (before, after) = ("\u{FA19}谷", "\u{795E}谷")
        #expect(before == after, "String はこの二つを同じとみなす")
        let answers = [before, after].map { GivenAnswer(typed: ["name": [$0]], value: .text($0)) }
        #expect(answers[0] != answers[1] && answers[0].value != answers[1].value)
    }

    /// True if exactly these code points stand in a text.
    private static func has(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        return text.firstRange(of: part) != nil
    }
}
