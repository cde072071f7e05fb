import FoundationEssentials
import OrdinanceText
import Tabular

/// 条文の一覧. A CSV with a provision a row, as 例規 systems export it and offices keep it.
struct ClauseList {
    let header: [String]
    let rows: [[String]]
    /// The provision of each row, in its place among those of its ordinance.
    let clauses: [Clause]
    /// The ordinance of each row.
    let documents: [String]
    /// The rows of each ordinance, in order.
    let groups: [[Int]]
    /// Of each group: the index of the provision of each of its rows.
    private let places: [[Int]]
    /// The provisions of each group.
    private let listed: [[Clause]]

    init(_ file: String) throws {
        guard let text = TextEncoding.text(of: try Input.bytes(file))?.text else {
            throw Failure("\(file) の文字コードが分かりません。UTF-8 か Shift_JIS で保存し直してください", code: 2)
        }
        let records: [CSV.Record]
        do { records = try CSV.read(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text) } catch {
            throw Failure("\(file) はCSVとして読めません（\(error)）", code: 2)
        }
        guard let header = records.first?.fields else { throw Failure("\(file) に行がありません", code: 2) }
        guard let words = header.firstIndex(of: "clause_text") else {
            throw Failure("\(file) に clause_text の列がありません。あるのは \(header.joined(separator: "、")) です", code: 2)
        }
        for record in records where record.fields.count != header.count {
            throw Failure("\(file):\(record.line):1: 列が \(record.fields.count) あります（見出しは \(header.count)）", code: 2)
        }
        self.header = header
        rows = records.dropFirst().map(\.fields)
        let (id, name) = (header.firstIndex(of: "clause_id"), header.firstIndex(of: "ordinance"))
        documents = rows.map { row in name.map { row[$0] } ?? "" }
        // 014-003 belongs to document 014; a list without such ids goes by the ordinance's name.
        var (order, groups) = ([String](), [String: [Int]]())
        for (index, row) in rows.enumerated() {
            let parts = id.map { row[$0].split(separator: "-") } ?? []
            let key = parts.count > 1 ? parts.dropLast().joined(separator: "-") : documents[index]
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(index)
        }
        let fields = rows
        self.groups = order.map { key in
            let rows = groups[key] ?? []
            guard let id else { return rows }
            return rows.sorted { (fields[$0][id], $0) < (fields[$1][id], $1) }
        }
        var (clauses, allPlaces, all) = ([Int: Clause](), [[Int]](), [[Clause]]())
        for group in self.groups {
            // One provision may be listed once for each 区分.
            var (texts, places, gaps, number) = ([String](), [Int](), Set<Int>(), Int?.none)
            for row in group {
                let own = id.flatMap { fields[row][$0].split(separator: "-").last.flatMap { Int($0) } }
                if texts.last != rows[row][words] {
                    if let own, own != (number ?? -1) + 1 { gaps.insert(texts.count) }
                    texts.append(rows[row][words])
                }
                number = own
                places.append(texts.count - 1)
            }
            let listed = Clause.listed(texts, gaps: gaps)
            for (row, place) in zip(group, places) { clauses[row] = listed[place] }
            allPlaces.append(places)
            all.append(listed)
        }
        (places, listed) = (allPlaces, all)
        self.clauses = rows.indices.compactMap { clauses[$0] }
    }

    /// The judgements on each row, those carried along 準用 within its ordinance among them.
    func judgements(_ judge: Judge) -> [[Judgement]] {
        let reviewed = zip(groups, listed).map { group, clauses in
            ReviewedDocument(
                id: document(of: group[0]), title: documents[group[0]], clauses: clauses, judge: judge)
        }
        var found = rows.map { _ in [Judgement]() }
        for (index, document) in OrdinanceCollection(reviewed).documents.enumerated() {
            for (row, place) in zip(groups[index], places[index]) { found[row] = document.judgements[place] }
        }
        return found
    }

    func column(_ names: [String]) -> Int? { names.lazy.compactMap { header.firstIndex(of: $0) }.first }

    /// The key of the document a row belongs to.
    func document(of row: Int) -> String {
        guard let id = header.firstIndex(of: "clause_id") else { return documents[row] }
        return rows[row][id].split(separator: "-").dropLast().joined(separator: "-")
    }
}
