import Tabular
import Web

/// A table as a file to keep: UTF-8 with a byte order mark, so that Excel knows it.
enum NumbersFile {
    static func download(_ name: String, _ rows: [[String]]) -> Download {
        let bytes = TextEncoding.utf8.file(rows).bytes
        return Download(type: "text/csv; charset=utf-8", name: name + ".csv", isShown: false) { $0 == 0 ? bytes : nil }
    }
}
