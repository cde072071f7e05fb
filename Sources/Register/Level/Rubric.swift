import Core
import Japanese

/// 段階の判定表, version 1: what a card must show for each level. A level is computed, never typed in.
package enum Rubric {
    /// The version that history keeps (rule 8).
    package static let version = 1
    /// Evidence is fresh for so many days after the day it was so.
    package static let freshDays = 365
    /// 見直しの記録 are fresh for 24 months.
    package static let recordDays = 730
    /// A level stays for so many days after evidence expired (rule 3).
    package static let graceDays = 90
    /// 少件数: fewer cases a year than that (rule 5).
    package static let few = 10

    /// What the level above another asks besides, of a procedure or of an internal process (rule 10).
    package static func criteria(of level: Level, isInternal: Bool) -> [Criterion] {
        let all: [Criterion] =
            switch level {
            case .analog: []
            case .begunDigital: [.item(.e1)]
            case .digital: [.item(.e2), .item(.e4)]
            case .begunProcess: [.item(.e3), .item(.e5), .item(.e7), .item(.e9)]
            case .process: [.item(.e6), .item(.e10), .item(.e11), .item(.e12), .use]
            case .transformed: [.item(.e8), .newValue, .outcome, .inclusion, .residents]
            }
        return isInternal ? all.filter(\.isForProcesses) : all
    }
}

/// 段階. How far a card has come, L0 to L5.
package enum Level: Int, Sendable, Codable, CaseIterable, Comparable {
    case analog, begunDigital, digital, begunProcess, process, transformed

    /// `L2`.
    package var mark: String { "L\(rawValue)" }

    /// The step of the town's plan.
    package var step: String {
        switch self {
        case .analog: "アナログ"
        case .begunDigital: "デジタイゼーション（着手）"
        case .digital: "デジタイゼーション（達成）"
        case .begunProcess: "デジタライゼーション（着手）"
        case .process: "デジタライゼーション（達成）"
        case .transformed: "DX（新たな価値）"
        }
    }

    /// What it means for a resident.
    package var meaning: String {
        switch self {
        case .analog: "役場に来て、書いて、押印する"
        case .begunDigital: "様式を印刷するか入力できるが、役場に来る"
        case .digital: "送ることができる"
        case .begunProcess: "書類が要らず、払えて、状況が見える。職員は入力し直さない"
        case .process: "家でも窓口でも、一つの流れで済む"
        case .transformed: "町のほうから来てくれる"
        }
    }

    /// The level above, or nil.
    package var next: Level? { Level(rawValue: rawValue + 1) }

    package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}

/// 判定の項目. One thing that a level asks.
package enum Criterion: Sendable, Hashable {
    case item(CardFact.Item)
    /// 使われている: M1 at least 20 %, or M4 down by 20 % from its baseline.
    case use
    /// One of: proactive notice or no application needed, several procedures in one, a service that did not exist.
    case newValue
    /// Two of: M3 −30 %, M4 −30 %, M5 at least 4.0 of 5 with n at least 30, M1 at least 50 %.
    case outcome
    /// M6 is not worse than its baseline.
    case inclusion
    /// Evidence from residents: a test, or voices.
    case residents

    /// As a line names it: `E5`.
    package var mark: String {
        switch self {
        case .item(let item): item.rawValue
        case .use: "利用"
        case .newValue: "新しい価値"
        case .outcome: "成果"
        case .inclusion: "M6"
        case .residents: "住民の声"
        }
    }

    /// What it asks.
    package var words: String {
        switch self {
        case .item(let item): FactWords.name(item)
        case .use: "オンライン率（M1）が20％以上、または1件の時間（M4）が基準より20％以上減"
        case .newValue: "申請の要らない手続・先回りの通知、複数の手続の一括、これまでなかったサービスの、どれか"
        case .outcome: "日数（M3）−30％、時間（M4）−30％、満足度（M5）4.0以上（30人以上）、オンライン率（M1）50％以上の、どれか二つ"
        case .inclusion: "支援・代理の申請の成功（M6）が、基準より悪くない"
        case .residents: "住民による確かめ（試し、または声）"
        }
    }

    /// True for what an internal process is asked, too.
    var isForProcesses: Bool {
        switch self {
        case .item(let item): [.e1, .e7, .e10, .e11].contains(item)
        case .use, .outcome: true
        case .newValue, .inclusion, .residents: false
        }
    }
}

/// 証拠の状態. How something that is asked stands on a day.
package enum Standing: String, Sendable, Codable, CaseIterable {
    case yes
    /// 適用除外, with its clause and reason (rule 4).
    case exempt
    /// 要再確認: it was so, and is out of date for at most ninety days (rule 3).
    case grace
    /// 期限切れ: it was so, longer ago.
    case expired
    /// 不明: neither yes nor no (rule 2).
    case unknown
    case no

    /// True for what counts without condition.
    package var isMet: Bool { self == .yes || self == .exempt }
    /// True for what counts, or keeps a level that was reached.
    package var isKept: Bool { isMet || self == .grace }

    /// 不明 …
    package var name: String {
        switch self {
        case .yes: "はい"
        case .exempt: "適用除外"
        case .grace: "要再確認"
        case .expired: "期限切れ"
        case .unknown: "不明"
        case .no: "いいえ"
        }
    }
}

extension Standing {
    /// One of several is enough.
    static func any(_ parts: [Standing]) -> Standing {
        for standing in [yes, exempt, grace, expired, unknown] where parts.contains(standing) { return standing }
        return no
    }

    /// So many of several are needed. What is unknown counts neither as yes nor as no.
    static func atLeast(_ count: Int, of parts: [Standing]) -> Standing {
        if parts.count(where: \.isMet) >= count { return yes }
        if parts.count(where: \.isKept) >= count { return grace }
        guard parts.count(where: { $0 != no }) >= count else { return no }
        return parts.contains(unknown) ? unknown : expired
    }
}
