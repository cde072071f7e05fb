import Core
import Database
import Japanese
import Register
import Tabular

/// 国の指標. A published number of a town, the prefecture or the nation. The year in which it was so is another than that of
/// the survey. A publisher corrects what was published: every form stays, and the newest counts.
struct IndicatorValue: Sendable, Equatable {
    let indicator: String
    /// A municipality, or 「全国（中央値）」.
    let place: String
    /// 実績年度.
    let observed: Int
    /// 調査年度.
    let surveyed: Int
    /// As it was published: 実施, 未実施, or a number.
    let value: String
    let source: String
    let recorder: String
    let at: Moment

    /// Nil for what is no number.
    var number: Double? { Entry.number(value) }

    /// Every form of every value, in the order they came.
    static func all(in transaction: Transaction) throws -> [IndicatorValue] {
        try transaction.rows("SELECT * FROM indicator_value ORDER BY id").map { row in
            IndicatorValue(
                indicator: try row["indicator"], place: try row["place"], observed: try row["observed"],
                surveyed: try row["surveyed"], value: try row["value"], source: try row["source"],
                recorder: try row["recorder"], at: try row["at"])
        }
    }

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO indicator_value (id, indicator, place, observed, surveyed, value, source, recorder, at)
            VALUES (\(ID<IndicatorValue>()), \(indicator), \(place), \(observed), \(surveyed), \(value), \(source),
                \(recorder), \(at))
            """)
    }
}

/// 指標の表. What counts of the published numbers, and what was corrected.
struct IndicatorTable: Sendable {
    /// In the order the indicators came.
    let names: [String]
    private let newest: [String: [IndicatorValue]]
    /// Values that were published otherwise before, the old with the new.
    let corrections: [(old: IndicatorValue, new: IndicatorValue)]

    init(_ values: [IndicatorValue]) {
        var (names, seen) = ([String](), Set<String>())
        var newest: [String: [String: IndicatorValue]] = [:]
        var corrections: [(old: IndicatorValue, new: IndicatorValue)] = []
        for value in values {
            if seen.insert(value.indicator).inserted { names.append(value.indicator) }
            let key = "\(value.place)\t\(value.observed)"
            if let old = newest[value.indicator]?[key], old.value != value.value { corrections.append((old, value)) }
            newest[value.indicator, default: [:]][key] = value
        }
        self.names = names
        self.newest = newest.mapValues { $0.values.sorted { ($0.observed, $0.place) < ($1.observed, $1.place) } }
        self.corrections = corrections
    }

    /// The years of an indicator, the newest first.
    func years(_ indicator: String) -> [Int] { Set((newest[indicator] ?? []).map(\.observed)).sorted(by: >) }

    /// What is known of an indicator in one year: values of other years are not put beside them.
    func values(_ indicator: String, _ year: Int) -> [IndicatorValue] {
        (newest[indicator] ?? []).filter { $0.observed == year }
    }

    func value(_ indicator: String, _ year: Int, _ place: String) -> IndicatorValue? {
        values(indicator, year).first { $0.place == place }
    }
}

/// 指標のCSV: 指標, 場所, 実績年度, 調査年度, 値, 出典. The form in which published numbers come.
enum IndicatorFile {
    static let header = ["指標", "場所", "実績年度", "調査年度", "値", "出典"]

    /// Reads a file. Gives what is wrong with it, by line; then nothing of it is taken.
    static func read(
        _ bytes: [UInt8], by actor: Actor, at moment: Moment
    ) -> (values: [IndicatorValue], findings: [SheetReport.Finding]) {
        let file: SheetFile
        do throws(SheetTrouble) { file = try SheetFile(bytes) } catch {
            return ([], [.init(line: error.line, column: nil, words: error.words)])
        }
        var findings = file.headerFaults(known: Set(header), needed: header) + file.widthFaults()
        guard findings.isEmpty else { return ([], findings) }
        let values = file.records.compactMap { record -> IndicatorValue? in
            let cells = header.map { Spaces.trim(file.cell(record, $0) ?? "") }
            for place in [0, 1, 4, 5] where cells[place].isEmpty {
                findings.append(
                    .init(line: record.line, column: place + 1, words: "「\(header[place])」が空です。不明な値の行は、行ごと除いてください"))
                return nil
            }
            guard let observed = FiscalYear(written: cells[2]), let surveyed = FiscalYear(written: cells[3]) else {
                findings.append(.init(line: record.line, column: 3, words: "年度は、2023 か 令和5年度 のように書いてください"))
                return nil
            }
            guard observed.year <= surveyed.year else {
                findings.append(.init(line: record.line, column: 3, words: "実績年度が、調査年度よりあとです"))
                return nil
            }
            for (place, cell) in cells.enumerated()
            where cell.count > 200 || Unwanted.hasControls(cell) || IndividualNumber.isFound(in: cell) {
                findings.append(
                    .init(
                        line: record.line, column: place + 1,
                        words: "「\(header[place])」は200文字までで、制御文字やマイナンバー（個人番号）のような数字を入れないでください"))
                return nil
            }
            if cells[0].hasPrefix("オンライン申請率"), let share = Entry.number(cells[4]), !(0...100).contains(share) {
                findings.append(.init(line: record.line, column: 5, words: "割合は、0から100までの数で書いてください"))
                return nil
            }
            let number = Entry.number(cells[4]).map(ActionSheet.written)
            return IndicatorValue(
                indicator: cells[0], place: cells[1], observed: observed.year, surveyed: surveyed.year,
                value: number ?? cells[4], source: cells[5], recorder: actor.text, at: moment)
        }
        return (findings.isEmpty ? values : [], findings)
    }

    /// Keeps what is new or published otherwise than before. Gives how many that are, and how many of them corrections.
    static func keep(_ values: [IndicatorValue], in transaction: Transaction) throws -> (added: Int, corrected: Int) {
        let kept = try IndicatorValue.all(in: transaction)
        var newest = kept.reduce(into: [String: IndicatorValue]()) { $0[key($1)] = $1 }
        var history = Set(kept.map { "\(key($0))\t\($0.value)\t\($0.surveyed)\t\($0.source)" })
        var (added, corrected) = (0, 0)
        for value in values {
            // What was already superseded is no news when the same file comes again.
            guard history.insert("\(key(value))\t\(value.value)\t\(value.surveyed)\t\(value.source)").inserted else {
                continue
            }
            if newest[key(value)] != nil { corrected += 1 } else { added += 1 }
            newest[key(value)] = value
            try value.insert(in: transaction)
        }
        return (added, corrected)
    }

    private static func key(_ value: IndicatorValue) -> String {
        "\(value.indicator)\t\(value.place)\t\(value.observed)"
    }
}
