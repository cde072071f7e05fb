import Core
import Japanese

/// 計画の版. A version of the town's DX promotion plan, as a document whose every clause has an anchor. Once it is adopted,
/// nothing in it changes but by a recorded correction; what follows is another version.
struct PlanVersion: Document, Equatable {
    static var kind: String { "plan" }

    /// 第1.0版: `1.0`. Its id.
    let number: String
    var title: String
    var state: State
    /// 策定の日 or month as the document says it: `2023-03` or `2026-02-20`; nil for a draft.
    var adoptedOn: String?
    /// 策定した者.
    var adoptedBy: String?
    /// 計画期間.
    var from: Day
    var until: Day
    /// Why the period is as it is.
    var periodReason: String
    /// The number of the version it follows; nil for the first.
    var follows: String?
    /// Why it differs from the one before, and what brought it about: ids of loops.
    var reason: String?
    var policies: [Policy]
    var items: [Item]
    var organs: [Organ]
    var steps: [Step]
    var chapters: [Chapter]
    var glossary: [Term]
    var related: [Related]
    var corrections: [Correction]
    /// Facts of the document that hold for its day alone, and what is known since.
    var dated: [DatedFact]
    /// What the document leaves open.
    var openPoints: [Text]
    /// 問い合わせ先.
    var contact: Contact?

    private enum CodingKeys: String, CodingKey {
        case number, title, state, from, until, follows, reason, policies, items, organs, steps, chapters, glossary
        case related, corrections, dated, contact
        case adoptedOn = "adopted_on"
        case adoptedBy = "adopted_by"
        case periodReason = "period_reason"
        case openPoints = "open_points"
    }

    enum State: String, Sendable, Codable, CaseIterable {
        case draft, comment, adopted, replaced, withdrawn

        var name: String {
            switch self {
            case .draft: "案"
            case .comment: "意見の募集中"
            case .adopted: "策定済み"
            case .replaced: "次の版に引き継いだ"
            case .withdrawn: "取り下げた案"
            }
        }
    }

    /// 基本方針.
    struct Policy: Sendable, Codable, Equatable {
        let no: Int
        let name: String
        let gist: Text
    }

    /// 重点取組事項.
    struct Item: Sendable, Codable, Equatable {
        let no: Int
        let policy: Int
        let name: String
        let gist: Text
        /// The area of this program that belongs to it, and by which measures its use is told.
        let measures: [String]?
        /// The nation's items that it answers to, by their names; nil where ``NationalPlan`` says so by its number.
        let answers: [String]?
    }

    /// 推進体制.
    struct Organ: Sendable, Codable, Equatable {
        let name: String
        let lead: String?
        let does: [String]
        let decides: [String]?
    }

    /// 3段階.
    struct Step: Sendable, Codable, Equatable {
        let no: Int
        let name: String
        let change: String
        let gist: Text
    }

    struct Chapter: Sendable, Codable, Equatable {
        let no: Int
        let title: String
        let gist: Text
    }

    /// 用語.
    struct Term: Sendable, Codable, Equatable {
        let term: String
        let reading: String
        /// What the plan's own glossary says, told in other words; nil where it was not taken in yet.
        let official: String?
        /// How the word is used here.
        let working: Text
    }

    /// 関連する計画・国の文書.
    struct Related: Sendable, Codable, Equatable {
        let name: String
        let by: String
        let date: String?
        /// The version that was in force when this one was made; for documents that have versions.
        let version: String?
        let note: String?
    }

    /// 正誤. A misprint, as it stands and as it is meant: never mended silently.
    struct Correction: Sendable, Codable, Equatable {
        let place: String
        let printed: String
        let meant: String
        let recordedOn: Day
        let recorder: String

        private enum CodingKeys: String, CodingKey {
            case place, printed, meant, recorder
            case recordedOn = "recorded_on"
        }
    }

    struct DatedFact: Sendable, Codable, Equatable {
        let place: String
        let printed: String
        let since: String
    }

    struct Contact: Sendable, Codable, Equatable {
        let section: String
        let address: String
        let telephone: String
        let mail: String
    }

    /// 令和5年度から令和7年度まで.
    var period: String { "\(FiscalYear(of: from).wareki)から\(FiscalYear(of: until).wareki)まで" }

    /// The fiscal years of the plan.
    var years: [FiscalYear] { (FiscalYear(of: from).year...FiscalYear(of: until).year).map { FiscalYear($0) } }

    func holds(on day: Day) -> Bool { (state == .adopted || state == .replaced) && from <= day && day <= until }

    /// The anchor of an item: its chapter, its policy, and which of the policy's items it is (`5-2-3`).
    func anchor(of item: Item) -> String {
        let place = items.filter { $0.policy == item.policy }.firstIndex { $0.no == item.no } ?? 0
        return "5-\(item.policy)-\(place + 1)"
    }

    func item(_ no: Int) -> Item? { items.first { $0.no == no } }

