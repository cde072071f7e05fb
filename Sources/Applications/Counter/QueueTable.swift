import Core
import Japanese
import Tabular

/// The columns of a queue system's file, and how a row of it is read.
struct QueueTable {
    private let kind: Kind
    private let columns: [String]
    private let sections: [(id: String, name: String)]
    private let usual: String?

    /// Whose columns they are.
    private enum Kind: CaseIterable {
        /// This program's own.
        case own
        /// MADO-queue: who took a ticket.
        case events
        /// MADO-queue: how a ticket went on.
        case processing

        /// The columns that have to be there.
        var needed: [String] {
            switch self {
            case .own: ["ticket", "section", "issued_at", "called_at", "ended_at"]
            case .events: ["id", "category", "button_text", "timestamp"]
            case .processing: ["event_log_id", "ticket_number", "category", "start_time", "end_time", "status"]
            }
        }

        /// Those that may be there besides.
        var other: [String] {
            switch self {
            case .own: ["category", "staff_count"]
            case .events: ["current_number", "staff_count"]
            case .processing: ["id", "button_text", "wait_time", "processing_time", "created_at", "staff_count"]
            }
        }
    }

    /// By the first row. Throws ``QueueLog/Faults`` for columns that are nobody's: what could say who somebody is is not read.
    init(_ head: CSV.Record, sections: [(id: String, name: String)], usual: String?) throws {
        let columns = head.fields.map { field in
            // wait_time(分) is the same as wait_time.
            String(Width.narrow(Spaces.trim(field)).lowercased().prefix { $0 != "(" })
        }
        (self.columns, self.sections, self.usual) = (columns, sections, usual)
        guard let kind = Kind.allCases.last(where: { Set($0.needed).isSubset(of: columns) }) else {
            let own = Kind.own.needed.joined(separator: ",")
            let words = "列の名前が分かりません。\(own) か、MADO-queue の event_logs・processing_logs の列にしてください"
            throw QueueFaults(faults: [.init(line: head.line, column: 1, words: words)])
        }
        self.kind = kind
        let known = Set(kind.needed + kind.other)
        let strange = columns.enumerated().filter { !known.contains($0.element) }
        guard strange.isEmpty else {
            throw QueueFaults(
                faults: strange.map { index, _ in
                    .init(
                        line: head.line, column: index + 1,
                        words: "「\(head.fields[index].prefix(30))」の列は取り込みません。氏名などの個人の情報が入らないよう、列を消してから取り込んでください")
                })
        }
        if kind != .own, usual == nil {
            throw QueueFaults(
                faults: [.init(line: head.line, column: 1, words: "どの課の発券機の記録かを指定してください")])
        }
    }

    /// The ticket of a row; nil for one that was taken back or still goes on.
    func ticket(_ record: CSV.Record) throws(QueueLog.Fault) -> QueueLog.Ticket? {
        guard record.fields.count == columns.count else {
            throw .init(
                line: record.line, column: min(record.fields.count, columns.count) + 1,
                words: "列が\(record.fields.count)個あります。\(columns.count)個にしてください")
        }
        return switch kind {
        case .own: try own(record)
        case .events: try event(record)
        case .processing: try processing(record)
        }
    }

    private func own(_ record: CSV.Record) throws(QueueLog.Fault) -> QueueLog.Ticket {
        let number = try short(record, "ticket", isNeeded: true)
        let section = try section(record)
        let issued = try moment(record, "issued_at")
        guard let issued else { throw fault(record, "issued_at", "発券の時刻を「2026-08-19 09:12」のように書いてください") }
        let (called, ended) = (try moment(record, "called_at"), try moment(record, "ended_at"))
        if let called, called < issued { throw fault(record, "called_at", "呼び出しが発券より前です") }
        if let ended, ended < called ?? issued { throw fault(record, "ended_at", "終了が呼び出しより前です") }
        let category = try short(record, "category", isNeeded: false)
        return .init(
            key: "own:\(section):\(number):\(issued.iso)", number: number, section: section,
            category: category.isEmpty ? nil : category, issuedAt: issued, calledAt: called, endedAt: ended,
            staff: try count(record, "staff_count"))
    }

