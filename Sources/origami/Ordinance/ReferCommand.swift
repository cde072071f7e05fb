import ArgumentParser
import FoundationEssentials
import OrdinanceText

/// `origami ordinance refer`.
struct ReferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refer", abstract: "例規の引用（前項、第3条から第5条まで、法第9条第1項）、定義、準用と読替えを書きます。",
        discussion: "1行に1件のJSONです。指すものが分からない引用は、理由とともに書きます。--unresolved は、それだけを書きます。")

    @Argument(help: ArgumentHelp("例規のファイルかフォルダー。", valueName: "ファイル"))
    var path: String

    @Flag(help: "指すものが分からない引用だけを書きます。")
    var unresolved = false

    func run() async throws {
        try await answering {
            if try OrdinanceFile.each(in: path, document) > 0 { throw ExitCode(1) }
        }
    }

    private func document(_ file: String, _ ordinance: Ordinance) throws {
        let clauses = ordinance.clauses
        let references = References(clauses, title: ordinance.title)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes: [UInt8] = []
        func write(_ line: ReferenceLine) throws {
            bytes += try encoder.encode(line)
            bytes.append(10)
        }
        for (index, found) in references.byClause.enumerated() {
            for reference in found {
                let line = ReferenceLine(file, clauses[index], reference)
                if !unresolved || line.reason != nil { try write(line) }
            }
        }
        guard !unresolved else { return Output.bytes(bytes) }
        for definition in references.definitions {
            var line = ReferenceLine(file, clauses[definition.clause], "definition", definition.term)
            (line.scope, line.law) = (definition.scope.isEmpty ? nil : definition.scope, definition.law)
            try write(line)
        }
        for application in references.applications {
            var line = ReferenceLine(
                file, clauses[application.clause], "application",
                application.sources.map(\.words).joined(separator: "、"))
            line.targets = application.sources.flatMap { ReferenceLine.targets($0) }
            line.readings = application.readings.map { [$0.from, $0.to] }
            try write(line)
        }
        Output.bytes(bytes)
    }
}

/// A line of the answer.
private struct ReferenceLine: Encodable {
    let document, address, kind, words: String
    let line: Int
    var targets: [String]?
    var law: String?
    var scope: String?
    var readings: [[String]]?
    var reason: String?

    init(_ file: String, _ clause: Clause, _ kind: String, _ words: String) {
        (document, address, line, self.kind, self.words) = (file, clause.address, clause.line, kind, words)
    }

    init(_ file: String, _ clause: Clause, _ reference: Reference) {
        self.init(file, clause, "reference", reference.words)
        switch reference.target {
        case .here: targets = Self.targets(reference)
        case .elsewhere(let name, let place): (law, targets) = (name, place.map { [$0.text] })
        case .unresolved(let reason): self.reason = reason
        }
    }

    /// The addresses a reference means; two for a range.
    static func targets(_ reference: Reference) -> [String] {
        switch reference.target {
        case .here(let places, _): places.map(\.text)
        case .elsewhere(let name, let place): [name + (place?.text ?? "")]
        case .unresolved: []
        }
    }
}
