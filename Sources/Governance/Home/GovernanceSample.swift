import Core
import FoundationEssentials
import Japanese
import Register
import Yams

/// 推進のサンプル. A year of governance for a town that is only shown: what its people did, told by how many days ago, and done by
/// the same actions that people use.
package struct GovernanceSample: Sendable, Decodable {
    let bodies: [SampleBody]
    let actions: [SampleAction]
    let measures: [SampleMeasure]
    let loops: [SampleLoop]
    let meetings: [SampleMeeting]
    let updates: [SampleUpdate]
    let answers: [SampleAnswer]

    /// Reads the file. Throws what is wrong with it, in words.
    package init(file path: String) throws {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        self = try YAMLDecoder().decode(GovernanceSample.self, from: String(decoding: data, as: UTF8.self))
    }

    struct SampleBody: Sendable, Decodable {
        let key: String
        let name: String
        let sort: Body.Sort
        let rule: String
        let purpose: String
        let quorum: Body.Quorum
        let endsIn: Int?
        let seats: [Seat]
        let outputs: [Output]?

        struct Seat: Sendable, Decodable {
            let login: String?
            let name: String?
            let section: String?
            let post: Body.Post
            let order: Int?
        }

        struct Output: Sendable, Decodable {
            let daysAgo: Int
            let title: String
            let words: String

            private enum CodingKeys: String, CodingKey {
                case title, words
                case daysAgo = "days_ago"
            }
        }

        private enum CodingKeys: String, CodingKey {
            case key, name, sort, rule, purpose, quorum, seats, outputs
            case endsIn = "ends_in"
        }
    }

    struct SampleAction: Sendable, Decodable {
        let number: String
        let item: Int
        let also: [Int]?
        let title: String
        let situation: String
        let issue: String
        let work: String
        let section: String
        let coSections: [String]?
        let cards: [String]?
        let state: PlanAction.State
        let schedule: [String]?
        let budgets: [PlanAction.Budget]?
        let kpis: [SampleKPI]
        let gradings: [SampleGrading]?

        private enum CodingKeys: String, CodingKey {
            case number, item, also, title, situation, issue, work, section, cards, state, schedule, budgets, kpis,
                gradings
            case coSections = "co_sections"
        }
    }

    struct SampleKPI: Sendable, Decodable {
        let id: String
        let name: String
        let kind: KPI.Kind
        let better: Measure.Better?
        let unit: String?
        let measure: String?
        let card: String?
        let baseline: KPI.Baseline?
        let targets: [KPI.Target]
        let actuals: [SampleActual]?
    }

    struct SampleActual: Sendable, Decodable {
        let year: Int
        let value: Double
        let evidence: String
        let on: Day
    }

    struct SampleGrading: Sendable, Decodable {
        let year: Int
        let grade: Grade
        let words: String
        let by: String
    }

    struct SampleMeasure: Sendable, Decodable {
        let id: String
        /// By month, the last being the month before this one.
        let values: [Double]
        let evidence: String
        let by: String
    }

    struct SampleLoop: Sendable, Decodable {
        let title: String
        let section: String
        let item: Int?
        let action: String?
        let by: String
        let daysAgo: Int
        let fact: String
        let value: Double?
        let unit: String?
        let source: String
        let seenBy: String
        let origin: Loop.Origin
        let card: String?
        let hypotheses: [Hypothesis]?
        let asked: Loop.Level?
        let proposal: Proposal?
        let decision: Decision?
        let trial: Trial?
        let result: Result?
        let ending: Ending?

        private enum CodingKeys: String, CodingKey {
            case title, section, item, action, by, fact, value, unit, source, origin, card, hypotheses, asked,
                proposal
            case decision, trial, result, ending
            case daysAgo = "days_ago"
            case seenBy = "seen_by"
        }

        struct Hypothesis: Sendable, Decodable {
            let after: Int
            let by: String
            let `if`: String
            let then: String
            let metric: String
            let size: String
            let wrongIf: String
            let affected: String

            private enum CodingKeys: String, CodingKey {
                case after, by, `if`, then, metric, size, affected
                case wrongIf = "wrong_if"
            }
        }

        struct Proposal: Sendable, Decodable {
            let options: [String]
            let success: String
            let stop: String
            let owner: String
            /// Days from today to the review.
            let reviewIn: Int

            private enum CodingKeys: String, CodingKey {
                case options, success, stop, owner
                case reviewIn = "review_in"
            }
        }

        struct Decision: Sendable, Decodable {
            let after: Int
            let by: String
            let decider: String
            let level: Loop.Level
            let sentence: String
            let reason: String
            let alternatives: [String]
            let success: String
            let stop: String
            let owner: String
            /// Days from the decision to its review.
            let reviewIn: Int

            private enum CodingKeys: String, CodingKey {
                case after, by, decider, level, sentence, reason, alternatives, success, stop, owner
                case reviewIn = "review_in"
            }
        }

        struct Trial: Sendable, Decodable {
            let after: Int
            let days: Int
            let scope: String
            let guardRails: String
            let metric: String
            let unit: String
            let better: Measure.Better
            let before: Double?
            let expected: Double
            let stopAt: Double?

            private enum CodingKeys: String, CodingKey {
                case after, days, scope, metric, unit, better, before, expected
                case guardRails = "guard_rails"
                case stopAt = "stop_at"
            }
        }

        struct Result: Sendable, Decodable {
            let after: Int
            let value: Double
            let evidence: String
            let said: String
        }

        struct Ending: Sendable, Decodable {
            let after: Int
            let kind: Loop.Ending.Kind
            let reason: String
        }
    }

    struct SampleMeeting: Sendable, Decodable {
        let body: String
        let title: String
        /// Negative for one that is to come.
        let daysAgo: Int
        let time: String
        let place: String
        let absent: [String]?
        let items: [Item]
        /// 公開まで済んだ.
        let isPublished: Bool

        private enum CodingKeys: String, CodingKey {
            case body, title, time, place, absent, items
            case daysAgo = "days_ago"
            case isPublished = "published"
        }

        struct Item: Sendable, Decodable {
            let sort: Meeting.Sort
            let title: String
            let note: String
            let minutes: String
            let sentence: String?
            let kind: Meeting.Kind?
            let reason: String?
            let dissent: String?
            let section: String?
            let dueIn: Int?
            let hidden: String?

            private enum CodingKeys: String, CodingKey {
                case sort, title, note, minutes, sentence, kind, reason, dissent, section, hidden
                case dueIn = "due_in"
            }
        }
    }

    struct SampleUpdate: Sendable, Decodable {
        let section: String
        let by: String
        /// 1 for the month before this one.
        let monthsAgo: Int
        let words: [String: String]
        let ask: String?
        let isConfirmed: Bool

        private enum CodingKeys: String, CodingKey {
            case section, by, words, ask
            case monthsAgo = "months_ago"
            case isConfirmed = "confirmed"
        }
    }

    struct SampleAnswer: Sendable, Decodable {
        let survey: String
        let question: String
        let answer: String
        let evidence: String
        let on: Day
    }
}
