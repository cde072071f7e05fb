import Applications
package import Core
import FoundationEssentials
import Yams

extension TownFolder {
    /// The town of a folder, its languages with the program's words in them: `texts/<id>.yaml`, Japanese to translation.
    ///
    /// Throws a ``Fault`` with everything that is wrong.
    package static func town(of path: String) throws(Fault) -> Town {
        let town = try decode(Town.self, "\(path)/town.yaml")
        let added = town.languages.filter { !Language.builtIn.contains($0) }
        var findings = Dictionary(grouping: added, by: \.id).filter { $0.value.count > 1 }.keys.sorted().map {
            "\(path)/town.yaml: 言語「\($0)」が2回あります。1つにしてください"
        }
        var words: [String: [String: String]] = [:]
        for language in Set(added) {
            do throws(Fault) {
                words[language.id] = try Self.words(in: "\(path)/texts/\(language.id).yaml")
            } catch {
                findings += error.findings
            }
        }
        let known = added.map { "\(path)/texts/\($0.id).yaml" }
        findings += files("\(path)/texts").filter { !known.contains($0) }.map {
            "\($0): この言語が、town.yaml の languages にありません。足すか、ファイルの名前を直してください"
        }
        guard findings.isEmpty else { throw Fault(findings: findings.sorted()) }
        return town.knowing(words)
    }

    private static func words(in file: String) throws(Fault) -> [String: String] {
        let pairs = try root(of: file)?.mapping ?? [:]
        var words: [String: String] = [:]
        var findings: [String] = []
        for (key, value) in pairs {
            let line = key.mark?.line ?? 1
            guard let japanese = key.scalar?.string, let translation = value.scalar?.string, !translation.isEmpty else {
                findings.append("\(file):\(line): 「日本語: 訳」の形で書いてください")
                continue
            }
            if japanese.contains(/%[1-9]/), !translation.contains(/%[1-9]/) {
                findings.append("\(file):\(line): 「\(japanese)」の訳に、%1 のような、あとで言葉が入る印がありません")
            }
            words[japanese] = translation
        }
        guard findings.isEmpty else { throw Fault(findings: findings) }
        return words
    }

    private static func root(of file: String) throws(Fault) -> Node? {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Fault(findings: ["\(file): ファイルがありません"])
        }
        do {
            return try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Fault(findings: ["\(file): YAMLとして読み取れません。同じ言葉が2回ないか、「:」や引用符をお確かめください（\(error)）"])
        }
    }
}

/// 訳の漏れ. Words of a town that a language lacks, with their place.
package struct MissingWords: Sendable, Encodable {
    package let file: String
    /// From 1.
    package let line: Int
    package let column: Int
    package let words: String
}

extension TownFolder {
    /// What the town's own words lack in a language: `town.yaml`, the cards, and the forms with those that are waived.
    ///
    /// Throws a ``Fault`` for a file that cannot be read.
    package static func missing(_ language: Language, in path: String) throws(Fault) -> [MissingWords] {
        var missing: [MissingWords] = []
        for file in ["\(path)/town.yaml"] + files("\(path)/cards") {
            guard let root = try root(of: file) else { continue }
            missing += texts(in: root, below: "").filter { !$0.text.missing(in: [language]).isEmpty }.map {
                MissingWords(
                    file: file, line: $0.node.mark?.line ?? 1, column: $0.node.mark?.column ?? 1,
                    words: "「\($0.text[.ja])」の \(language.name)（\(language.id)）がありません")
            }
        }
        for file in files("\(path)/forms") {
            let document = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
            do throws(FormFile.Fault) {
                missing += try FormFile.missing(language, in: document, file: file).map {
                    MissingWords(file: file, line: $0.line, column: $0.column, words: $0.words)
                }
            } catch {
                throw Fault(findings: [error.description])
            }
        }
        return missing
    }

    /// Where words may stand as a single text, which is Japanese.
    private static let textKeys: Set = [
        "name", "hours", "summary", "audience", "deadline", "bring", "fee", "result", "without_device",
    ]

    /// What a language calls itself, and the names of what belongs to a card, are the same in every language.
    private static let sameEverywhere: Set = ["languages", "links", "steps"]

    private static func texts(in node: Node, below key: String) -> [(node: Node, text: Text)] {
        switch node {
        case .mapping(let pairs) where pairs["ja"] != nil:
            return (try? YAMLDecoder().decode(Text.self, from: node)).map { [(node, $0)] } ?? []
        case .mapping(let pairs):
            return pairs.filter { !sameEverywhere.contains($0.key.scalar?.string ?? "") }.flatMap {
                texts(in: $0.value, below: $0.key.scalar?.string ?? "")
            }
        case .sequence(let items): return items.flatMap { texts(in: $0, below: "") }
        case .scalar(let scalar):
            return textKeys.contains(key) ? [(node, Text(ja: scalar.string, easy: nil, en: nil))] : []
        case .alias: return []
        }
    }
}
