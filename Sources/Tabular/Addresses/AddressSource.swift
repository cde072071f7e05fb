package import Japanese

/// 町字の表の公開形式. Reads towns from the forms in which they are published: アドレス・ベース・レジストリ (mt_town_all.csv, with headings in
/// English or Japanese), 郵便番号データ (KEN_ALL.CSV, utf_ken_all.csv), and plain lists with a heading.
package enum AddressSource {
    package typealias Row = AddressTable.Line

    /// Why a file is none of the forms.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// The towns of a file.
    package static func rows(of path: String) throws -> [Row] {
        var stream = RecordStream(try TableFile(path))
        guard let first = try stream.next() else { throw Trouble(description: "\(path) に何もありません") }
        if first.count == 15, first[0].utf8.count == 5, first[0].utf8.allSatisfy({ $0 &- 48 < 10 }) {
            return try postal(first, &stream)
        }
        if let names = try oldNames(first, &stream) { return names }
        guard let columns = Columns(first) else {
            throw Trouble(
                description: """
                    \(path):1:1: 町字の表の見出しではありません。アドレス・ベース・レジストリの mt_town_all.csv、郵便番号データの KEN_ALL.CSV、\
                    または lgcode6,pref,city,town（旧市町村名は lgcode6,pref,old）の見出しのあるCSVを渡してください
                    """)
        }
        var rows: [Row] = []
        while let record = try stream.next() {
            if let row = columns.row(record) { rows.append(row) }
        }
        return rows
    }

    /// 旧市町村名: a list with the code of today and the name of before.
    private static func oldNames(_ heading: [String], _ stream: inout RecordStream) throws -> [Row]? {
        func find(_ names: String...) -> Int? { names.lazy.compactMap { heading.firstIndex(of: $0) }.first }
        guard let code = find("lgcode6", "code", "全国地方公共団体コード"), let old = find("old", "旧市区町村名", "旧市町村名"),
            let prefecture = find("pref", "prefecture", "都道府県名")
        else { return nil }
        var rows: [Row] = []
        while let record = try stream.next() {
            guard max(code, old, prefecture) < record.count, !record[old].isEmpty else { continue }
            let (county, name) = parted(record[old])
            rows.append(
                Row(
                    code: record[code], prefecture: record[prefecture], county: county, municipality: name, town: "",
                    chome: nil,
                    postcode: nil, isOldName: true))
        }
        return rows
    }

    /// 郵便番号データ: fifteen columns without a heading. A town's note in brackets may go on in the next rows.
    private static func postal(_ first: [String], _ stream: inout RecordStream) throws -> [Row] {
        var (rows, isOpen, next) = ([Row](), false, first as [String]?)
        while let record = next {
            next = try stream.next()
            guard record.count >= 9 else { continue }
            let written = record[8]
            let continues = isOpen
            if written.contains("（") { isOpen = true }
            if written.contains("）") { isOpen = false }
            guard !continues else { continue }
            let town = String(written.prefix { $0 != "（" })
            let (county, municipality) = parted(record[7])
            let isTown =
                !town.isEmpty && town != "以下に掲載がない場合" && !town.contains("、") && !town.contains("～")
                && !town.hasSuffix("一円") && !town.contains("の次に")
            rows.append(
                Row(
                    code: record[0], prefecture: record[6], county: county, municipality: municipality,
                    town: isTown ? town : "", chome: nil, hasChome: record[11] == "1",
                    postcode: isTown ? record[2] : nil))
        }
        return rows
    }

    /// 河内郡上三川町 as 河内郡 and 上三川町.
    private static func parted(_ name: String) -> (county: String, municipality: String) {
        guard name.hasSuffix("町") || name.hasSuffix("村"), let mark = name.dropFirst().firstIndex(of: "郡"),
            name.index(after: mark) < name.endIndex
        else { return ("", name) }
        let end = name.index(after: mark)
        return (String(name[..<end]), String(name[end...]))
    }

    /// Where a table with a heading has what.
    private struct Columns {
        private let code: Int
        private let prefecture: Int
        private let county: Int?
        private let city: Int
        private let ward: Int?
        private let town: Int
        private let chome: Int?
        private let postcode: Int?

        init?(_ heading: [String]) {
            func find(_ names: String...) -> Int? { names.lazy.compactMap { heading.firstIndex(of: $0) }.first }
            guard let code = find("lg_code", "全国地方公共団体コード", "市区町村コード", "lgcode6", "code"),
                let prefecture = find("pref", "都道府県名", "prefecture"),
                let city = find("city", "市区町村名", "municipality"),
                let town = find("oaza_cho", "大字・町名", "大字町丁目名", "town")
            else { return nil }
            (self.code, self.prefecture, self.city, self.town) = (code, prefecture, city, town)
            (county, ward) = (find("county", "郡名"), find("ward", "政令市区名"))
            (chome, postcode) = (find("chome", "丁目名"), find("postcode", "post_code", "郵便番号"))
        }

        func row(_ record: [String]) -> Row? {
            func value(_ column: Int?) -> String { column.flatMap { $0 < record.count ? record[$0] : nil } ?? "" }
            guard !value(code).isEmpty, !value(city).isEmpty else { return nil }
            let (county, municipality) = AddressSource.parted(value(city))
            let (town, number, unit) = AddressSource.chome(value(town) + value(chome))
            return Row(
                code: value(code), prefecture: value(prefecture), county: county.isEmpty ? value(self.county) : county,
                municipality: municipality + value(ward), town: town, chome: number, unit: unit,
                postcode: value(postcode).isEmpty ? nil : value(postcode))
        }
    }

    /// A row of the list that the program carries: lgcode6, pref, city, town, koaza, kana, postcode.
    package static func carried(_ fields: [String]) -> Row {
        let (county, municipality) = parted(fields[2])
        let (town, number, unit) = chome(fields[3] + fields[4])
        return Row(
            code: fields[0], prefecture: fields[1], county: county, municipality: municipality, town: town,
            chome: number, unit: unit,
            postcode: fields[6].isEmpty ? nil : fields[6])
    }

    /// A town and the number of the 丁目 at its end: 奈佐原二丁目 is 奈佐原 and 2. 十二丁目 alone is a town.
    private static func chome(_ written: String) -> (town: String, number: Int?, unit: String) {
        for mark in ["丁目", "丁"] where written.hasSuffix(mark) {
            let name = written.dropLast(mark.count)
            let digits = name.reversed().prefix { WrittenNumber.isNumeral($0) }
            let number = String(digits.reversed())
            guard !number.isEmpty, digits.count < name.count, let value = WrittenNumber.read(number),
                (1...99).contains(value)
            else { continue }
            return (String(name.dropLast(digits.count)), value, mark)
        }
        return (written, nil, "丁目")
    }
}
