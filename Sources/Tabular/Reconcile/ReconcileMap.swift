import FoundationEssentials
import Yams

/// 突合の対応表. How the records of two extracts belong together, and which of their values must be the same; as data.
package struct ReconcileMap: Sendable, Codable, Equatable {
    /// One of the two extracts.
    package struct Side: Sendable, Codable, Equatable {
        /// The items that say which record it is.
        package let key: [String]
    }

    /// Values that must be the same.
    package struct Field: Sendable, Codable, Equatable {
        /// How they are compared.
        package enum Comparison: String, Sendable, Codable {
            /// Code point by code point.
            case text
            /// The same date in any way of writing.
            case date
            /// The same number, whatever zeros stand before it.
            case number
        }

        package let name: String
        /// The items before; several are joined.
        package let old: [String]
        /// The items after; several are joined.
        package let new: [String]
        /// What stands between joined items.
        package let join: String
        package let compare: Comparison
        /// コード変換. What each value before has become; nil: the same.
        package let codes: [String: String]?

        package init(_ name: String, compare: Comparison) {
            (self.name, old, new, join) = (name, [name], [name], "")
            (self.compare, codes) = (compare, nil)
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let name = try container.decode(String.self, forKey: .name)
            func items(_ key: CodingKeys) throws -> [String] {
                if let one = try? container.decode(String.self, forKey: key) { return [one] }
                return try container.decodeIfPresent([String].self, forKey: key) ?? [name]
            }
            (self.name, old, new) = (name, try items(.old), try items(.new))
            join = try container.decodeIfPresent(String.self, forKey: .join) ?? ""
            compare = try container.decodeIfPresent(Comparison.self, forKey: .compare) ?? .text
            codes = try container.decodeIfPresent([String: String].self, forKey: .codes)
        }
    }

    package let title: String
    package let old: Side
    package let new: Side
    package let fields: [Field]
    /// The item of the old extract (of the new one for records that are only there) by which differences are grouped.
    package let group: String?

    /// The map between two extracts of one schema: the same items on both sides, for somebody to look through.
    package init(of file: FileSchema) {
        (old, new) = (Side(key: file.key), Side(key: file.key))
        fields = file.items.filter { !file.key.contains($0.name) }.map { item in
            Field(item.name, compare: item.type == .date ? .date : item.type == .integer ? .number : .text)
        }
        (title, group) = ("\(file.title)の突合", nil)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decodeIfPresent(String.self, forKey: .title) ?? "移行前後の突合"
        (old, new) = (try container.decode(Side.self, forKey: .old), try container.decode(Side.self, forKey: .new))
        fields = try container.decode([Field].self, forKey: .fields)
        group = try container.decodeIfPresent(String.self, forKey: .group)
    }

    /// Reads a map in YAML. Throws what is wrong and where.
    package init(yaml: String) throws(TableSchema.Mistake) {
        do {
            self = try YAMLDecoder().decode(ReconcileMap.self, from: yaml)
        } catch let error as DecodingError {
            throw TableSchema.Mistake(error)
        } catch {
            throw TableSchema.Mistake(place: "", words: "YAMLとして読めません: \(error)")
        }
        if old.key.isEmpty || new.key.isEmpty {
            throw TableSchema.Mistake(place: "old.key", words: "どの記録かを示す項目を1つ以上書いてください")
        }
    }

    /// The map as YAML: what a resumed work compares to know that it is the same.
    package func yaml() throws -> String {
        let encoder = YAMLEncoder()
        encoder.options.allowUnicode = true
        encoder.options.sortKeys = true
        return try encoder.encode(self)
    }
}
