import FoundationEssentials
package import Japanese
import Yams

/// 変換の手順. One step of a conversion, as data.
package enum ConvertStep: Sendable, Equatable {
    /// Other names for items.
    case rename([String: String])
    /// Leaves items out.
    case drop([String])
    /// Only these items, in this order.
    case select([String])
    /// コード変換. What is not in the table stays, and is told.
    case codes(item: String, table: [String: String])
    /// Dates in one way of writing; what is not exact stays, and is told.
    case date(items: [String], as: DateForm)
    /// Width, kana, spaces, digits.
    case text(items: [String], rules: TextRules)
    /// One item into several at a text; the last takes the rest.
    case split(item: String, at: String, into: [String])
    /// Several items into one.
    case join(items: [String], with: String, into: String)
    /// Zeros, or another character, before a value up to a length.
    case pad(item: String, length: Int, with: String)
    /// 文字の置きかえ. Characters that a decision replaces.
    case characters(items: [String], table: [String: String])
    /// 番号の付けかえ. Another key for each key; what is not in the table stays, and is told.
    case key(item: String, table: [String: String])
    /// An item with one value for all.
    case constant(item: String, value: String)

    /// A way of writing a day.
    package enum DateForm: String, Sendable, Codable {
        case iso, compact, wareki, letter, code7

        func write(_ day: Day) -> String {
            switch self {
            case .iso: day.iso
            case .compact: day.iso.replacing("-", with: "")
            case .wareki: day.wareki
            case .letter: day.warekiLetters
            case .code7: day.code7 ?? day.iso
            }
        }
    }

    /// Its name in a pipeline.
    package var name: String {
        switch self {
        case .rename: "rename"
        case .drop: "drop"
        case .select: "select"
        case .codes: "codes"
        case .date: "date"
        case .text: "text"
        case .split: "split"
        case .join: "join"
        case .pad: "pad"
        case .characters: "characters"
        case .key: "key"
        case .constant: "constant"
        }
    }
}

/// 変換. A pipeline of steps, read from YAML.
package struct ConvertPipeline: Sendable, Decodable {
    package let title: String
    package let steps: [ConvertStep]

    /// Reads a pipeline. Throws what is wrong and where.
    package init(yaml: String) throws(TableSchema.Mistake) {
        do {
            self = try YAMLDecoder().decode(ConvertPipeline.self, from: yaml)
        } catch let error as DecodingError {
            // The decoder wraps what our own reading throws.
            if case .dataCorrupted(let context) = error, let mistake = context.underlyingError as? TableSchema.Mistake {
                throw mistake
            }
            throw TableSchema.Mistake(error)
        } catch {
            throw TableSchema.Mistake(place: "", words: "YAMLとして読めません: \(error)")
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        title = try container.decodeIfPresent(String.self, forKey: Key("title")) ?? "変換"
        var list = try container.nestedUnkeyedContainer(forKey: Key("steps"))
        var steps: [ConvertStep] = []
        while !list.isAtEnd {
            steps.append(try ConvertStep(list.nestedContainer(keyedBy: Key.self), index: steps.count))
        }
        self.steps = steps
    }

    fileprivate struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension ConvertStep {
    fileprivate init(_ step: KeyedDecodingContainer<ConvertPipeline.Key>, index: Int) throws {
        typealias Key = ConvertPipeline.Key
        guard step.allKeys.count == 1, let key = step.allKeys.first else {
            throw TableSchema.Mistake(place: "steps[\(index)]", words: "手順は1つずつ、名前と内容で書いてください")
        }
        func part() throws -> KeyedDecodingContainer<Key> { try step.nestedContainer(keyedBy: Key.self, forKey: key) }
        func items(_ part: KeyedDecodingContainer<Key>) throws -> [String] {
            try part.decodeIfPresent([String].self, forKey: Key("items")) ?? [
                part.decode(String.self, forKey: Key("item"))
            ]
        }
        func item(_ part: KeyedDecodingContainer<Key>) throws -> String {
            try part.decode(String.self, forKey: Key("item"))
        }
        func table(_ part: KeyedDecodingContainer<Key>) throws -> [String: String] {
            try part.decode([String: String].self, forKey: Key("table"))
        }
        switch key.stringValue {
        case "rename": self = .rename(try step.decode([String: String].self, forKey: key))
        case "drop": self = .drop(try step.decode([String].self, forKey: key))
        case "select": self = .select(try step.decode([String].self, forKey: key))
        case "codes": self = try .codes(item: item(part()), table: table(part()))
        case "date":
            self = try .date(
                items: items(part()), as: part().decodeIfPresent(DateForm.self, forKey: Key("as")) ?? .iso)
        case "text":
            let rules = try part().decode([TextRule].self, forKey: Key("rules"))
            do throws(TextRewriter.Conflict) {
                _ = try TextRewriter(TextRules(rules))
            } catch {
                let conflict = error
                throw TableSchema.Mistake(
                    place: "steps[\(index)].text.rules",
                    words: "\(conflict.one.rawValue) と \(conflict.other.rawValue) は反対です。どちらかにしてください")
            }
            self = try .text(items: items(part()), rules: TextRules(rules))
        case "split":
            self = try .split(
                item: item(part()), at: part().decode(String.self, forKey: Key("at")),
                into: part().decode([String].self, forKey: Key("into")))
        case "join":
            self = try .join(
                items: items(part()), with: part().decodeIfPresent(String.self, forKey: Key("with")) ?? "",
                into: part().decode(String.self, forKey: Key("into")))
        case "pad":
            self = try .pad(
                item: item(part()), length: part().decode(Int.self, forKey: Key("length")),
                with: part().decodeIfPresent(String.self, forKey: Key("with")) ?? "0")
        case "characters": self = try .characters(items: items(part()), table: table(part()))
        case "key": self = try .key(item: item(part()), table: table(part()))
        case "constant":
            self = try .constant(item: item(part()), value: part().decode(String.self, forKey: Key("value")))
        default:
            throw TableSchema.Mistake(
                place: "steps[\(index)].\(key.stringValue)",
                words:
                    "この手順はありません。使えるのは rename, drop, select, codes, date, text, split, join, pad, characters, key, constant です"
            )
        }
    }
}
