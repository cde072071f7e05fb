import Core
import Database
import Tabular

/// 見つかったことのまとまり: of one rule in one item.
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
    var fresh: Int

    /// How many pages its findings have.
    var pageCount: Int { max(1, (count + FindingFile.size - 1) / FindingFile.size) }

    /// What makes it the same group in another run.
    var name: String { "\(file)\u{0}\(item)\u{0}\(rule.id)\u{0}\(weight.rawValue)" }

    static func list(of run: ExtractRun.ID, in transaction: Transaction) throws -> [FindingGroup] {
        try transaction.rows(
            """
            SELECT number, file, file_title, item, rule, weight, section, count, fresh FROM extract_group
            WHERE run = \(run) ORDER BY number
            """
        ).map(FindingGroup.init)
    }

    /// Where its pages begin and end in the run's findings, one after the other.
    func pages(of run: ExtractRun.ID, in transaction: Transaction) throws -> [Int] {
        let row = try transaction.row("SELECT pages FROM extract_group WHERE run = \(run) AND number = \(number)")
        return try row.map { try KeptJSON.read($0["pages"] as String) } ?? []
    }

    func insert(of run: ExtractRun.ID, pages: [Int], in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO extract_group (run, number, file, file_title, item, rule, weight, section, count, fresh, pages)
            VALUES (\(run), \(number), \(file), \(fileTitle), \(item), \(rule.id), \(weight.rawValue), \(section), \(count),
                \(fresh), \(try KeptJSON.write(pages)))
            """)
    }

    init(
        number: Int, file: FileSchema, item: Item?, rule: FindingRule, weight: FindingRule.Weight, count: Int
    ) {
        (self.number, self.file, fileTitle, self.item) = (number, file.id, file.title, item?.name ?? "")
        (self.rule, self.weight, section) = (rule, weight, item?.section ?? file.section)
        (self.count, fresh) = (count, 0)
    }

    private init(_ row: Row) throws {
        let (rule, weight): (String, String) = try (row["rule"], row["weight"])
        guard let rule = FindingRule.allCases.first(where: { $0.id == rule }),
            let weight = FindingRule.Weight(rawValue: weight)
        else { throw DatabaseError(.corrupted, "findings of no known rule") }
        (self.rule, self.weight) = (rule, weight)
        (number, file, fileTitle, item) = try (row["number"], row["file"], row["file_title"], row["item"])
        (section, count, fresh) = try (row["section"], row["count"], row["fresh"])
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

    private static func mark(_ group: FindingGroup, _ value: String, _ key: String) -> Int {
        var hasher = Hasher()
        for part in [group.name, value, key] {
            for byte in part.utf8 { hasher.combine(byte) }
            hasher.combine(UInt8(0xFF))
        }
        return hasher.finalize()
    }

    mutating func remember(_ finding: KeptFinding, of group: FindingGroup) {
        counts[Self.mark(group, finding.value, finding.key), default: 0] += 1
    }

    /// True if there was one like it that was not met yet.
    mutating func meets(_ value: String, _ key: String, of group: FindingGroup) -> Bool {
        let mark = Self.mark(group, value, key)
        guard let count = counts[mark], count > 0 else { return false }
        counts[mark] = count - 1
        return true
    }
}
