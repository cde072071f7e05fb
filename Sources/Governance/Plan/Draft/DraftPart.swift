import Core
import HTML
import Japanese
import Web

/// 案の部分. What of a draft is edited by itself: a clause with what belongs to it, or what stands around them.
struct DraftPart: Sendable, Equatable {
    let sort: Sort
    /// Its place in its list; nil for another one that is added, and for what there is once.
    let place: Int?

    enum Sort: String, Sendable, CaseIterable {
        case frame, chapter, policy, item, organ, step, term, related, contact

        var name: String {
            switch self {
            case .frame: "題・期間・理由"
            case .chapter: "章"
            case .policy: "基本方針"
            case .item: "重点取組事項"
            case .organ: "推進体制"
            case .step: "段階"
            case .term: "用語"
            case .related: "関連する計画・国の文書"
            case .contact: "問い合わせ先"
            }
        }

        /// True for those that the plan has once.
        var isSingle: Bool { self == .frame || self == .contact }
        /// The chapters stay as they are: the other parts hang on their numbers.
        var canGrow: Bool { !isSingle && self != .chapter }
    }

    init(_ sort: Sort, _ place: Int? = nil) { (self.sort, self.place) = (sort, place) }

    /// Reads `term-3`, `term-new` and `frame`. Nil for what no draft has.
    init?(_ id: String) {
        let words = id.split(separator: "-", omittingEmptySubsequences: false)
        guard let sort = words.first.flatMap({ Sort(rawValue: String($0)) }) else { return nil }
        let place = words.count == 2 ? Int(words[1]) : nil
        switch words.count {
        case 1: guard sort.isSingle else { return nil }
        case 2:
            guard !sort.isSingle, words[1] == "new" ? sort.canGrow : (place ?? -1) >= 0 else { return nil }
        default: return nil
        }
        (self.sort, self.place) = (sort, place)
    }

    /// The same part in the draft as it is now. Parts are known by their names, too: others may have come or gone before them
    /// since the form was opened. Nil where the draft does not have it.
    /// - Parameter name: what it was called then; nil for a form that is opened now.
    func now(in plan: PlanVersion, called name: String? = nil) -> DraftPart? {
        guard let place else { return self }
        let names = plan.names(of: sort)
        guard let name, sort.canGrow else { return names.indices.contains(place) ? self : nil }
        if names.indices.contains(place), names[place] == name { return self }
        return names.firstIndex(of: name).map { DraftPart(sort, $0) }
    }

    var id: String { sort.isSingle ? sort.rawValue : "\(sort.rawValue)-\(place.map(String.init) ?? "new")" }
    var isNew: Bool { !sort.isSingle && place == nil }
}

extension PlanVersion {
    /// What the parts of a sort are called, in their order.
    func names(of sort: DraftPart.Sort) -> [String] {
        switch sort {
        case .frame: [title]
        case .chapter: chapters.map { "\($0.no) \($0.title)" }
        case .policy: policies.map { "\($0.no) \($0.name)" }
        case .item: items.map { "\(anchor(of: $0)) \($0.name)" }
        case .organ: organs.map(\.name)
        case .step: steps.map { "\($0.no) \($0.name)" }
        case .term: glossary.map(\.term)
        case .related: related.map(\.name)
        case .contact: [contact?.section ?? "まだ書いていません"]
        }
    }

    /// What a part is called; nil for a new one.
    func name(of part: DraftPart) -> String? { part.isNew ? nil : names(of: part.sort)[part.place ?? 0] }

    /// Takes a part out. Throws where something of the plan hangs on it.
    mutating func remove(_ part: DraftPart) throws(Refused) {
        guard part.sort.canGrow, let place = part.place else { return }
        if part.sort == .policy, let item = items.first(where: { $0.policy == policies[place].no }) {
            throw .unusable("先に、この方針の重点取組事項（\(item.name)など）を別の方針に移すか、外してください。")
        }
        switch part.sort {
        case .policy: policies.remove(at: place)
        case .item: items.remove(at: place)
        case .organ: organs.remove(at: place)
        case .step: steps.remove(at: place)
        case .term: glossary.remove(at: place)
        case .related: related.remove(at: place)
        case .frame, .chapter, .contact: break
        }
    }
}

extension [NationalPlan.Version] {
    /// Every item that the nation ever asked for, each once, those of the newest version first.
    var everyItem: [NationalPlan.Item] {
        reversed().flatMap { $0.items ?? [] }.reduce(into: []) { known, item in
            if !known.contains(where: { $0.name == item.name }) { known.append(item) }
        }
    }
}
