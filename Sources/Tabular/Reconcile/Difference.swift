import Japanese

/// 差. One way in which what stands after is not what stood before.
package struct Difference: Sendable, Equatable {
    /// Why.
    package enum Cause: UInt8, Sendable, CaseIterable {
        case lost, gained, changed, shape, characterLost, truncated, unmapped, width, spaces, dateForm
        case onlyOld, onlyNew, merged, split

        /// Its name for programs.
        package var id: String {
            switch self {
            case .lost: "lost"
            case .gained: "gained"
            case .changed: "changed"
            case .shape: "shape"
            case .characterLost: "character-lost"
            case .truncated: "truncated"
            case .unmapped: "code-unmapped"
            case .width: "width"
            case .spaces: "spaces"
            case .dateForm: "date-form"
            case .onlyOld: "only-old"
            case .onlyNew: "only-new"
            case .merged: "merged"
            case .split: "split"
            }
        }

        package var words: String {
            switch self {
            case .lost: "前にあった値が、後にない"
            case .gained: "前になかった値が、後にある"
            case .changed: "値が変わった"
            case .shape: "字形が変わった（異体字）"
            case .characterLost: "文字が〓や?に置きかわった"
            case .truncated: "値が途中で切れた"
            case .unmapped: "コード変換の対応表にない"
            case .width: "全角・半角だけのちがい"
            case .spaces: "空白だけのちがい"
            case .dateForm: "日付の書き方だけのちがい"
            case .onlyOld: "前にだけある記録"
            case .onlyNew: "後にだけある記録"
            case .merged: "いくつかの記録が一つになった"
            case .split: "一つの記録がいくつかに分かれた"
            }
        }

        /// How much it matters: what says the same in another way is only looked at.
        package var weight: FindingRule.Weight {
            switch self {
            case .width, .spaces, .dateForm: .notice
            default: .error
            }
        }
    }

    package let cause: Cause
    /// Which field of the map, from 0; nil for the record as a whole.
    package let field: Int?
    /// The group the record belongs to.
    package let group: String
    package let key: String
    package let old: String
    package let new: String
    /// The record before, from 1; 0 for none.
    package let oldRow: Int
    /// The record after, from 1; 0 for none.
    package let newRow: Int
}

extension Difference {
    /// How two values of a field differ; nil if they do not.
    static func cause(_ old: Bytes, _ new: Bytes, _ field: ReconcileMap.Field) -> Cause? {
        if old.isSame(as: new) { return nil }
        if new.count == 0 { return .lost }
        if old.count == 0 { return .gained }
        switch field.compare {
        case .date:
            let (before, after) = (try? WrittenDate.read(old), try? WrittenDate.read(new))
            if let before, before == after { return .dateForm }
        case .number:
            if let before = Int(Width.narrow(old.string)), before == Int(Width.narrow(new.string)) { return nil }
        case .text: break
        }
        return text(old.string, new.string)
    }

    /// How two texts that are not the same differ.
    private static func text(_ old: String, _ new: String) -> Cause {
        let (narrowOld, narrowNew) = (Width.widenKana(Width.narrow(old)), Width.widenKana(Width.narrow(new)))
        if narrowOld.isExactly(narrowNew) { return .width }
        if withoutSpaces(narrowOld).isExactly(withoutSpaces(narrowNew)) { return .spaces }
        let signs: [Unicode.Scalar] = ["〓", "?", "？", "\u{FFFD}", "●", "■", "□", "＊"]
        let before = Set(old.unicodeScalars)
        if new.unicodeScalars.contains(where: { signs.contains($0) && !before.contains($0) }) { return .characterLost }
        if VariantFold.fold(old).isExactly(VariantFold.fold(new)) { return .shape }
        if new.unicodeScalars.count < old.unicodeScalars.count, old.unicodeScalars.starts(with: new.unicodeScalars) {
            return .truncated
        }
        return .changed
    }

    private static func withoutSpaces(_ text: String) -> String {
        Width.text(of: text.unicodeScalars.filter { !$0.properties.isWhitespace })
    }
}
