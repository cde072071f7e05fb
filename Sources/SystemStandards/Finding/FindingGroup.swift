import Core
import Database
import Tabular

/// 見つかったことのまとまり: of one rule in one item, with where its pages lie.
struct FindingGroup: Sendable {
    let number: Int
    /// The id of the part of the schema.
    let file: String
    let fileTitle: String
    /// The name of the item; empty for records as a whole.
    let item: String
    let rule: FindingRule
    let weight: FindingRule.Weight
    /// Who mends it, as the schema says.
    let section: String
    let count: Int
    /// How many of them were not there the time before.
    let fresh: Int
    /// Where each page begins in the run's findings; and last where the last one ends.
    let pages: [Int]

    /// What makes it the same group in another run.
    var name: String { "\(file)\u{0}\(item)\u{0}\(rule.id)\u{0}\(weight.rawValue)" }

    static func list(of run: ExtractRun.ID, in transaction: Transaction) throws -> [FindingGroup] {
        try transaction.rows("SELECT * FROM extract_group WHERE run = \(run) ORDER BY number").map(FindingGroup.init)
    }

    func insert(of run: ExtractRun.ID, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO extract_group (run, number, file, file_title, item, rule, weight, section, count, fresh, pages)
            VALUES (\(run), \(number), \(file), \(fileTitle), \(item), \(rule.id), \(weight.rawValue), \(section), \(count),
                \(fresh), \(try KeptJSON.write(pages)))
            """)
    }

    init(
        number: Int, file: FileSchema, item: Item?, rule: FindingRule, weight: FindingRule.Weight, count: Int,
        fresh: Int, pages: [Int]
    ) {
        (self.number, self.file, fileTitle, self.item) = (number, file.id, file.title, item?.name ?? "")
        (self.rule, self.weight, section) = (rule, weight, item?.section ?? file.section)
        (self.count, self.fresh, self.pages) = (count, fresh, pages)
    }

    private init(_ row: Row) throws {
        let (rule, weight): (String, String) = try (row["rule"], row["weight"])
        guard let rule = FindingRule.allCases.first(where: { $0.id == rule }),
            let weight = FindingRule.Weight(rawValue: weight)
        else { throw DatabaseError(.corrupted, "findings of no known rule") }
        (self.rule, self.weight) = (rule, weight)
        (number, file, fileTitle, item) = try (row["number"], row["file"], row["file_title"], row["item"])
        (section, count, fresh) = try (row["section"], row["count"], row["fresh"])
        pages = try KeptJSON.read(row["pages"] as String)
    }
}

/// One finding as a page of them keeps it.
struct KeptFinding: Sendable, Codable, Hashable {
    let row: Int
    let line: Int
    let other: Int?
    let value: String
    let key: String
    /// True if it was not there the time before.
    let isNew: Bool

    private enum CodingKeys: String, CodingKey {
        case row = "r"
        case line = "l"
        case other = "o"
        case value = "v"
        case key = "k"
        case isNew = "n"
    }

    /// True where a person can type another value.
    func isMendable(in group: FindingGroup) -> Bool {
        !group.item.isEmpty && row > 0 && group.rule != .missingItem
    }
}

/// Which findings a run had, without what they say: to tell a later run's new ones.
struct FindingMemory: Sendable {
    private var counts: [Int: Int] = [:]

    private static func mark(_ group: FindingGroup.Mark, _ value: String, _ key: String) -> Int {
        var hasher = Hasher()
        for part in [group.name, value, key] {
            for byte in part.utf8 { hasher.combine(byte) }
            hasher.combine(UInt8(0xFF))
        }
        return hasher.finalize()
    }

    mutating func remember(_ finding: KeptFinding, of group: FindingGroup.Mark) {
        counts[Self.mark(group, finding.value, finding.key), default: 0] += 1
    }

    /// True if there was one like it that was not met yet.
    mutating func meets(_ value: String, _ key: String, of group: FindingGroup.Mark) -> Bool {
        let mark = Self.mark(group, value, key)
        guard let count = counts[mark], count > 0 else { return false }
        counts[mark] = count - 1
        return true
    }
}

extension FindingGroup {
    /// What makes a group the same one in another run.
    struct Mark: Sendable { let name: String }

    var mark: Mark { Mark(name: name) }
}
