package import Core
import Database
import OrdinanceText
import Tabular

/// 取り込みの結果.
package struct ImportReport: Sendable {
    package internal(set) var added = 0
    package internal(set) var same = 0
    /// What changed, with the judgements that hold no more.
    package internal(set) var changed: [(id: String, title: String, lost: Int)] = []
    /// What could be read in part, or not at all: the name, and why.
    package internal(set) var troubles: [(name: String, reason: String)] = []

    package init() {}

    /// Of two imports the one, after the other.
    package mutating func add(_ other: ImportReport) {
        added += other.added
        same += other.same
        changed += other.changed
        troubles += other.troubles
    }
}

extension Ordinances {
    /// 取り込み. Takes documents of the collection in; one of a name that is known takes the place of the earlier text. Judgements stay
    /// with the words they are about.
    package func takeIn(
        _ files: [(name: String, bytes: [UInt8])], by actor: Actor, at moment: Moment
    ) async throws -> ImportReport {
        var report = ImportReport()
        var read: [(name: String, format: OrdinanceFormat, source: String, title: String, digests: Set<String>)] = []
        for file in files {
            guard let source = KeptOrdinance.text(of: file.bytes) else {
                report.troubles.append((file.name, "文字のファイルとして読めません（UTF-8 か Shift_JIS にしてください）"))
                continue
            }
            let format = OrdinanceFormat(of: source)
            let (ordinance, trouble) = KeptOrdinance.ordinance(format, source)
            if let trouble { report.troubles.append((file.name, trouble)) }
            if let fault = ordinance.faults.first {
                let more = ordinance.faults.count > 1 ? "（ほか\(ordinance.faults.count - 1)か所）" : ""
                report.troubles.append((file.name, "\(fault.line)行目: \(fault.words)\(more)"))
            }
            let title = ordinance.title.isEmpty ? file.name : String(ordinance.title.prefix(300))
            read.append((file.name, format, source, title, Set(ordinance.clauses.map { ClauseDigest.of($0.text) })))
        }
        let (documents, start) = (read, report)
        return try await database.write { transaction in
            var report = start
            for document in documents {
                guard let kept = try KeptOrdinance.named(document.name, in: transaction) else {
                    try transaction.run(
                        """
                        INSERT INTO ordinance (id, name, title, format, source, section, revision, changed_at)
                        VALUES (\(KeptOrdinance.ID()), \(document.name), \(document.title), \(document.format.rawValue),
                            \(document.source), NULL, 1, \(moment))
                        """)
                    report.added += 1
                    continue
                }
                guard kept.source != document.source else {
                    report.same += 1
                    continue
                }
                try kept.change(
                    to: document.source, document.format, title: document.title, at: moment, in: transaction)
                let lost = try ClauseReview.list(of: kept.id.text, in: transaction).filter {
                    !document.digests.contains($0.clause)
                }
                report.changed.append((kept.id.text, document.title, Set(lost.map(\.clause)).count))
            }
            try transaction.record(
                Event(
                    "ordinance.taken", subject: "collection",
                    detail: [
                        "added": String(report.added), "changed": String(report.changed.count),
                        "same": String(report.same),
                    ]), by: actor, at: moment)
            return report
        }
    }

    /// 担当課.
    func assign(_ id: String, to section: String, by officer: Officer, at moment: Moment) async throws {
        guard town.sections.contains(where: { $0.id == section }) else {
            throw OrdinanceRefusal.unusable("担当課を選んでください。")
        }
        try await database.write { transaction in
            _ = try requireOwn(id, officer, in: transaction)
            try transaction.run("UPDATE ordinance SET section = \(section) WHERE id = \(id)")
            try transaction.record(
                Event("ordinance.assigned", subject: id, detail: ["section": section]), by: .officer(officer.id),
                at: moment)
        }
    }

    /// つながり. Which procedures an ordinance demands something of.
    func link(_ id: String, to cards: [String], by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            _ = try requireOwn(id, officer, in: transaction)
            try transaction.run("DELETE FROM ordinance_card WHERE ordinance = \(id)")
            for card in Set(cards).sorted() {
                try transaction.run("INSERT INTO ordinance_card (ordinance, card) VALUES (\(id), \(card))")
            }
            try transaction.record(
                Event("ordinance.linked", subject: id, detail: ["count": String(cards.count)]),
                by: .officer(officer.id), at: moment)
        }
    }
}
