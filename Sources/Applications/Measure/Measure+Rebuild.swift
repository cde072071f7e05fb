package import Core
package import Database
import Japanese
import Register
import Web

extension Measure {
    /// 集計のやり直し. Counts everything again from the events. Nobody writes meanwhile; a million applications take minutes.
    static func rebuild(_ calendar: BusinessDays, at moment: Moment, in transaction: Transaction) throws {
        transaction.keepHouse("the same numbers once more")
        for table: SQL in ["measure_month", "measure_days", "measure_stop"] {
            try transaction.run("DELETE FROM " + table)
        }
        var recount = Recount(calendar: calendar, cards: try cardsOfForms(in: transaction))
        var last = (subject: "", id: "")
        while true {
            let rows = try transaction.rows(
                """
                SELECT * FROM event WHERE (subject, id) > (\(last.subject), \(last.id)) ORDER BY subject, id LIMIT 5000
                """)
            guard let end = rows.last else { break }
            last = (try end["subject"], try end["id"])
            for row in rows { recount.take(try RecordedEvent(row)) }
        }
        try recount.keep(in: transaction)
        try transaction.run("DELETE FROM measure_built")
        try transaction.run("INSERT INTO measure_built (at) VALUES (\(moment))")
    }

    private static func cardsOfForms(in transaction: Transaction) throws -> [String: String] {
        try transaction.rows("SELECT DISTINCT form, card FROM form_version").reduce(into: [:]) {
            $0[try $1["form"]] = try $1["card"]
        }
    }

    /// Counts events, those of one application after the other.
    private struct Recount {
        let calendar: BusinessDays
        /// The cards of the forms.
        let cards: [String: String]
        private var months: [Place: Tally] = [:]
        private var days: [Place: [Int: Int]] = [:]
        private var stops: [Month: [String: [String: Int]]] = [:]
        private var current: (subject: String, card: String, channel: Channel, sentAt: Moment?)?

        init(calendar: BusinessDays, cards: [String: String]) { (self.calendar, self.cards) = (calendar, cards) }

        private struct Place: Hashable {
            let month: Month
            let card: String
            let channel: Channel
        }

        mutating func take(_ recorded: RecordedEvent) {
            let (event, month) = (recorded.event, Month(of: recorded.at.day))
            if event.kind == "case.begun" {
                let channel = event.detail["channel"].flatMap(Channel.init) ?? .online
                guard let card = event.detail["card"] ?? event.detail["form"].flatMap({ cards[$0] }) else { return }
                current = (event.subject, card, channel, nil)
                return add(month) { $0.begun += 1 }
            }
            guard current?.subject == event.subject else { return }
            switch event.kind {
            case "case.brought":
                guard let channel = event.detail["channel"].flatMap(Channel.init) else { return }
                add(month) { $0.begun -= 1 }
                current?.channel = channel
                add(month) { $0.begun += 1 }
            case "case.submitted":
                current?.sentAt = recorded.at
                add(month) { tally in
                    tally.sent += 1
                    if event.detail["papers"] != nil { tally.withPapers += 1 }
                }
            case "case.returned": add(month) { $0.returned += 1 }
            case "case.withdrawn": add(month) { $0.withdrawn += 1 }
            case "case.approved", "case.rejected", "case.refused":
                add(month) { tally in
                    tally.decided += 1
                    if event.kind == "case.approved" { tally.approved += 1 }
                }
                decide(on: recorded.at.day)
            case "case.expired":
                guard let card = current?.card else { return }
                stops[month, default: [:]][card, default: [:]][event.detail["page"] ?? "", default: 0] += 1
            default: return
            }
        }

        private mutating func add(_ month: Month, _ change: (inout Tally) -> Void) {
            guard let current else { return }
            change(&months[Place(month: month, card: current.card, channel: current.channel), default: Tally()])
        }

        private mutating func decide(on day: Day) {
            guard let current, let sentAt = current.sentAt else { return }
            let place = Place(month: Month(of: day), card: current.card, channel: current.channel)
            days[place, default: [:]][calendar.count(after: sentAt.day, through: day), default: 0] += 1
        }

        func keep(in transaction: Transaction) throws {
            for (place, tally) in months {
                try add(tally, to: place.month, card: place.card, channel: place.channel, in: transaction)
            }
            for (place, spread) in days {
                for (days, count) in spread {
                    try Measure.add(
                        decisions: count, after: days, to: place.month, card: place.card, channel: place.channel,
                        in: transaction)
                }
            }
            for (month, cards) in stops {
                for (card, pages) in cards {
                    for (page, count) in pages {
                        try Measure.add(stops: count, at: page, to: month, card: card, in: transaction)
                    }
                }
            }
        }

        private func add(
            _ tally: Tally, to month: Month, card: String, channel: Channel, in transaction: Transaction
        ) throws {
            try Measure.add(tally, to: month, card: card, channel: channel, in: transaction)
        }
    }
}

extension Applications {
    static let measure = "measures.rebuild"

    /// Counts what was there before anything was counted.
    var measuring: JobHandler {
        JobHandler(Self.measure) { _, moment in try await rebuildMeasures(at: moment) }
    }

    /// Sees to it that what was there before is counted. Nothing to do where it was, or where there was nothing.
    package func scheduleMeasures(at moment: Moment, in transaction: Transaction) throws {
        guard try !transaction.exists("SELECT 1 FROM measure_built") else { return }
        transaction.keepHouse("numbers of what was there before")
        if try transaction.exists("SELECT 1 FROM application") {
            try transaction.enqueue(Self.measure, [:], at: moment)
        } else {
            try transaction.run("INSERT INTO measure_built (at) VALUES (\(moment))")
        }
    }

    /// 集計のやり直し.
    package func rebuildMeasures(at moment: Moment) async throws {
        let calendar = town.businessDays
        try await database.write { try Measure.rebuild(calendar, at: moment, in: $0) }
    }
}

extension Applications {
    /// Counts everything again and tells whether it came to the same.
    package func countsAgain(at moment: Moment) async throws -> Bool {
        let calendar = town.businessDays
        return try await database.write { transaction in
            let before = try Measure.everything(in: transaction)
            try Measure.rebuild(calendar, at: moment, in: transaction)
            return try before == Measure.everything(in: transaction)
        }
    }
}

extension Measure {
    /// Every count that is not zero, in a fixed order.
    fileprivate static func everything(in transaction: Transaction) throws -> [String] {
        let months = try transaction.rows("SELECT * FROM measure_month ORDER BY month, card, channel")
        let counted = ["begun", "sent", "with_papers", "returned", "decided", "approved", "withdrawn"]
        let lines = try months.compactMap { row -> String? in
            let counts: [Int] = try counted.map { try row[$0] }
            return try counts.allSatisfy { $0 == 0 }
                ? nil : "\(row["month"] as String) \(row["card"] as String) \(row["channel"] as String) \(counts)"
        }
        let days = try transaction.rows(
            "SELECT month, card, channel, days, decided FROM measure_days WHERE decided <> 0 ORDER BY month, card, channel, days"
        )
        let stops = try transaction.rows(
            "SELECT month, card, page, drafts FROM measure_stop WHERE drafts <> 0 ORDER BY month, card, page")
        return try lines
            + days.map {
                try "\($0["month"] as String) \($0["card"] as String) \($0["days"] as Int) \($0["decided"] as Int)"
            }
            + stops.map {
                try "\($0["month"] as String) \($0["card"] as String) \($0["page"] as String) \($0["drafts"] as Int)"
            }
    }
}
