import Yams

/// 判定規則集. Rules of judgement as data: an office can read, add to and measure them. The first rule of a 区分 that fits decides.
package struct RulePack: Sendable {
    /// 区分. One kind of analog rule, with the words that make a provision worth looking at.
    package struct Category: Sendable {
        package let name: String
        /// Other names under which lists carry it.
        package let alias: [String]
        /// The words of the net, as a pattern.
        let net: Pattern
        let rules: [Rule]
        /// What is said of a provision that no rule fits.
        let otherwise: String
        /// How often 非該当 is right for those.
        let otherwiseConfidence: Double
        package let phases: [Int: String]
        /// Which category is looked at first where a provision falls under several: the less, the sooner.
        let priority: Int
    }

    struct Rule: Sendable {
        let id: String
        let verdict: Verdict
        let type: String?
        let when: Pattern?
        let unless: Pattern?
        let caption: Pattern?
        let document: Pattern?
        let isItem: Bool?
        let isAlone: Bool?
        let modalities: [Modality]?
        let reason: String
        let confidence: Double
        let phase: Int?
    }

    /// Why a pack cannot be used.
    package struct Trouble: Error, CustomStringConvertible, Equatable {
        package let description: String
    }

    package let name: String
    package let version: String
    package let categories: [Category]
    /// The nets of its categories, with their fragments put in.
    let nets: [String]

    /// The packs that come with the program: those of the seven items and recording media, and those beyond.
    package static func shipped() throws(Trouble) -> [RulePack] {
        [
            try RulePack(yaml: String(decoding: PackageResources.digital_principles_yaml, as: UTF8.self)),
            try RulePack(yaml: String(decoding: PackageResources.beyond_yaml, as: UTF8.self)),
        ]
    }

    /// Reads a pack.
    /// - Throws: ``Trouble`` that names the rule and what to mend in it.
    package init(yaml: String) throws(Trouble) {
        let file: PackFile
        do { file = try YAMLDecoder().decode(PackFile.self, from: yaml) } catch {
            throw Trouble(description: "判定規則集が読めません。\(error)")
        }
        let fragments = file.fragments ?? [:]
        (name, version) = (file.name, file.version)
        nets = file.categories.map { Self.source($0.net, fragments) }
        var (categories, seen) = ([Category](), Set<String>())
        for category in file.categories {
            var rules: [Rule] = []
            for rule in category.rules {
                guard seen.insert(rule.id).inserted else {
                    throw Trouble(description: "規則 \(rule.id) が二つあります。名前を変えてください")
                }
                rules.append(try Rule(rule, fragments))
            }
            categories.append(
                Category(
                    name: category.name, alias: category.alias ?? [],
                    net: try Self.pattern(category.net, fragments, in: category.name), rules: rules,
                    otherwise: category.otherwise,
                    otherwiseConfidence: try Self.confidence(category.measured, in: category.name),
                    phases: category.phases ?? [:],
                    priority: category.priority ?? 0))
        }
        self.categories = categories
    }

    /// 測った正しさ, drawn to the middle by one right and one wrong: three of three is less sure than thirty of thirty.
    fileprivate static func confidence(_ measured: [Int]?, in rule: String) throws(Trouble) -> Double {
        guard let measured else { return 0.5 }
        guard measured.count == 2, measured[0] >= 0, measured[0] <= measured[1] else {
            throw Trouble(description: "規則 \(rule): measured は [合っていた数, 当てはまった数] で書いてください")
        }
        return Double(measured[0] + 1) / Double(measured[1] + 2)
    }

    /// A pattern with the fragments it names as `%name%` put in.
    private static func source(_ pattern: String, _ fragments: [String: String]) -> String {
        fragments.reduce(pattern) { $0.replacing("%\($1.key)%", with: "(?:\($1.value))") }
    }

    static func pattern(_ source: String, _ fragments: [String: String], in rule: String) throws(Trouble) -> Pattern {
        do throws(Pattern.Trouble) { return try Pattern(Self.source(source, fragments)) } catch {
            throw Trouble(description: "規則 \(rule): \(error.description)")
        }
    }
}

extension RulePack.Rule {
    fileprivate init(_ rule: PackFile.Rule, _ fragments: [String: String]) throws(RulePack.Trouble) {
        func pattern(_ source: String?) throws(RulePack.Trouble) -> Pattern? {
            guard let source else { return nil }
            return try RulePack.pattern(source, fragments, in: rule.id)
        }
        (id, verdict, type, reason, phase) = (rule.id, rule.verdict, rule.type, rule.reason, rule.phase)
        (when, unless) = (try pattern(rule.when), try pattern(rule.unless))
        (caption, document) = (try pattern(rule.caption), try pattern(rule.document))
        (isItem, isAlone, modalities) = (rule.item, rule.alone, rule.modality)
        confidence = try RulePack.confidence(rule.measured, in: rule.id)
    }
}

/// A pack as it is written.
private struct PackFile: Decodable {
    struct Category: Decodable {
        let name: String
        let alias: [String]?
        let net: String
        let otherwise: String
        let measured: [Int]?
        let phases: [Int: String]?
        let priority: Int?
        let rules: [Rule]
    }

    struct Rule: Decodable {
        let id: String
        let verdict: Verdict
        let type: String?
        let when: String?
        let unless: String?
        let caption: String?
        let document: String?
        let item: Bool?
        let alone: Bool?
        let modality: [Modality]?
        let reason: String
        let measured: [Int]?
        let phase: Int?
    }

    let name: String
    let version: String
    let fragments: [String: String]?
    let categories: [Category]
}
