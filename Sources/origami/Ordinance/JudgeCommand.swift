import ArgumentParser
import FoundationEssentials
import OrdinanceText
import Tabular

/// `origami ordinance judge`.
struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge", abstract: "例規の条文が、アナログ規制に当たるかを判定します。",
        discussion: """
            条文ごとに、区分、類型、PHASE、判定（Y 該当、D デジタル化済み、B 境界・付随、N 非該当）、理由、当たった言葉、規則、確からしさを書きます。\
            語の一つもない条文は書きません。既定の形は、1行に1件のJSONです。
            --clauses は、条文の一覧（CSV。列 clause_id、ordinance、clause_text の順は問わず、ほかの列は残します）に、同じ列を加えて書きます。\
            列 category に区分が書いてある行は、その区分について判定します。
            """)

    @Argument(help: ArgumentHelp("例規のファイルかフォルダー。", valueName: "ファイル"))
    var path: String?

    @Option(help: ArgumentHelp("条文の一覧のCSV。", valueName: "ファイル"))
    var clauses: String?

    @Option(help: ArgumentHelp("判定規則集（YAML）。何度でも書けます。既定は組み込みの二つ。", valueName: "ファイル"))
    var rules: [String] = []

    @Flag(help: "JSONではなく、CSVで書きます。")
    var csv = false

    @Flag(help: "判定ではなく、元の規定ごとに、そこを改めればかたづく規定を書きます（JSON）。")
    var groups = false

    func validate() throws {
        guard (path == nil) != (clauses == nil) else {
            throw ValidationError("例規のファイルかフォルダー、または --clauses のどちらか一つを書いてください")
        }
    }

    static let columns = ["category", "類型", "PHASE", "verdict", "reason", "words", "rule", "confidence"]

    func run() async throws {
        try await answering {
            let judge = try Self.judge(rules)
            if let clauses { return try list(ClauseList(clauses), judge) }
            guard let path else { return }
            var documents: [ReviewedDocument] = []
            let unreadable = try OrdinanceFile.each(in: path) {
                documents.append(ReviewedDocument(id: $0, $1, judge: judge))
            }
            let collection = OrdinanceCollection(documents)
            if groups { try write(collection.rootGroups()) } else { try write(collection) }
            if unreadable > 0 { throw Failure("読めなかった文書が\(unreadable)あります", code: 1) }
        }
    }

    private func write(_ collection: OrdinanceCollection) throws {
        if csv {
            Output.bytes(
                Self.line(["document", "ordinance", "address", "text"] + Self.columns + ["triage", "triage_reason"]))
        }
        let online = collection.onlineOrdinance
        for index in collection.documents.indices { try document(index, of: collection, online) }
    }

    /// A judge with the packs of these files, or those that come with the program.
    static func judge(_ files: [String]) throws -> Judge {
        do {
            guard !files.isEmpty else { return Judge(try RulePack.shipped()) }
            return Judge(try files.map { try RulePack(yaml: Input.text($0)) })
        } catch let trouble as RulePack.Trouble { throw Failure("判定規則集: \(trouble.description)", code: 2) }
    }

    private func document(_ index: Int, of collection: OrdinanceCollection, _ online: ReviewedDocument?) throws {
        let document = collection.documents[index]
        var bytes: [UInt8] = []
        let encoder = Self.encoder
        for (clause, judgements) in zip(document.clauses.indices, document.judgements) {
            for judgement in judgements {
                let triage = collection.triage(judgement, clause: clause, document: index, online: online)
                let provision = document.clauses[clause]
                if csv {
                    let place = [document.id, document.title, provision.address, provision.text]
                    let sorted = [triage?.outcome.japanese ?? "", triage?.reason ?? ""]
                    CSV.write(place + Self.fields(judgement) + sorted, to: &bytes)
                } else {
                    bytes += try encoder.encode(JudgedLine(document, provision, judgement, triage))
                    bytes.append(10)
                }
            }
        }
        Output.bytes(bytes)
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    private func write(_ groups: [RootGroup]) throws {
        let encoder = Self.encoder
        Output.bytes(try groups.reduce(into: []) { $0 += try encoder.encode($1) + [10] })
    }

    /// The list with what was found, the same rows in the same order.
    private func list(_ list: ClauseList, _ judge: Judge) throws {
        let given = list.column(["category", "区分"])
        let added = given == nil ? Self.columns : Array(Self.columns.dropFirst())
        var bytes = Self.line(list.header + added + ["other_findings"])
        for (row, findings) in list.judgements(judge).enumerated() {
            let name = given.map { list.rows[row][$0] } ?? ""
            let about = name.isEmpty ? findings : findings.filter { judge.isCategory($0.category, of: name) }
            let main = judge.foremost(about)
            let others = findings.filter { $0 != main && $0.verdict != .notApplicable }
            let fields = main.map(Self.fields) ?? Self.nothing
            var kept = list.rows[row]
            if let given, name.isEmpty { kept[given] = fields[0] }
            let words = others.map { "\($0.category):\($0.verdict.rawValue)" }.joined(separator: "/")
            CSV.write(kept + (given == nil ? fields : Array(fields.dropFirst())) + [words], to: &bytes)
        }
        Output.bytes(bytes)
    }

    private static let nothing = ["", "", "", "N", "判定規則集のどの語もありません", "", "", "0.80"]

    private static func fields(_ finding: Judgement) -> [String] {
        [
            finding.category, finding.type ?? "", finding.phase.map(String.init) ?? "", finding.verdict.rawValue,
            finding.reason, finding.words, finding.rule, Share.text(finding.confidence),
        ]
    }

    private static func line(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        CSV.write(fields, to: &bytes)
        return bytes
    }
}

extension Judge {
    /// True for a category that a list calls by this name, or by a name it shares with others.
    func isCategory(_ category: String, of name: String) -> Bool {
        categories.contains { $0.name == category && ($0.name == name || $0.alias.contains(name)) }
    }
}

/// A share as people write it: 0.93.
enum Share {
    static func text(_ share: Double) -> String {
        let hundredths = Int((share * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

/// A line of the answer.
private struct JudgedLine: Encodable {
    let document, ordinance, address, text: String
    let line: Int
    let category: String
    let type: String?
    let phase: Int?
    let verdict, reason, words, rule: String
    let confidence: Double
    let root: ClauseAddress?
    let triage: Triage?

    init(_ document: ReviewedDocument, _ clause: Clause, _ judgement: Judgement, _ triage: Triage?) {
        (self.document, ordinance, address, text) = (document.id, document.title, clause.address, clause.text)
        (line, category, type, phase) = (clause.line, judgement.category, judgement.type, judgement.phase)
        (verdict, reason, words) = (judgement.verdict.rawValue, judgement.reason, judgement.words)
        (rule, confidence, root, self.triage) = (judgement.rule, judgement.confidence, judgement.root, triage)
    }

    private enum CodingKeys: String, CodingKey {
        case document, ordinance, address, text, line, category, verdict, reason, words, rule, confidence, root, triage
        case type = "類型"
        case phase = "PHASE"
    }
}
