import Core
import Database
import Japanese

/// What is done with bodies and their members.
extension Governance {
    /// - Parameter new: what a new one is to be called; where the same is there already it is left as it is.
    func save(
        _ body: Body, id: String?, new: String = ID<Body>().text, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws -> String {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        return try await database.write { transaction in
            guard let id else {
                let (place, isMade) = try Kept<Body>.place(new, in: transaction) { $0.name == body.name }
                if isMade { return place }
                var kept = Kept(body, id: place, at: moment)
                try kept.save("founded", by: .officer(officer.id), at: moment, in: transaction)
                return kept.id
            }
            var kept = try Kept<Body>.require(id, seen: seen, in: transaction)
            guard kept.sort == body.sort || kept.seats.isEmpty else {
                throw Refused.unusable("委員のいる会議体の種類は変えられません。")
            }
            guard kept.content != body else {
                transaction.keepHouse("the same as before")
                return id
            }
            kept.content = body
            try kept.save("changed", by: .officer(officer.id), at: moment, in: transaction)
            return id
        }
    }

    /// 任命.
    func appoint(_ seat: Body.Seat, to id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await change(id, "appointed", seen: seen, by: officer, at: moment) { body, transaction in
            try body.appoint(seat)
            if let member = seat.officer.flatMap({ ID<Officer>($0) }) {
                try notify(
                    member, .init("seat \(seat.id)", "「\(body.name)」の\(seat.post.name)になりました", .body(id)), at: moment,
                    in: transaction)
            }
        }
    }

    /// 退任.
    func dismiss(
        _ seat: String, from id: String, on day: Day, seen: Int?, by officer: Officer, at moment: Moment
    ) async throws {
        try await change(id, "dismissed", seen: seen, by: officer, at: moment) { body, _ in
            try body.dismiss(seat, on: day)
        }
    }

    /// 立候補・推薦 for a working group: any officer for themselves or for another.
    func propose(_ candidate: Body.Candidate, to id: String, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var body = try Kept<Body>.require(id, in: transaction)
            try body.content.propose(candidate)
            try body.save("candidate", by: .officer(officer.id), at: moment, in: transaction)
            try notifySecretariat(
                .init("candidate \(id)", "「\(body.name)」に候補がいます", .body(id)), at: moment, in: transaction)
        }
    }

    /// 成果.
    func add(_ output: Body.Output, to id: String, seen: Int?, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            var body = try Kept<Body>.require(id, seen: seen, in: transaction)
            let isMember = body.content.seats(on: moment.day).contains { $0.officer == officer.id.text }
            guard isMember || officer.may(.preparePlan) else { throw Refused.notYours }
            body.content.outputs.append(output)
            try body.save("output", by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    private func change(
        _ id: String, _ verb: String, seen: Int?, by officer: Officer, at moment: Moment,
        _ work: @escaping @Sendable (inout Body, Transaction) throws -> Void
    ) async throws {
        guard officer.may(.preparePlan) else { throw Refused.notYours }
        try await database.write { transaction in
            var body = try Kept<Body>.require(id, seen: seen, in: transaction)
            try work(&body.content, transaction)
            try body.save(verb, by: .officer(officer.id), at: moment, in: transaction)
        }
    }

    /// Tells everybody who prepares the plan.
    func notifySecretariat(_ letter: Notice.Letter, at moment: Moment, in transaction: Transaction) throws {
        for officer in try People(staff, in: transaction).officers where officer.may(.preparePlan) {
            try notify(officer.id, letter, at: moment, in: transaction)
        }
    }

    /// Tells everybody who leads the plan.
    func notifyLeader(_ letter: Notice.Letter, at moment: Moment, in transaction: Transaction) throws {
        for officer in try People(staff, in: transaction).officers where officer.may(.leadPlan) {
            try notify(officer.id, letter, at: moment, in: transaction)
        }
    }
}
