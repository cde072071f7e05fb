import Core
import Japanese

/// ファイル名の決まり. How attached files are called that are taken out of the applications: words with places in braces.
///
/// A `/` in the rule makes a folder; whatever is put into a place makes none, and leads out of none.
struct FileNameRule: Sendable {
    private let text: String

    static let usual = "{受付番号}_{項目}_{連番}.{拡張子}"

    /// 置き換え記号.
    enum Place: String, CaseIterable, Sendable {
        case number = "受付番号"
        case field = "項目"
        case count = "連番"
        case ending = "拡張子"
        case original = "元の名前"
        case applicant = "申請者"
        case day = "届いた日"
        case procedure = "手続き"
    }

    /// The places as a person reads them.
    static let help = Place.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")

    /// Throws an ``ExportRefusal`` for a rule that cannot be followed.
    init(_ typed: String) throws(ExportRefusal) {
        let text = Spaces.trim(typed)
        guard (1...100).contains(text.count), !Unwanted.hasControls(text) else { throw .ruleUnusable }
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else { throw .ruleUnusable }
            let name = String(rest[rest.index(after: open)..<close])
            guard Place(rawValue: name) != nil else { throw .unknownPlaceholder(String(name.prefix(20))) }
            rest = rest[rest.index(after: close)...]
        }
        self.text = text
    }

    /// The name of a file. Ends as its kind does, whether the rule says so or not.
    func name(_ values: [Place: String]) -> String {
        let filled = Place.allCases.reduce(text) { text, place in
            text.replacing("{\(place.rawValue)}", with: Self.plain(values[place] ?? "", separators: true))
        }
        let ending = values[.ending].map { ".\($0)" } ?? ""
        let whole = filled.hasSuffix(ending) ? String(filled.dropLast(ending.count)) : filled
        let steps = whole.split(separator: "/", omittingEmptySubsequences: true).map { Self.usable(String($0)) }
        return (steps.isEmpty ? ["ファイル"] : steps).joined(separator: "/") + ending
    }

    /// Without what no file system takes, or shows otherwise than it is: controls, direction marks, `\:*?"<>|`.
    private static func plain(_ text: String, separators: Bool) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            let isUnsafe =
                scalar.value < 0x20 || scalar.value == 0x7F || scalar.properties.generalCategory == .format
                || scalar.properties.generalCategory == .lineSeparator
                || scalar.properties.generalCategory == .paragraphSeparator
                || "\\:*?\"<>|".unicodeScalars.contains(scalar) || separators && (scalar == "/" || scalar == "{")
            return isUnsafe ? "_" : scalar
        }
        return Width.text(of: scalars)
    }

    /// One step of a path: never empty, `.` or `..`, nor a name that Windows keeps for itself, and not too long.
    private static func usable(_ step: String) -> String {
        var name = plain(step, separators: false)
        while name.last == "." || name.last?.isWhitespace == true { name.removeLast() }
        while name.first == "." || name.first?.isWhitespace == true { name.removeFirst() }
        name = String(name.prefix(80))
        while name.utf8.count > 180 { name.removeLast() }
        let stem = name.prefix { $0 != "." }.uppercased()
        let kept = ["CON", "PRN", "AUX", "NUL"] + (1...9).flatMap { ["COM\($0)", "LPT\($0)"] }
        return name.isEmpty || kept.contains(stem) ? "_" + name : name
    }
}

/// Names that were given so far: no two files of an archive have the same, however it is written.
struct GivenNames {
    private var given: Set<String> = []

    /// The name, with a number before its ending where another file has it already.
    mutating func unique(_ name: String) -> String {
        if given.insert(Self.key(name)).inserted { return name }
        let slash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        let dot = name[slash...].lastIndex(of: ".") ?? name.endIndex
        var number = 2
        while true {
            let next = "\(name[..<dot])（\(number)）\(name[dot...])"
            if given.insert(Self.key(next)).inserted { return next }
            number += 1
        }
    }

    /// File systems that do not tell capitals, widths or composed characters apart would overwrite one with the other.
    private static func key(_ name: String) -> String { SearchFold.fold(name.lowercased()) }
}
