import Core

/// 補正の差. One answer as it was before and as it is now.
struct AnswerChange: Sendable {
    /// Its place in the form: the same before and after.
    let key: String
    let name: Text
    let field: Field
    /// Nil where it was not answered.
    let before: FieldValue?
    let after: FieldValue?
}

extension AnswerItem {
    /// The place of an answer in its form, with the row it stands in.
    static func key(_ spot: Spot, _ field: Field) -> String {
        let row = spot.row.map { "\($0.field.id)/\($0.row.id)/" } ?? ""
        return row + field.id
    }
}

extension Journey {
    /// Each answer by its place, in the order it was asked.
    var answered: [(key: String, name: Text, field: Field, value: FieldValue?)] {
        items.compactMap { item in
            guard case .answer(let spot, let field, let answer) = item else { return nil }
            let name = spot.row.map {
                [$0.row.title($0.number, in: $0.group), field.label].joined("　", en: ", ")
            }
            return (AnswerItem.key(spot, field), name ?? field.label, field, answer?.value)
        }
    }

    /// What is answered otherwise than before: what changed, what came and what went.
    func changes(since before: Journey) -> [AnswerChange] {
        let (old, new) = (before.answered, answered)
        let values = Dictionary(old.map { ($0.key, $0.value) }) { first, _ in first }
        let there = Set(new.map(\.key))
        let changed = new.compactMap { line -> AnswerChange? in
            let earlier = values[line.key] ?? nil
            guard earlier != line.value else { return nil }
            return AnswerChange(key: line.key, name: line.name, field: line.field, before: earlier, after: line.value)
        }
        let gone = old.compactMap { line -> AnswerChange? in
            guard !there.contains(line.key), line.value != nil else { return nil }
            return AnswerChange(key: line.key, name: line.name, field: line.field, before: line.value, after: nil)
        }
        return changed + gone
    }
}
