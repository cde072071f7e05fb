/// 電話番号: ten or eleven digits beginning with 0 (電気通信番号規則), and a number inside an office (内線).
package struct Telephone: Sendable, Hashable {
    /// The digits alone: 0285569188.
    package let digits: String
    /// 内線, digits alone; empty without one.
    package let ext: String
    /// The groups in which it was written; one if it was written together.
    private let groups: [String]

    /// The numbers of mobile and internet telephones have eleven digits.
    private static let eleven: Set<String> = ["050", "060", "070", "080", "090", "020"]

    /// Reads a number in any width, with hyphens, points, spaces, brackets or +81. Nil if it is not one.
    package init?(_ text: String) {
        let parts = Width.narrow(Spaces.trim(text)).replacing("内線", with: "#").split(
            separator: "#", omittingEmptySubsequences: false)
        guard parts.count <= 2, var rest = parts.first else { return nil }
        ext = parts.count == 2 ? String(parts[1].filter { $0 != ":" && $0 != " " && $0 != ")" }) : ""
        guard parts.count == 1 || (1...8).contains(ext.count), ext.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        if rest.hasPrefix("+81") { rest = "0" + rest.dropFirst(3).drop { $0 == "-" || $0 == " " || $0 == "0" } }
        guard rest.allSatisfy({ $0.isASCII && $0.isNumber || "-(). ".contains($0) }) else { return nil }
        groups = rest.split { !$0.isNumber }.map(String.init)
        digits = groups.joined()
        let length = Self.eleven.contains(String(digits.prefix(3))) ? 11 : 10
        guard digits.count == length, digits.hasPrefix("0"), !digits.hasPrefix("00") else { return nil }
    }

    /// 090-1234-5678 for eleven digits. Ten digits keep the groups they were written in: where they divide depends on the
    /// place.
    package var grouped: String {
        let number =
            digits.count == 11
            ? "\(digits.prefix(3))-\(digits.dropFirst(3).prefix(4))-\(digits.suffix(4))" : groups.joined(separator: "-")
        return ext.isEmpty ? number : "\(number) 内線\(ext)"
    }
}
