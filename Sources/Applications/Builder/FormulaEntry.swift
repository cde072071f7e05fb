import Core
import Web
import Yams

/// 計算の編集.
enum FormulaEntry {
    /// How a formula is set now, the fixed number, and its YAML where it is more.
    static func parts(of node: Node?, fields: [EntryList.KnownField]) -> (mode: String, number: String, source: String)
    {
        guard let node else { return ("number", "1", "") }
        if let text = node.text {
            if Int(text) != nil || text.isEmpty { return ("number", text, "") }
            return fields.contains { $0.id == text } ? ("field:\(text)", "", "") : ("yaml", "", text)
        }
        if node.mapping?.count == 1, let rows = node["count"]?.text, fields.contains(where: { $0.id == rows }) {
            return ("rows:\(rows)", "", "")
        }
        return ("yaml", "", (try? FormTree(node).yaml) ?? "")
    }

    static func read(_ name: String, _ posted: Posted) -> Node? {
        let mode = posted["\(name).mode"] ?? "number"
        if mode.hasPrefix("field:") { return .plain(String(mode.dropFirst("field:".count))) }
        if mode.hasPrefix("rows:") { return .map([("count", .plain(String(mode.dropFirst("rows:".count))))]) }
        if mode == "yaml" {
            let text = (posted["\(name).yaml"] ?? "").replacing("\r\n", with: "\n")
            return (try? FormFile.compose(text)) ?? .words(text)
        }
        return .plain((posted["\(name).number"] ?? "").filter { !$0.isWhitespace })
    }
}
