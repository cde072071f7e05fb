package import Core
import Database
import Japanese
import Register

extension Applications {
    /// 廃棄の申し出. Lists what is past its period in a section; nothing is gone yet.
    package func proposeDisposal(
        of section: String, by officer: Officer, at moment: Moment
    ) async throws -> Disposal.ID {
        guard officer.may(.readCases, in: section) else { throw DisposalRefusal.notFound }
        guard officer.may(.handleCases, in: section) else { throw Refused.notYours }
        return try await database.write { transaction in
            var lines: [Disposal.Line] = []
            for (card, period) in try Self.periods(in: transaction) where lines.count < Disposal.most {
                lines += try Disposal.due(
                    card.id, of: section, period: period, on: moment.day, limit: Disposal.most - lines.count,
                    in: transaction)
            }
            guard !lines.isEmpty else { throw DisposalRefusal.nothing }
            let disposal = Disposal(section: section, by: officer.id, at: moment)
            try disposal.insert(lines, in: transaction)
            try transaction.record(
                Event("disposal.proposed", subject: disposal.id.text, detail: ["cases": String(lines.count)]),
                by: .officer(officer.id), at: moment)
            return disposal.id
        }
    }

    /// 廃棄の決定, by somebody else. Every case on the list is marked and recorded in this transaction; its key, and with it
    /// everything it said, is deleted by the job that the transaction leaves behind.
    /// - Parameter typed: the number of cases, typed to confirm.
    package func agreeDisposal(_ id: Disposal.ID, typed: String, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var disposal = try requireDisposal(id, officer, .decideCases, in: transaction)
            let lines = try disposal.lines(in: transaction)
            guard Int(Width.narrow(Spaces.trim(typed))) == lines.count else { throw DisposalRefusal.notConfirmed }
            try disposal.agree(by: officer.id, at: moment)
            for line in lines {
                guard try Disposal.isClosed(line.application, in: transaction) else { throw DisposalRefusal.changed }
                try transaction.run(
                    "UPDATE application SET shredded_at = \(moment) WHERE id = \(line.application)")
                try transaction.enqueue(Self.shred, ["application": line.application.text], at: moment)
                try transaction.record(
                    Event(
                        "case.shredded", subject: line.application.text,
                        detail: ["disposal": id.text, "number": line.number, "kept-until": line.keptUntil.iso]),
                    by: .officer(officer.id), at: moment)
            }
            try disposal.save(in: transaction)
            try transaction.record(
                Event("disposal.agreed", subject: id.text, detail: ["cases": String(lines.count)]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 差戻し. The list ends; its cases may be listed again.
    package func giveBackDisposal(_ id: Disposal.ID, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var disposal = try requireDisposal(id, officer, .handleCases, in: transaction)
            try disposal.giveBack(by: officer.id, at: moment)
            try disposal.save(in: transaction)
            try transaction.record(
                Event("disposal.given-back", subject: id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// 廃棄の保留. A case is kept beyond its period, with the reason: it leaves the list and is not listed again.
    package func hold(
        _ application: Case.ID, reason: String, by officer: Officer, at moment: Moment
    ) async throws {
        let words = try Self.usable(reason, required: true)
        let key = try await deskKey(application, officer, .handleCases)
        let sealed = try key.seal(words, at: Self.holdPlace(application))
        try await database.write { transaction in
            let item = try Case.require(application, in: transaction).item
            guard try Disposal.isClosed(application, in: transaction) else { throw DisposalRefusal.changed }
            try transaction.run(
                """
                INSERT INTO retention_hold (application, section, number, reason, officer, at)
                VALUES (\(application), \(item.section), \(item.number ?? ""), \(sealed), \(officer.id), \(moment))
                ON CONFLICT (application) DO NOTHING
                """)
            try transaction.run(
                """
                DELETE FROM disposal_line WHERE application = \(application)
                AND disposal IN (SELECT id FROM disposal WHERE status = 'proposed')
                """)
            try transaction.record(
                Event("retention.held", subject: application.text), by: .officer(officer.id), at: moment)
        }
    }

    /// 保留の解除.
    package func release(_ application: Case.ID, by officer: Officer, at moment: Moment) async throws {
        _ = try await deskKey(application, officer, .handleCases)
        try await database.write { transaction in
            let gone = try transaction.run("DELETE FROM retention_hold WHERE application = \(application)")
            if gone == 0 { return transaction.keepHouse("it was released before") }
            try transaction.record(
                Event("retention.released", subject: application.text), by: .officer(officer.id), at: moment)
        }
    }

    static func holdPlace(_ id: Case.ID) -> SealingKey.Place { .init("retention_hold", id.text, "reason") }

    /// The cards that say how long their cases are kept.
    static func periods(in transaction: Transaction) throws -> [(card: Card, period: RetentionPeriod)] {
        try Card.list(in: transaction).compactMap { card in
            card.retentionYears.map { (card, RetentionPeriod(years: $0)) }
        }
    }

    func requireDisposal(
        _ id: Disposal.ID, _ officer: Officer, _ permission: Permission, in transaction: Transaction
    ) throws -> Disposal {
        let disposal = try Disposal.require(id, in: transaction)
        guard officer.may(.readCases, in: disposal.section) else { throw DisposalRefusal.notFound }
        guard officer.may(permission, in: disposal.section) else { throw Refused.notYours }
        return disposal
    }
}
