import Tabular
import Web

extension Download {
    /// A text as a file to keep.
    init(text: String, type: String, name: String) {
        let bytes = Array(text.utf8)
        self.init(type: "\(type); charset=utf-8", name: name, isShown: false) { $0 == 0 ? bytes : nil }
    }
}

extension [[String]] {
    /// The rows with everything that a spreadsheet would take for a formula kept as words.
    var guarded: [[String]] { map { $0.map { Double($0) == nil ? FormulaGuard.guarded($0) : $0 } } }
}
