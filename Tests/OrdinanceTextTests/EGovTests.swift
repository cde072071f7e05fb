import FoundationEssentials
import OrdinanceText
import Subprocess
import TestKit
import Testing

@Suite("法令標準XMLを木として読む")
struct EGovTests {
    private static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Shared.path("data/ordinances/egov_xml")).sorted().filter {
            $0.hasSuffix(".xml")
        }
    }

    @Test("12の法令の、本文の条の数も、言葉も、そのまま木になる", .enabled(if: Shared.has("data/ordinances/egov_xml")))
    func laws() throws {
        let files = try Self.files()
        #expect(files.count == 12)
        for file in files {
            let data = try #require(Shared.data("data/ordinances/egov_xml/\(file)"))
            let source = String(decoding: data, as: UTF8.self)
            let law = try Ordinance(egov: [UInt8](data))
            #expect(law.faults.isEmpty, "\(file): \(law.faults.prefix(3))")
            var (articles, words) = (0, 0)
            law.forEach { node, _ in
                if node.kind == .article { articles += 1 }
                words += node.text.filter { !$0.isWhitespace }.count
            }
            #expect(articles == source.split(separator: "<Article ").count - 1, "\(file)")
            // Every sentence of the source is there, letter for letter; tables and lists come on top.
            let sentences = source.matches(of: /<Sentence[^>]*>(.*?)<\/Sentence>/).reduce(0) { sum, match in
                sum
                    + match.1.replacing(/<Rt>.*?<\/Rt>/, with: "").replacing(/<[^>]*>/, with: "").count {
                        !$0.isWhitespace
                    }
            }
            #expect(words >= sentences, "\(file): \(words) of \(sentences)")
        }
    }

    @Test("同じ法律を文章から読んでも、住所は同じ", .enabled(if: Shared.has("data/ordinances/egov_xml")))
    func same() throws {
        let file = "data/ordinances/egov_xml/405AC0000000088_20240401_504AC0100000052.xml"
        let law = try Ordinance(egov: [UInt8](#require(Shared.data(file))))
        #expect(law.title == "行政手続法" && law.enactment == "平成五年法律第八十八号")
        func addresses(_ law: Ordinance) -> [String] {
            var found: [String] = []
            law.forEach { node, address in
                if [.article, .paragraph, .item].contains(node.kind), !address.hasPrefix("附則") {
                    found.append(address)
                }
            }
            return found
        }
        let again = Ordinance(plain: law.plain)
        let (one, other) = (addresses(law), addresses(again))
        #expect(one.count > 200)
        #expect(one == other, "\(zip(one, other).first { $0 != $1 }.map { "\($0)" } ?? "")")
        #expect(one.contains("第36条の3第2項第5号") && one.contains("第2条第1項第8号"))
    }

    @Test("壊れたXML、別のXML、文書型の宣言は、理由を言って断る")
    func refused() {
        for (text, words) in [
            ("<Law><LawBody>", "壊れています"), ("<a/>", "法令標準XMLではありません"),
            ("<!DOCTYPE a [<!ENTITY b \"x\">]><Law><LawBody>&b;</LawBody></Law>", "DOCTYPE"), ("", "壊れています"),
        ] {
            #expect {
                _ = try Ordinance(egov: Array(text.utf8))
            } throws: { error in
                "\(error)".contains(words)
            }
        }
    }

    @Test("XMLに書き出し、もう一度読むと同じ木になり、国のスキーマに合う", .enabled(if: Shared.has("data/ordinances/egov_xml")))
    func writesWhatItReads() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/egov-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var paths: [String] = []
        for file in try Self.files() {
            let law = try Ordinance(egov: [UInt8](try #require(Shared.data("data/ordinances/egov_xml/\(file)"))))
            let xml = try law.egovXML()
            let again = try Ordinance(egov: Array(xml.utf8))
            #expect(again.title == law.title && again.plain == law.plain, "\(file)")
            try Data(xml.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
            paths.append("\(folder)/\(file)")
        }
        let town = Ordinance(
            plain:
                "○見本町<&>条例\n令和元年12月1日条例第5号\n\n（趣旨）\n第1条　この条例は、定める。ただし、除く。\n2　次のとおり\n(1)　甲\nア　乙\n\n附則\nこの条例は、公布の日から施行する。\n\n別表（第1条関係）\n会議室\t500円\n"
        )
        try Data(try town.egovXML().utf8).write(to: URL(fileURLWithPath: "\(folder)/town.xml"))
        let check = try await run(
            .name("xmllint"),
            arguments: Arguments(
                ["--noout", "--schema", Shared.path("data/ordinances/egov_xml/stdLaw.xsd")] + paths + [
                    "\(folder)/town.xml"
                ]), output: .discarded, error: .string(limit: 1 << 20))
        #expect(check.terminationStatus.isSuccess, "\(check.standardError)")
        #expect(throws: Ordinance.FormatTrouble.self) { try Ordinance(plain: "○宣言\n\nわたしたちは、宣言する。").egovXML() }
    }
}