    /// Every clause with its anchor, heading and words, in order: what is published, compared and cited.
    var clauses: [Clause] {
        chapters.flatMap { chapter -> [Clause] in
            let own = Clause(anchor: String(chapter.no), heading: chapter.title, text: chapter.gist)
            switch chapter.no {
            case 4:
                return [own] + policies.map { Clause(anchor: "4-\($0.no)", heading: $0.name, text: $0.gist) }
            case 5: return [own] + items.map { Clause(anchor: anchor(of: $0), heading: $0.name, text: $0.gist) }
            case 6:
                return [own]
                    + organs.enumerated().map { index, organ in
                        Clause(anchor: "6-\(index + 1)", heading: organ.name, text: Text(verbatim: organ.words))
                    }
            case 8: return [own] + steps.map { Clause(anchor: "8-\($0.no)", heading: $0.name, text: $0.gist) }
            case 9:
                return [own]
                    + glossary.enumerated().map { index, term in
                        Clause(anchor: "9-\(index + 1)", heading: term.term, text: term.working)
                    }
            default: return [own]
            }
        }
    }

    /// What is compared between versions: the clauses, and what stands around them without an anchor.
    var compared: [Clause] {
        func plain(_ heading: String, _ words: String?...) -> Clause {
            Clause(
                anchor: "", heading: heading, text: Text(verbatim: words.compactMap(\.self).joined(separator: " ")))
        }
        return [plain("計画期間", from.iso, "–", until.iso, periodReason)] + clauses
            + steps.map { plain("\($0.name)で変わること", $0.change) }
            + glossary.map { plain("\($0.term)（\($0.reading)）", $0.official) }
            + related.map { plain($0.name, $0.by, $0.version, $0.date, $0.note) }
            + openPoints.map { plain($0[.ja]) }
            + (contact.map { [plain("問い合わせ", $0.section, $0.address, $0.telephone, $0.mail)] } ?? [])
    }

    /// 条項.
    struct Clause: Sendable, Equatable {
        let anchor: String
        let heading: String
        let text: Text
    }
}

extension PlanVersion.Item {
    func isAnswer(to item: NationalPlan.Item) -> Bool { answers?.contains(item.name) ?? item.town.contains(no) }
}

extension PlanVersion.Organ {
    /// What it is, in a sentence or two.
    var words: String {
        let leading = lead.map { "\($0)が率います。" } ?? ""
        let deciding = decides.map { "決めること: \($0.joined(separator: "、"))。" } ?? ""
        return "\(leading)役割: \(does.joined(separator: "、"))。\(deciding)"
    }
}

/// 国の計画. The versions of 自治体DX推進計画, and which of the town's items each of their items answers to.
struct NationalPlan: Document, Equatable {
    static var kind: String { "national" }

    let name: String
    let versions: [Version]

    struct Version: Sendable, Codable, Equatable {
        let number: String
        let date: String
        /// How sure this is, and where from.
        let source: String
        /// 重点取組事項; nil while nobody has looked into the document.
        let items: [Item]?
    }

    struct Item: Sendable, Codable, Equatable {
        let name: String
        /// The town's items that answer to it, by their numbers; empty for none.
        let town: [Int]
        /// True for what the nation asks for besides its priority items.
        let isBeside: Bool?

        private enum CodingKeys: String, CodingKey {
            case name, town
            case isBeside = "beside"
        }
    }

    var newest: Version? { versions.last }
}

/// 国と町の対応. What one version of the national plan has and the town's lacks, and the other way round.
struct PlanMapping: Sendable {
    let version: NationalPlan.Version
    /// Each national item with the town's items that answer to it.
    let rows: [(national: NationalPlan.Item, town: [PlanVersion.Item])]
    /// The nation's items that no item of the town answers to.
    let missingInTown: [NationalPlan.Item]
    /// The town's items that answer to none of the nation's.
    let missingInNation: [PlanVersion.Item]

    /// Nil where nobody has looked into the national version.
    init?(_ version: NationalPlan.Version, _ plan: PlanVersion) {
        guard let items = version.items else { return nil }
        self.version = version
        rows = items.map { item in
            (item, plan.items.filter { $0.isAnswer(to: item) })
        }
        missingInTown = rows.filter(\.town.isEmpty).map(\.national)
        let answered = Set(rows.flatMap(\.town).map(\.no))
        missingInNation = plan.items.filter { !answered.contains($0.no) }
    }
}

/// 版の違い. What became of each clause between two versions.
struct PlanDifference: Sendable {
    enum Change: Sendable, Equatable {
        case same
        case added
        case removed
        /// The heading or the words are others.
        case changed
        /// The same heading with the same words, at another anchor.
        case moved
    }

    struct Line: Sendable {
        let change: Change
        let old: PlanVersion.Clause?
        let new: PlanVersion.Clause?
    }

    let lines: [Line]

    init(from old: PlanVersion, to new: PlanVersion) {
        var left = old.compared
        let headings = Set(new.compared.map(\.heading))
        var lines: [Line] = new.compared.map { clause in
            // A clause is known by its heading first: items that moved are no other items.
            let place =
                left.firstIndex { $0.heading == clause.heading }
                ?? left.firstIndex {
                    !$0.anchor.isEmpty && $0.anchor == clause.anchor && !headings.contains($0.heading)
                }
            guard let place else { return Line(change: .added, old: nil, new: clause) }
            let before = left.remove(at: place)
            let change: Change =
                before.heading == clause.heading && before.text == clause.text
                ? before.anchor == clause.anchor ? .same : .moved : .changed
            return Line(change: change, old: before, new: clause)
        }
        lines += left.map { Line(change: .removed, old: $0, new: nil) }
        self.lines = lines
    }

    var changes: [Line] { lines.filter { $0.change != .same } }
}
