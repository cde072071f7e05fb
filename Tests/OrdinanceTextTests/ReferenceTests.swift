import OrdinanceText
import TestKit
import Testing

@Suite("引用・定義・準用")
struct ReferenceTests {
    private func references(_ text: String) -> (clauses: [Clause], references: References) {
        let ordinance = Ordinance(plain: text)
        let clauses = ordinance.clauses
        return (clauses, References(clauses, title: ordinance.title))
    }

    /// What the references of a provision mean, in order.
    private func meanings(_ address: String, _ read: (clauses: [Clause], references: References)) -> [String] {
        guard let index = read.clauses.firstIndex(where: { $0.address == address }) else {
            return ["\(address) is not there"]
        }
        return read.references.byClause[index].map { reference in
            switch reference.target {
            case .here(let places, let isRange): places.map(\.text).joined(separator: isRange ? "〜" : "・")
            case .elsewhere(let name, let place): name + " " + (place?.text ?? "")
            case .unresolved(let reason): "?" + reason
            }
        }
    }

    private static let sample = """
        ○見本条例施行規則
        令和元年規則第1号

        （趣旨）
        第1条　この規則は、見本条例（令和元年条例第2号。以下「条例」という。）及び地方自治法（昭和22年法律第67号。以下「法」という。）第9条第1項の規定に基づき、必要な事項を定める。

        第2条　条例第4条第1項及び第3項の規定による届出は、次の各号に掲げる書類により行う。
        (1)　届書
        (2)　前号の写し

        第3条　前条第1項第2号の書類は、同項第1号の書類に代えることができる。
        2　前項の規定は、第1条から第2条までの届出について準用する。この場合において、同項中「書類」とあるのは「書面」と読み替えるものとする。
        3　前2項に規定するもののほか、同法第12条（第2号を除く。）に規定する事項は、町長が定める。

        第4条　第9条の規定にかかわらず、この条において「会議」とは、協議の場をいう。以下「委員」という。
        """

    @Test("相対の引用を、条・項・号の番号にする")
    func relative() {
        let read = references(Self.sample)
        #expect(meanings("第2条第1項第2号", read) == ["第2条第1項第1号"])
        #expect(meanings("第3条第1項", read) == ["第2条第1項第2号", "第2条第1項第1号"])
        #expect(Array(meanings("第3条第2項", read).prefix(2)) == ["第3条第1項", "第1条〜第2条"])
        #expect(meanings("第3条第3項", read).first == "第3条第1項〜第3条第2項")
    }

    @Test("ほかの法令と条例を、略称の元の名前でたどる")
    func elsewhere() {
        let read = references(Self.sample)
        #expect(meanings("第1条第1項", read) == ["地方自治法 第9条第1項"])
        #expect(Array(meanings("第2条第1項", read).prefix(2)) == ["見本条例 第4条第1項", "見本条例 第4条第3項"])
    }

    @Test("ないものは、当て推量をせず、理由を言う")
    func unresolved() {
        let read = references(Self.sample)
        #expect(meanings("第4条第1項", read).first == "?第9条 はこの例規にありません")
        // 同法 in an article that names none.
        #expect(meanings("第3条第3項", read).dropFirst().first?.hasPrefix("?「同法」") == true)
    }

    @Test("定義と準用と読替えを拾う")
    func definitions() throws {
        let read = references(Self.sample)
        #expect(read.references.definitions.map(\.term).sorted() == ["会議", "委員", "条例", "法"])
        let application = try #require(read.references.applications.first)
        #expect(application.sources.map(\.words) == ["前項"])
        #expect(application.readings.first?.from == "書類" && application.readings.first?.to == "書面")
    }

    @Test("三郷市の完全な18文書の引用は、全部たどれる", .enabled(if: Shared.has("data/ordinances/misato-dev.jsonl")))
    func realTexts() throws {
        let names = ["013_三郷市自治基本条例", "014_三郷市公告式条例", "019_三郷市議会委員会条例", "023_三郷市議会政務活動費の交付に関する条例"]
        var count = 0
        for name in names {
            let file = try #require(Shared.data("data/ordinances/misato-complete/\(name).txt"))
            let read = references(String(decoding: file, as: UTF8.self))
            count += read.references.byClause.reduce(0) { $0 + $1.count }
            // What is left to a rule shows only where the rule is.
            let open = read.references.unresolved.map(\.reference.words).filter { !$0.hasSuffix("定める") }
            #expect(open.isEmpty, "\(name): \(open)")
        }
        #expect(count > 10)
    }

