package import Core
package import Database
import FoundationEssentials
import Japanese
import Register
import Yams

/// 計画のデータ. What a town's folder says of its plan, under `plan/`: the versions of the plan, the nation's, the surveys and
/// the published numbers.
package struct PlanFolder: Sendable {
    let plans: [PlanVersion]
    let national: NationalPlan?
    let surveys: [PlanSurvey]
    let indicators: [UInt8]?

    /// True where it says nothing of a plan.
    package var isEmpty: Bool { plans.isEmpty }

    /// Reads and checks the folder. Gives what is wrong with it, each with its mend.
    package static func read(_ path: String) -> (folder: PlanFolder, findings: [String]) {
        var findings: [String] = []
        func decode<T: Decodable>(_ type: T.Type, _ name: String) -> T? {
            guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else { return nil }
            do {
                return try YAMLDecoder().decode(type, from: String(decoding: data, as: UTF8.self))
            } catch {
                findings.append("\(path)/\(name): \(DocumentFault.words(error))")
                return nil
            }
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter {
            $0.hasSuffix(".yaml")
        }.sorted()
        let plans = names.filter { $0.hasPrefix("plan-") }.compactMap { name -> PlanVersion? in
            guard let plan = decode(PlanVersion.self, name) else { return nil }
            findings += plan.faults.map { "\(path)/\(name): \($0)" }
            return plan
        }
        let surveys = names.filter { $0.hasPrefix("survey-") }.compactMap { decode(PlanSurvey.self, $0) }
        for survey in surveys where Set(survey.questions.map(\.id)).count < survey.questions.count {
            findings.append("\(path): 調査「\(survey.id)」の questions に、同じ id が2つあります")
        }
        let national = names.contains("national.yaml") ? decode(NationalPlan.self, "national.yaml") : nil
        let indicators = FileManager.default.contents(atPath: "\(path)/indicators.csv").map { [UInt8]($0) }
        if let indicators {
            let read = IndicatorFile.read(indicators, by: .system, at: Moment(milliseconds: 0))
            findings += read.findings.map { "\(path)/indicators.csv:\($0.line): \($0.words)" }
        }
        return (PlanFolder(plans: plans, national: national, surveys: surveys, indicators: indicators), findings)
    }

    /// Puts it into the database. What is there already is brought up to date as long as nobody changed it here.
    package func install(at moment: Moment, in transaction: Transaction) throws {
        for plan in plans { try Self.install(plan, id: plan.number, at: moment, in: transaction) }
        if let national { try Self.install(national, id: "national", at: moment, in: transaction) }
        for survey in surveys { try Self.install(survey, at: moment, in: transaction) }
        if let indicators {
            let values = IndicatorFile.read(indicators, by: .system, at: moment).values
            let (added, corrected) = try IndicatorFile.keep(values, in: transaction)
            if added + corrected > 0 {
                try transaction.record(
                    Event(
                        "indicator.taken", subject: "plan/indicators.csv",
                        detail: ["added": String(added), "corrected": String(corrected)]),
                    by: .system, at: moment)
            }
        }
    }

    /// A survey's questions and wording follow the folder until it is closed; what people answered stays.
    private static func install(_ survey: PlanSurvey, at moment: Moment, in transaction: Transaction) throws {
        guard var kept = try Kept<PlanSurvey>.find(survey.id, in: transaction) else {
            return try install(survey, id: survey.id, at: moment, in: transaction)
        }
        var next = survey
        (next.answers, next.due) = (kept.answers, kept.due ?? survey.due)
        guard kept.closed == nil, kept.content != next else { return }
        kept.content = next
        try kept.save("installed", by: .system, at: moment, in: transaction)
    }

    private static func install<T: Document & Equatable>(
        _ content: T, id: String, at moment: Moment, in transaction: Transaction
    ) throws {
        guard var kept = try Kept<T>.find(id, in: transaction) else {
            var kept = Kept(content, id: id, at: moment)
            return try kept.save("installed", by: .system, at: moment, in: transaction)
        }
        let isOurs = try DocumentVersion.list(T.kind, id, in: transaction).allSatisfy { $0.verb == "installed" }
        // An adopted plan changes by recorded corrections alone; a folder that says otherwise is another version.
        if let plan = kept.content as? PlanVersion, plan.state != .draft { return }
        guard isOurs, kept.content != content else { return }
        kept.content = content
        try kept.save("installed", by: .system, at: moment, in: transaction)
    }
}

extension PlanVersion {
    /// What does not fit together, each with its mend.
    var faults: [String] {
        var faults: [String] = []
        let known = Set(policies.map(\.no))
        for item in items where !known.contains(item.policy) {
            faults.append("重点取組事項\(item.no)「\(item.name)」の方針（policy）\(item.policy)が、基本方針（policies）にありません")
        }
        if Set(items.map(\.no)).count < items.count { faults.append("重点取組事項（items）に、同じ番号（no）が2つあります") }
        if from >= until { faults.append("計画期間の終わり（until）は、始まり（from）よりあとの日にしてください") }
        if from.adding(days: 3660) < until { faults.append("計画期間は10年以内にしてください") }
        let terms = glossary.map(\.term)
        if Set(terms).count < terms.count { faults.append("用語集（glossary）に、同じ用語が2つあります") }
        if number.isEmpty || !number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }) {
            faults.append("number は \"1.0\" のように書いてください")
        }
        return faults
    }
}
