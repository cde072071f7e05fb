import Core
import Japanese

/// 条件と計算の読み方. Says in a clerk's words when something holds and what is counted, with the labels of the form.
struct FormWords {
    let form: Form

    /// 「犬を飼う場所」が「別の場所」.
    func words(_ condition: Condition) -> String {
        switch condition {
        case .answer(let field, let values): answer(field, values)
        case .answered(let field): "「\(label(field))」に回答がある"
        case .compare(let left, let comparison, let right): compared(left, comparison, right)
        case .some(let rows, let part): "「\(label(rows))」のどれかで、\(words(part))"
        case .every(let rows, let part): "「\(label(rows))」のすべてで、\(words(part))"
        case .all(let parts): parts.map(nested).joined(separator: "、かつ")
        case .any(let parts): parts.map(nested).joined(separator: "、または")
        case .not(.answered(let field)): "「\(label(field))」に回答がない"
        case .not(.answer(let field, let values)): answer(field, values) + "ではない"
        case .not(let part): "（\(words(part))）ではない"
        }
    }

    /// 「犬を飼う場所」が「別の場所」の場合.
    func occasion(_ condition: Condition) -> String { Self.joined(words(condition), "場合") }

    /// Words with what follows them: after a noun with の.
    private static func joined(_ words: String, _ end: String) -> String {
        let isVerb = ["ある", "ない", "した", "同じ", "大きい", "小さい", "ない）"].contains(where: words.hasSuffix)
        return words + (isVerb ? "" : "の") + end
    }

    /// 「通数」×300.
    func words(_ formula: Formula) -> String {
        switch formula {
        case .constant(let number): number.grouped
        case .answer(let field): "「\(label(field))」"
        case .count(let rows, let condition):
            "「\(label(rows))」の数" + (condition.map { "（\(Self.joined(words($0), "もの"))）" } ?? "")
        case .sum(let rows, let part, let condition):
            "「\(label(rows))」の\(words(part))の合計" + (condition.map { "（\(Self.joined(words($0), "もの"))）" } ?? "")
        case .add(let parts): parts.map(nested).joined(separator: "＋")
        case .subtract(let left, let right): nested(left) + "−" + nested(right)
        case .multiply(let parts): parts.map(nested).joined(separator: "×")
        case .least(let parts): "いちばん小さいもの（\(parts.map(words).joined(separator: "、"))）"
        case .greatest(let parts): "いちばん大きいもの（\(parts.map(words).joined(separator: "、"))）"
        case .divideUp(let part, let divisor): "\(nested(part))÷\(divisor)（切り上げ）"
        case .age(let field, let day): "「\(label(field))」の満年齢" + (day.map { "（\($0.wareki)時点）" } ?? "")
        case .cases(let branches, let otherwise):
            branches.map { "\(Self.joined(words($0.when), "とき"))\(words($0.then))" }.joined(separator: "、")
                + "、そのほか\(words(otherwise))"
        }
    }

    /// What a field is called; its id if the form has none like it.
    func label(_ id: String) -> String { field(id)?.label[.ja] ?? id }

    private func field(_ id: String) -> Field? { form.fields.first { $0.id == id } }

    private func answer(_ id: String, _ values: [String]) -> String {
        guard let field = field(id) else { return "「\(id)」が\(values.joined(separator: "・"))" }
        switch field.kind {
        case .consent: return "「\(field.label[.ja])」に同意した"
        case .attachment:
            let ways = values.map { value in
                Requirement.Substitute(rawValue: value).map { AttachmentTexts.name(of: $0)[.ja] } ?? "ファイルを添えた"
            }
            return "「\(field.label[.ja])」が「\(ways.joined(separator: "」か「"))」"
        default:
            let names = values.map { value in field.options.first { $0.value == value }?.label[.ja] ?? value }
            return "「\(field.label[.ja])」が「\(names.joined(separator: "」か「"))」"
        }
    }

    private func compared(_ left: Formula, _ comparison: Condition.Comparison, _ right: Formula) -> String {
        // Days further away than any calendar goes are shown as the number they are.
        if case .answer(let id) = left, case .constant(let days) = right, case .date? = field(id)?.kind,
            abs(days) < 3_000_000
        {
            let day = Day(daysSince1970: days).wareki
            return switch comparison {
            case .lessThan: "「\(label(id))」が\(day)より前"
            case .atMost: "「\(label(id))」が\(day)以前"
            case .atLeast: "「\(label(id))」が\(day)以後"
            case .moreThan: "「\(label(id))」が\(day)より後"
            case .equals: "「\(label(id))」が\(day)"
            }
        }
        return "\(words(left))が\(words(right))" + Self.name(of: comparison)
    }

    /// 以上 ….
    static func name(of comparison: Condition.Comparison) -> String {
        switch comparison {
        case .atLeast: "以上"
        case .atMost: "以下"
        case .moreThan: "より大きい"
        case .lessThan: "より小さい"
        case .equals: "と同じ"
        }
    }

    private func nested(_ condition: Condition) -> String {
        switch condition {
        case .all(let parts) where parts.count > 1, .any(let parts) where parts.count > 1: "（\(words(condition))）"
        default: words(condition)
        }
    }

    private func nested(_ formula: Formula) -> String {
        switch formula {
        case .add, .subtract, .cases: "（\(words(formula))）"
        default: words(formula)
        }
    }
}
