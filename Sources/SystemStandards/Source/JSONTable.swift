import Core
import FoundationEssentials
import Tabular

/// JSON records on their way into CSV.
struct JSONTable {
    private var columns: [String] = []
    private var rows: [[String: String]] = []

    /// A value of a record: what is not a text is written as JSON has it.
    private struct Value: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                text = ""
            } else if let string = try? value.decode(String.self) {
                text = string
            } else if let flag = try? value.decode(Bool.self) {
                text = flag ? "true" : "false"
            } else if let number = try? value.decode(Int.self) {
                text = String(number)
            } else {
                text = "\(try value.decode(Decimal.self))"
            }
        }
    }

    private struct Page: Decodable {
        let items: [[String: Value]]
        let next: String?
    }

    /// Takes a list of records, or an object with `items` and `next`. Gives where the next page is.
    mutating func take(_ bytes: [UInt8]) throws -> (place: String?, count: Int) {
        let decoder = JSONDecoder()
        let page: (items: [[String: Value]], next: String?)
        if let list = try? decoder.decode([[String: Value]].self, from: Data(bytes)) {
            page = (list, nil)
        } else {
            let read = try decoder.decode(Page.self, from: Data(bytes))
            page = (read.items, read.next)
        }
        for item in page.items {
            for name in item.keys.sorted() where !columns.contains(name) { columns.append(name) }
            rows.append(item.mapValues(\.text))
        }
        return (page.next, page.items.count)
    }

    func csv() throws -> Spool {
        let spool = try Spool()
        var bytes: [UInt8] = []
        CSV.write(columns, to: &bytes)
        for row in rows { CSV.write(columns.map { row[$0] ?? "" }, to: &bytes) }
        try spool.append(bytes)
        return spool
    }
}