    @Test(
        "Reiki-Base の本文のリンクが指すほかの条例の条項号と、同じところを指す",
        .enabled(if: Shared.has("data/ordinances/tokyo_reikibase_html")))
    func vendorAnchors() throws {
        let bytes = try #require(Shared.data("data/ordinances/tokyo_reikibase_html/g101RG00005236.html"))
        let page = String(decoding: bytes, as: UTF8.self)
        // g101RG00000214.html?id=j7_k1_g7: 条 7, 項 1, 号 7.
        let anchors = page.matches(of: /\?id=j(\d+)(?:_k(\d+))?(?:_g(\d+))?/).map { match in
            [match.1, match.2 ?? "", match.3 ?? ""].map { Int($0) ?? 0 }
        }
        let ordinance = try #require(Ordinance(page: [UInt8](bytes)))
        let found = References(ordinance.clauses, title: ordinance.title).byClause.flatMap(\.self).compactMap {
            reference -> [Int]? in
            guard case .elsewhere(_, let place?) = reference.target else { return nil }
            return [place.article?.parts[0] ?? 0, place.paragraph ?? 0, place.item?.parts[0] ?? 0]
        }
        #expect(!anchors.isEmpty)
        for anchor in anchors {
            // The vendor names 項 1 where the text does not.
            let same = found.contains {
                $0[0] == anchor[0] && ($0[1] == anchor[1] || $0[1] == 0 && anchor[1] <= 1) && $0[2] == anchor[2]
            }
            #expect(same, "\(anchor)")
        }
    }
}

extension ReferenceTests {
    @Test(
        "Reiki-Base のページの中のリンク（次号、第3号）と、同じ号を指す",
        .enabled(if: Shared.has("data/ordinances/katsuragi_town_reikibase_html")))
    func anchorsWithinThePage() throws {
        let bytes = try #require(Shared.data("data/ordinances/katsuragi_town_reikibase_html/k518RG00000080.html"))
        let page = String(decoding: bytes, as: UTF8.self)
        let ordinance = try #require(Ordinance(page: [UInt8](bytes)))
        let clauses = ordinance.clauses
        let found = References(clauses, title: ordinance.title).byClause.flatMap(\.self)
        var count = 0
        for match in page.matches(of: /<a href="#(e\d+)" class="inline quote"[^>]*>([^<]*)<\/a>/)
        where !match.2.contains("各号") {
            // What the link leads to begins with its own number.
            let target = try #require(page.firstRange(of: "id=\"\(match.1)\""))
            let words = page[target.upperBound...].prefix(400).replacing(/<[^>]*>/, with: "").drop { $0 != "(" }
            let number = Int(words.dropFirst().prefix { $0.isNumber })
            let same = found.contains { reference in
                guard reference.words == match.2, case .here(let places, _) = reference.target else { return false }
                return places.contains { $0.item?.parts[0] == number }
            }
            #expect(same, "\(match.2) → (\(number ?? 0))")
            count += 1
        }
        #expect(count == 3)
    }

    @Test("カタカナの旧法も、条と項になり、前二項や第五条をたどれる", .enabled(if: Shared.has("data/ordinances/national_2013_text")))
    func oldLaw() throws {
        let file = try #require(Shared.data("data/ordinances/national_2013_text/行旅病人及行旅死亡人取扱法.txt"))
        let law = Ordinance(plain: String(decoding: file, as: UTF8.self))
        let clauses = law.clauses
        #expect(law.title == "行旅病人及行旅死亡人取扱法")
        #expect(clauses.contains { $0.address == "第1条第3項" && $0.text.contains("前二項ノ外行旅病人及行旅死亡人ニ準スヘキ者") })
        let references = References(clauses, title: law.title)
        let index = try #require(clauses.firstIndex { $0.address == "第1条第3項" })
        #expect(
            references.byClause[index].first?.target
                == .here(
                    [
                        Place(article: OrdinanceNumber(1), paragraph: 1),
                        Place(article: OrdinanceNumber(1), paragraph: 2),
                    ], isRange: true))
    }
}

extension ReferenceTests {
    @Test("「規則で定める」は、その条を受ける規則が例規集に一つだけあれば、そこを指す")
    func delegation() throws {
        func document(_ id: String, _ text: String) -> ReviewedDocument {
            ReviewedDocument(id: id, Ordinance(plain: text), judge: Judge([]))
        }
        let act = document("条例", "○見本町広告条例\n\n第5条　町長は、規則で定める基準による。\n第6条　手数料は、規則で定める。\n")
        let rule = document(
            "規則", "○見本町広告条例施行規則\n\n第1条　この規則は、見本町広告条例（以下「条例」という。）の施行に必要な事項を定める。\n第3条　条例第5条の基準は、別表のとおりとする。\n")
        let alone = OrdinanceCollection([act]).documents[0].references
        #expect(alone.unresolved.map(\.reference.words) == ["規則で定める", "規則で定める"])
        let together = OrdinanceCollection([act, rule]).documents[0].references
        #expect(
            together.byClause[0].last?.target == .elsewhere(name: "見本町広告条例施行規則", Place(article: OrdinanceNumber(3))))
        #expect(together.unresolved.map(\.clause) == [1])
        // A rule of something else that only mentions the article takes nothing up.
        let other = document("別", "○見本町組織規則\n\n第2条　広報課は、見本町広告条例第6条の手数料を受け取る。\n")
        #expect(OrdinanceCollection([act, other]).documents[0].references.unresolved.count == 2)
    }
}
