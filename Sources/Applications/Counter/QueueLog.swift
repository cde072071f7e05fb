import Core
import Japanese
import Tabular

/// 発券機の記録. What a queue system at the counter noted: who took a ticket when, and when it was called. Tickets and times
/// alone; a column that could say who somebody is is not read.
struct QueueLog {
    /// One ticket.
    struct Ticket: Equatable {
        /// What it is known by: the same ticket of the same system is the same again.
        let key: String
        let number: String
        let section: String
        /// 区分 or button, as the system names it; nil without one.
        let category: String?
        var issuedAt: Moment?
        var calledAt: Moment?
        var endedAt: Moment?
        /// 窓口の人数 as noted; nil where it was not.
        let staff: Int?
    }

    let tickets: [Ticket]
    /// Rows that say nothing of waiting: taken back, or still going on.
    let passedOver: Int

    /// What cannot be read, with its place and its mend.
    struct Fault: Error, Equatable {
        let line: Int
        let column: Int
        let words: String
    }

    /// Reads a file: this program's own columns, or those of MADO-queue (芽室町, `event_logs` and `processing_logs`).
    /// - Parameters:
    ///   - sections: the town's, by id, with their names.
    ///   - usual: the section of a file that names none.
    init(_ bytes: [UInt8], sections: [(id: String, name: String)], usual: String?) throws {
        guard let (text, _) = TextEncoding.text(of: bytes) else {
            throw QueueFaults(faults: [
                .init(line: 1, column: 1, words: "文字コードが UTF-8 でも Shift_JIS（CP932）でもありません。保存し直してください")
            ])
        }
        let records: [CSV.Record]
        do throws(CSV.Fault) { records = try CSV.read(text) } catch {
            switch error {
            case .openQuotes(let line): throw QueueFaults(faults: [.init(line: line, column: 1, words: "「\"」が閉じていません")])
            case .afterQuotes(let line):
                throw QueueFaults(faults: [.init(line: line, column: 1, words: "「\"」のあとに文字があります。「,」で区切ってください")])
            }
        }
        guard let head = records.first else {
            throw QueueFaults(faults: [.init(line: 1, column: 1, words: "ファイルが空です")])
        }
        let table = try QueueTable(head, sections: sections, usual: usual)
        var (tickets, faults, passed): ([Ticket], [Fault], Int) = ([], [], 0)
        for record in records.dropFirst() {
            do throws(Fault) {
                if let ticket = try table.ticket(record) { tickets.append(ticket) } else { passed += 1 }
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw QueueFaults(faults: faults) }
        (self.tickets, passedOver) = (tickets, passed)
    }

    /// A moment as logs write it: `2026-08-19 09:12:33`, with T, slashes, a fraction, Z or +09:00; Japan's time without.
    static func moment(_ typed: String) -> Moment? {
        let text = Width.narrow(Spaces.trim(typed))
        let pattern =
            /([0-9]{4})[-\/]([0-9]{1,2})[-\/]([0-9]{1,2})[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(Z|[+]09:?00)?/
        guard let match = text.wholeMatch(of: pattern), let year = Int(match.1), let month = Int(match.2),
            let number = Int(match.3), let day = Day(year: year, month: month, day: number), let hour = Int(match.4),
            hour < 24, let minute = Int(match.5), minute < 60
        else { return nil }
        let second = match.6.flatMap { Int($0) } ?? 0
        guard second < 60 else { return nil }
        let there = Moment(startOf: day).adding(seconds: hour * 3600 + minute * 60 + second)
        return match.7 == "Z" ? there.adding(seconds: 9 * 3600) : there
    }
}

/// Everything that a queue system's file has to be mended in; nothing of it is kept then.
package struct QueueFaults: Error, CustomStringConvertible {
    let faults: [QueueLog.Fault]

    /// `line:column: words`, each.
    package var lines: [String] { faults.map { "\($0.line):\($0.column): \($0.words)" } }
    package var description: String { lines.joined(separator: "\n") }
}
