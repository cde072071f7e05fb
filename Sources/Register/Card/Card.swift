package import Core

/// 手続・業務カード. What the town knows of one procedure.
///
/// Begins with eight fields. What is unknown stays nil: unknown is neither yes nor no, and blank is not zero.
package struct Card: Sendable, Codable, Identifiable {
    /// A short name for addresses, such as `dog-registration`.
    package let id: String

    /// 手続名.
    package internal(set) var name: Text
    /// 所管課, by its id in the town's profile.
    package internal(set) var section: String
    /// 手続類型.
    package internal(set) var kind: Kind
    /// 対象者.
    package internal(set) var audience: Text?
    /// 根拠法令・条項.
    package internal(set) var legalBasis: String?
    /// 受付方法. Nil if nobody has looked yet.
    package internal(set) var channels: [Channel]?
    /// 年間件数.
    package internal(set) var yearlyCount: YearlyCount?
    /// What a resident reads first, in one or two sentences.
    package internal(set) var summary: Text

    /// ライフイベント and matters of daily life under which residents look for it.
    package internal(set) var events: [LifeEvent]
    /// Other words people search with.
    package internal(set) var words: [String]
    /// What a resident has to know before beginning, as far as it is known.
    package internal(set) var guide: Guide?
    /// 標準処理期間 in business days (行政手続法 第6条).
    package internal(set) var processingDays: Int?
    /// 共管課, besides ``section``.
    package internal(set) var coSections: [String]?
    /// What others call it: 手続ID of the national inventory, 制度番号 …
    package internal(set) var references: [Reference]?
    /// 業務の流れ, before and after it was thought over again.
    package internal(set) var steps: StepMap?
    /// 添付書類, with the clause that demands each.
    package internal(set) var papers: [DemandedPaper]?
    /// What belongs to it in other areas.
    package internal(set) var links: [CardLink]?
    /// 決裁のしかた of its applications; nil where one officer decides.
    package internal(set) var approval: Approval?
    /// 文書保存年限 in years after the end of the fiscal year of the decision; nil where nobody has said.
    package internal(set) var retentionYears: Int?
    /// Where it can be done; nil if nobody has looked yet.
    package internal(set) var places: [Place]?
    /// サービスカタログ: what a catalogue of another system said of it that has no place of its own here, by the Japanese
    /// names of DS-451-4.
    package internal(set) var catalogue: [String: String]?
    /// 廃止. Nil while it is in force.
    package internal(set) var retirement: Retirement?
    /// True if the facts were made up to show the program.
    package internal(set) var isSample: Bool

    private enum CodingKeys: String, CodingKey {
        case id, name, section, kind, audience, channels, summary, events, words, guide
        case references, steps, papers, links, approval, places, catalogue, retirement
        case coSections = "co_sections"
        case retentionYears = "retention_years"
        case legalBasis = "legal_basis"
        case yearlyCount = "yearly_count"
        case processingDays = "processing_days"
        case isSample = "sample"
    }

    /// 手続類型, the codes of the national inventory (行政手続等の棚卸調査, 令和7年度).
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// 1 申請等.
        case application
        /// 2-1, 2-2 処分通知等.
        case notice
        /// 3 縦覧等.
        case inspection
        /// 4 作成・保存等.
        case record
        /// 内部業務: a process of the town hall that no resident asks for. Not a code of the inventory.
        case process = "internal"
    }

    /// 受付方法.
    package enum Channel: String, Sendable, Codable, CaseIterable {
        case online, counter, post, telephone

        package var name: Text {
            switch self {
            case .online: Text("オンライン", easy: "インターネット", en: "Online")
            case .counter: Text("窓口", easy: "{窓口|まどぐち}", en: "At the counter")
            case .post: Text("郵送", easy: "{手紙|てがみ}（{郵便|ゆうびん}）", en: "By post")
            case .telephone: Text("電話", easy: "{電話|でんわ}", en: "By telephone")
            }
        }
    }

    /// 年間件数, with where the number comes from.
    package struct YearlyCount: Sendable, Codable, Hashable {
        package let count: Int
        /// 会計年度, the Gregorian year it begins in.
        package let fiscalYear: Int
        package let source: String

        private enum CodingKeys: String, CodingKey {
            case count, source
            case fiscalYear = "fiscal_year"
        }
    }

    /// The resident's face of a card.
    package struct Guide: Sendable, Codable, Hashable {
        /// 手続期限.
        package internal(set) var deadline: Text?
        /// 必要なもの.
        package internal(set) var bring: Text?
        /// 手数料.
        package internal(set) var fee: Text?
        /// What happens afterwards.
        package internal(set) var result: Text?
        /// How to do it without a device.
        package internal(set) var withoutDevice: Text?

        private enum CodingKeys: String, CodingKey {
            case deadline, bring, fee, result
            case withoutDevice = "without_device"
        }
    }

    /// 廃止: the day from which it is not done any more, and why.
    package struct Retirement: Sendable, Codable, Hashable {
        /// `2026-10-01`.
        package let on: String
        package let reason: String

        package init(on day: String, reason: String) { (on, self.reason) = (day, reason) }
    }

    /// A card with the facts that a new one begins with; everything else is unknown.
    init(id: String, name: Text, section: String, kind: Kind, summary: Text) {
        (self.id, self.name, self.section, self.kind, self.summary) = (id, name, section, kind, summary)
        (events, words, isSample) = ([], [], false)
    }
}
