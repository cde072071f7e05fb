import Japanese
import OrdinanceText
import TestKit
import Testing

@Suite("例規の検索")
struct SearchTests {
    private let collection = OrdinanceCollection(
        [
            "○公告式条例\n昭和31年9月30日条例第1号\n\n（公布）\n第1条　条例の公布は、掲示場に掲示して行う。\n第1条の2　規則で定める。\n",
            "○税条例\n令和2年4月1日条例第9号\n\n第18条　公示送達は、公告式条例第1条の掲示場に掲示して行う。\n2　手数料は、２００円とする。\n",
        ].enumerated().map { ReviewedDocument(id: "\($0)", Ordinance(plain: $1), judge: Judge([])) })

    private func found(_ query: OrdinanceQuery) -> [String] {
        collection.hits(query).map {
            "\(collection.documents[$0.document].id) \(collection.documents[$0.document].clauses[$0.clause].address)"
        }
    }

    @Test("二文字の言葉、全角と半角、条の番号、日で探せる")
    func queries() {
        #expect(found(OrdinanceQuery(words: ["公布"])) == ["0 第1条第1項"])
        #expect(found(OrdinanceQuery(words: ["200円"])) == ["1 第18条第2項"])
        #expect(found(OrdinanceQuery(words: ["掲示", "送達"])) == ["1 第18条第1項"])
        #expect(found(OrdinanceQuery(address: "第1条")) == ["0 第1条第1項"])
        let days = Day(year: 2020, month: 1, day: 1).map { $0...$0.adding(days: 365) }
        #expect(found(OrdinanceQuery(words: ["掲示"], days: days)) == ["1 第18条第1項"])
        #expect(found(OrdinanceQuery()).isEmpty && found(OrdinanceQuery(words: ["鳳凰"])).isEmpty)
    }

    @Test("何が引用しているかが分かる")
    func citedBy() {
        #expect(collection.citations(of: ClauseAddress(document: "0", address: "第1条第1項")).map(\.address) == ["第18条第1項"])
        #expect(collection.citations(of: ClauseAddress(document: "0", address: "第1条の2第1項")).isEmpty)
    }
}
