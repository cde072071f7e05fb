package import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Applications {
    /// 窓口の時間, and the records of a queue system.
    func addTimesRoutes(to site: inout Site) {
        site.officer(.get, "/desk/counter/times", needs: .handleCases) { visit in
            let asked = visit.query["year"].flatMap { Int($0) }
            let year =
                asked.flatMap { (2000...2200).contains($0) ? FiscalYear($0) : nil } ?? FiscalYear(of: visit.moment.day)
            let sections = visit.who.sections(for: .handleCases) ?? town.sections.map(\.id)
            let (lines, names, queue) = try await database.read { transaction in
                let lines = try CounterTime.lines(of: sections, in: year, transaction)
                let names = try Set(lines.map(\.card)).reduce(into: [Card.ID: String]()) {
                    $0[$1] = try Card.find($1, in: transaction)?.name[.ja]
                }
                return (lines, names, try QueueLog.lines(of: sections, in: year, transaction))
            }
            return .page(
                TimesPages(officer: visit.who, town: town).times(lines, names, queue: queue, in: year))
        }

        site.officer(.get, "/desk/counter/queue", needs: .handleCases) { visit in
            let sections = visit.who.sections(for: .handleCases) ?? town.sections.map(\.id)
            return .page(
                TimesPages(officer: visit.who, town: town).queue(sections, done: nil, section: nil, faults: []))
        }

        site.officer(.post, "/desk/counter/queue", needs: .handleCases, takesFiles: true) { visit in
            try limits.uploads.take(visit.client, at: visit.moment)
            var file: Arriving?
            let posted = try await visit.upload?.read { part in
                guard part.control == "file", file == nil else { return nil }
                let arriving = try Arriving(name: part.name)
                file = arriving
                return arriving
            }
            let sections = visit.who.sections(for: .handleCases) ?? town.sections.map(\.id)
            let section = posted?["section"].flatMap { sections.contains($0) ? $0 : nil }
            let pages = TimesPages(officer: visit.who, town: town)
            do {
                guard let file, file.spool.count > 0, !file.isTooLarge else {
                    let words = file?.isTooLarge == true ? "ファイルが大きすぎます。15MBまでに分けてください" : "CSV ファイルを選んでください"
                    throw QueueFaults(faults: [.init(line: 1, column: 1, words: words)])
                }
                let bytes = file.spool.bytes(from: 0, count: file.spool.count)
                let done = try await importQueue(
                    bytes, of: section, among: sections, by: .officer(visit.who.id), at: visit.moment)
                return .page(pages.queue(sections, done: done, section: section, faults: []))
            } catch let faults as QueueFaults {
                return .page(pages.queue(sections, done: nil, section: section, faults: faults.faults))
            }
        }
    }

    /// 発券機の記録の取り込み. All of a file or nothing; the same tickets again are counted once.
    /// - Parameters:
    ///   - section: whose a file is that names no section.
    ///   - sections: those whose records may be taken in.
    func importQueue(
        _ bytes: [UInt8], of section: String?, among sections: [String], by actor: Actor, at moment: Moment
    ) async throws -> QueueLog.Imported {
        let known = town.sections.filter { sections.contains($0.id) }.map { (id: $0.id, name: $0.name[.ja]) }
        let log = try QueueLog(bytes, sections: known, usual: section)
        return try await database.write { try log.keep(by: actor, at: moment, in: $0) }
    }

    /// 発券機の記録の取り込み from the command line: how many tickets were new, known and passed over.
    ///
    /// Throws an error that says each line and column that has to be mended.
    package func importQueue(
        _ bytes: [UInt8], of section: String?, at moment: Moment
    ) async throws -> (new: Int, known: Int, passedOver: Int) {
        let done = try await importQueue(
            bytes, of: section, among: town.sections.map(\.id), by: .system, at: moment)
        return (done.new, done.known, done.passedOver)
    }
}
