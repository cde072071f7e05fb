import Core

/// Conditions and formulas look back at fields that exist, and at values they can have.
struct FormReferences {
    let form: Form
    let spots: [FormCheck.PageSpot]

    var findings: [FormCheck.Finding] {
        let everything = known(before: form.pages.count, in: nil, upTo: nil)
        return spots.flatMap(check) + fee(everything) + routing(everything) + deadlines(everything)
    }

    /// The fields that a place may look at, by id.
    private typealias Known = [String: Field]

    private func known(before top: Int, in group: Field.Rows?, upTo page: String?) -> Known {
        let outside = form.pages.prefix(top).flatMap(\.fields)
        let inside = group?.pages.prefix { $0.id != page }.flatMap(\.fields) ?? []
        return Dictionary((outside + inside).map { ($0.id, $0) }) { first, _ in first }
    }

    private func check(_ spot: FormCheck.PageSpot) -> [FormCheck.Finding] {
        var known = known(before: spot.top, in: spot.group, upTo: spot.page.id)
        var findings: [FormCheck.Finding] = []
        if let when = spot.page.when {
            findings += problems(when, known).map {
                .init(spot.path + [.key("when")], "ページ「\(spot.page.id)」の when: \($0)")
            }
        }
        for (number, field) in spot.page.fields.enumerated() {
            if case .computed(let formula, _) = field.kind {
                findings += problems(formula, known).map {
                    .init(
                        spot.path + [.key("fields"), .index(number), .key("value")], "項目「\(field.id)」の value: \($0)")
                }
            }
            known[field.id] = field
        }
        return findings
    }

    private func fee(_ known: Known) -> [FormCheck.Finding] {
        (form.fee?.lines ?? []).enumerated().flatMap { index, line -> [FormCheck.Finding] in
            let path: FormCheck.Path = [.key("fee"), .key("lines"), .index(index)]
            let counts = line.count.map { problems($0, known) } ?? []
            let conditions = line.when.map { problems($0, known) } ?? []
            return counts.map { FormCheck.Finding(path + [.key("count")], "手数料の count: \($0)") }
                + conditions.map { FormCheck.Finding(path + [.key("when")], "手数料の when: \($0)") }
        }
    }

    private func routing(_ known: Known) -> [FormCheck.Finding] {
        (form.routing ?? []).enumerated().flatMap { index, route in
            problems(route.when, known).map {
                .init([.key("routing"), .index(index), .key("when")], "担当の when: \($0)")
            }
        }
    }

    private func deadlines(_ known: Known) -> [FormCheck.Finding] {
        (form.deadlines ?? []).enumerated().flatMap { index, deadline in
            problems(deadline.when, known).map {
                .init([.key("deadlines"), .index(index), .key("when")], "期限の when: \($0)")
            }
        }
    }

    private func problems(_ condition: Condition, _ known: Known) -> [String] {
        switch condition {
        case .answer(let id, let values):
            guard let field = known[id] else { return [absent(id)] }
            if case .consent = field.kind { return [] }
            let options = comparable(field)
            guard !options.isEmpty else { return ["項目「\(id)」は選択肢ではないので、is の条件に使えません"] }
            return values.filter { !options.contains($0) }.map { "値「\($0)」は、項目「\(id)」の選択肢にありません" }
        case .answered(let id): return known[id] == nil ? [absent(id)] : []
        case .compare(let left, _, let right): return problems(left, known) + problems(right, known)
        case .some(let id, let part), .every(let id, let part): return inRows(id, known) { problems(part, $0) }
        case .all(let parts), .any(let parts): return parts.flatMap { problems($0, known) }
        case .not(let part): return problems(part, known)
        }
    }

    /// What a condition can compare the answer with. Of an attachment: whether there are files, or which other way was chosen.
    private func comparable(_ field: Field) -> Set<String> {
        guard let attachment = field.attachment else { return Set(field.options.map(\.value)) }
        let requirement = form.requirements?.first { $0.id == attachment.requirement }
        return Set(["files"] + (requirement?.substitutes.map(\.rawValue) ?? []))
    }

    private func problems(_ formula: Formula, _ known: Known) -> [String] {
        switch formula {
        case .constant: return []
        case .answer(let id):
            switch known[id]?.kind {
            case nil: return [absent(id)]
            case .number, .money, .computed, .date: return []
            default: return ["項目「\(id)」は数ではないので、計算に使えません"]
            }
        case .age(let id, _):
            switch known[id]?.kind {
            case nil: return [absent(id)]
            case .date: return []
            default: return ["項目「\(id)」は日付ではないので、年齢を計算できません"]
            }
        case .count(let id, let condition):
            return inRows(id, known) { inside in condition.map { problems($0, inside) } ?? [] }
        case .sum(let id, let part, let condition):
            return inRows(id, known) { inside in
                problems(part, inside) + (condition.map { problems($0, inside) } ?? [])
            }
        case .add(let parts), .multiply(let parts), .least(let parts), .greatest(let parts):
            return parts.flatMap { problems($0, known) }
        case .subtract(let left, let right): return problems(left, known) + problems(right, known)
        case .divideUp(let part, _): return problems(part, known)
        case .cases(let branches, let otherwise):
            return branches.flatMap { problems($0.when, known) + problems($0.then, known) } + problems(otherwise, known)
        }
    }

    private func inRows(_ id: String, _ known: Known, _ check: (Known) -> [String]) -> [String] {
        guard let field = known[id] else { return [absent(id)] }
        guard let group = field.rows else { return ["項目「\(id)」は繰り返し（rows）ではありません"] }
        return check(known.merging(group.fields.map { ($0.id, $0) }) { $1 })
    }

    private func absent(_ id: String) -> String { "項目「\(id)」が、それより前のページにありません" }
}