    private func event(_ record: CSV.Record) throws(QueueLog.Fault) -> QueueLog.Ticket {
        let id = try short(record, "id", isNeeded: true)
        guard let issued = try moment(record, "timestamp") else {
            throw fault(record, "timestamp", "時刻を「2026-08-19 09:12:33」のように書いてください")
        }
        return .init(
            key: key(id, issued), number: try short(record, "current_number", isNeeded: false),
            section: usual ?? "", category: try category(record), issuedAt: issued, calledAt: nil, endedAt: nil,
            staff: try count(record, "staff_count"))
    }

    private func processing(_ record: CSV.Record) throws(QueueLog.Fault) -> QueueLog.Ticket? {
        let status = value(record, "status")
        guard ["processing", "completed", "deleted"].contains(status) else {
            throw fault(record, "status", "processing・completed・deleted のどれかにしてください")
        }
        let id = try short(record, "event_log_id", isNeeded: true)
        let number = try short(record, "ticket_number", isNeeded: true)
        guard let start = try moment(record, "start_time") else {
            throw fault(record, "start_time", "時刻を「2026-08-19 09:12:33」のように書いてください")
        }
        let (end, wait) = (try moment(record, "end_time"), try count(record, "wait_time"))
        if let end, end < start { throw fault(record, "end_time", "終了が開始より前です") }
        guard status == "completed" else { return nil }
        return .init(
            key: key(id, start), number: number, section: usual ?? "", category: try category(record),
            issuedAt: wait.map { start.adding(seconds: -$0 * 60) }, calledAt: start, endedAt: end,
            staff: try count(record, "staff_count"))
    }

    /// Both logs of one ticket have the same: its number in the event log, and its day.
    private func key(_ id: String, _ moment: Moment) -> String { "mado:\(usual ?? ""):\(moment.day.iso):\(id)" }

    private func value(_ record: CSV.Record, _ column: String) -> String {
        columns.firstIndex(of: column).map { Spaces.trim(record.fields[$0]) } ?? ""
    }

    private func fault(_ record: CSV.Record, _ column: String, _ words: String) -> QueueLog.Fault {
        .init(line: record.line, column: (columns.firstIndex(of: column) ?? 0) + 1, words: words)
    }

    private func moment(_ record: CSV.Record, _ column: String) throws(QueueLog.Fault) -> Moment? {
        let text = value(record, column)
        if text.isEmpty { return nil }
        guard let moment = QueueLog.moment(text) else {
            throw fault(record, column, "時刻「\(text.prefix(30))」を読めません。「2026-08-19 09:12:33」のように書いてください")
        }
        return moment
    }

    private func count(_ record: CSV.Record, _ column: String) throws(QueueLog.Fault) -> Int? {
        let text = Width.narrow(value(record, column))
        if text.isEmpty { return nil }
        guard let number = Int(text) ?? Double(text).map({ Int($0.rounded()) }), (0...10_000).contains(number) else {
            throw fault(record, column, "「\(text.prefix(30))」は数ではありません")
        }
        return number
    }

    /// A ticket's number: letters and digits alone, so that no name stands there.
    private func short(_ record: CSV.Record, _ column: String, isNeeded: Bool) throws(QueueLog.Fault) -> String {
        let text = Width.narrow(value(record, column))
        let isFine =
            column == "category"
            ? text.count <= 60
            : text.count <= 20 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        guard isFine, !isNeeded || !text.isEmpty else {
            throw fault(record, column, "番号は、20文字までの英数字で書いてください")
        }
        return text
    }

    private func category(_ record: CSV.Record) throws(QueueLog.Fault) -> String? {
        let button = value(record, "button_text")
        let text = button.isEmpty ? value(record, "category") : button
        guard text.count <= 60 else {
            throw fault(record, button.isEmpty ? "category" : "button_text", "ボタンの名前は60文字までにしてください")
        }
        return text.isEmpty ? nil : text
    }

    private func section(_ record: CSV.Record) throws(QueueLog.Fault) -> String {
        let text = value(record, "section")
        if text.isEmpty, let usual { return usual }
        guard let found = sections.first(where: { $0.id == text || $0.name == text }) else {
            let known = sections.map(\.id).joined(separator: "、")
            throw fault(record, "section", "課「\(text.prefix(30))」がありません。\(known) か、課の名前を書いてください")
        }
        return found.id
    }
}
