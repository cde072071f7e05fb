import Applications
package import Core
import Database
import FoundationEssentials
import Governance
import Identity
import Japanese
package import Logging
package import Register
import Trail

/// Makes an installation out of a town's folder.
package struct Installation: Sendable {
    let settings: Settings
    let logger: Logger

    package init(_ settings: Settings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    /// What an installation did.
    package struct Outcome: Sendable {
        /// True if there was no town before.
        package let isNew: Bool
        /// What the folder says and was not taken, because an officer changed it: by card, the places in its file.
        package let kept: [Card.ID: [String]]
    }

    /// Makes what is missing: folders, keys, tables, and the town as its folder describes it.
    package func install(_ folder: TownFolder, at moment: Moment) async throws -> Outcome {
        try FileManager.default.createDirectory(atPath: settings.data, withIntermediateDirectories: true)
        try Move.requireHere(settings)
        try await Keys.make(folder: settings.keys, beside: settings.database)
        let database = try await Database(settings.database, isNew: true)
        try await database.migrate(Platform.migrations)
        let outcome = try await database.write { transaction in
            let isNew = try Town.find(in: transaction) == nil
            return Outcome(isNew: isNew, kept: try folder.install(at: moment, in: transaction))
        }
        await database.close()
        return outcome
    }

    /// The sample's people who can sign in here.
    package func signIns(of sample: Sample) async throws -> [Sample.Person] {
        let database = try await Database(settings.database)
        let known = try await database.read { try Set(Staff.byLogin(in: $0).keys) }
        await database.close()
        return sample.staff.filter { known.contains($0.login) }
    }

    /// Adds the sample's people and applications, done by the same actions that people use.
    /// - Parameter count: how many applications; the sample's own ones are repeated until there are enough.
    package func addSample(_ sample: Sample, count: Int?, at moment: Moment) async throws {
        let platform = try await Platform(settings, now: { moment }, logger: logger)
        for person in sample.staff {
            try await platform.identity.add(
                login: person.login, name: person.name, memberships: person.roles, password: person.password,
                by: .system, at: moment)
        }
        let officers = try await platform.database.read { try Staff.byLogin(in: $0) }
        let total = sample.cases.isEmpty ? 0 : count ?? sample.cases.count
        try await withThrowingTaskGroup(of: Void.self) { group in
            // So many at once that their commits share a write to the disk.
            for index in 0..<total {
                if index >= 64 { try await group.next() }
                let item = sample.cases[index % sample.cases.count]
                group.addTask { try await apply(item, sample.files, officers, platform, before: moment) }
            }
            try await group.waitForAll()
        }
        if total > 0, let governance = sample.governance {
            try await platform.governance.add(governance, officers: officers, at: moment)
        }
        try await platform.applications.forgetEndedSessions(at: moment)
        try await platform.worker.workOff()
        await platform.close()
    }

    private func apply(
        _ item: Sample.Application, _ files: [String: Spool], _ officers: [String: Officer], _ platform: Platform,
        before moment: Moment
    ) async throws {
        let sent = moment.adding(seconds: -item.daysAgo * 24 * 3600)
        let language = item.language.flatMap(platform.town.language)
        let id = try await platform.applications.apply(
            card: item.card, through: item.channel ?? .online, typed: item.typed(on: sent.day), files: files,
            by: Applicant(session: "sample \(ID<Case>())"),
            language: language ?? .ja, at: sent)
        try await platform.applications.acknowledge(id, at: sent.adding(seconds: 1))
        for (index, step) in (item.then ?? []).enumerated() {
            guard let officer = officers[step.by] else { throw Fault(description: "sample.yaml: 職員「\(step.by)」がいません") }
            let at = sent.adding(seconds: min((index + 1) * 7200, item.daysAgo * 24 * 3600))
            try await act(step, on: id, by: officer, at: at, platform.applications)
        }
    }

    private func act(
        _ step: Sample.Step, on id: Case.ID, by officer: Officer, at moment: Moment, _ applications: Applications
    ) async throws {
        let words = step.words ?? ""
        let action: Applications.DeskAction
        switch step.action {
        case .receive: action = .receive
        case .review: action = .review
        case .approve: action = .approve(words: words)
        case .reject: action = .reject(reason: words)
        case .refuse: action = .refuse(reason: words)
        case .issue: action = .issue(.counter, words: words)
        case .complete: action = .complete
        case .returnForCorrection: action = .returnForCorrection(reason: words, pins: [])
        case .propose, .agree, .ask:
            return try await confer(step, on: id, by: officer, at: moment, applications)
        case .letter, .note:
            return try await applications.write(
                words, as: step.action == .note ? .note : .letter, to: id, once: ID<Case>().text, by: officer,
                at: moment)
        }
        let seen = try await applications.status(of: id)
        try await applications.act(action, on: id, seen: seen, once: ID<Case>().text, by: officer, at: moment)
    }

    /// What several do together: 起案, 決裁 and 庁内照会.
    private func confer(
        _ step: Sample.Step, on id: Case.ID, by officer: Officer, at moment: Moment, _ applications: Applications
    ) async throws {
        let words = step.words ?? ""
        switch step.action {
        case .agree:
            let seen = try await applications.openProposal(of: id) ?? ""
            try await applications.agree(to: seen, of: id, by: officer, at: moment)
        case .ask:
            try await applications.ask(
                step.section ?? "", words, about: id, dueOn: moment.day.adding(days: 14), once: ID<Case>().text,
                by: officer, at: moment)
        default:
            try await applications.propose(
                .init(step.outcome ?? .approved, words: words, law: nil), for: id,
                seen: applications.status(of: id), once: ID<Case>().text, by: officer, at: moment)
        }
    }

    /// A sample that cannot be made.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }
}
