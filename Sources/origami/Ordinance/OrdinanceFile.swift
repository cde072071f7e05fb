import FoundationEssentials
import OrdinanceText
import Tabular

/// The documents a command reads.
enum OrdinanceFile {
    private static let endings = [".txt", ".xml", ".html", ".htm"]

    /// The documents of a folder and of those in it, in the order of their names; a file itself.
    static func paths(in path: String) throws -> [String] {
        guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil else { return [path] }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        let texts = names.filter { name in endings.contains { name.lowercased().hasSuffix($0) } }.sorted()
        guard !texts.isEmpty else { throw Failure("\(path) に .txt・.xml・.html がありません", code: 2) }
        return texts.map { "\(path)/\($0)" }
    }

    /// Reads document after document. In a folder, one that cannot be read is told and left out; the others are done.
    /// Gives how many those were.
    static func each(in path: String, _ work: (String, Ordinance) throws -> Void) throws -> Int {
        var unreadable = 0
        for file in try paths(in: path) {
            let ordinance: Ordinance
            do { ordinance = try read(file) } catch let failure as Failure where file != path {
                Output.error(failure.description)
                unreadable += 1
                continue
            }
            try work(file, ordinance)
        }
        return unreadable
    }

    static func read(_ file: String) throws -> Ordinance {
        let text = try text(file)
        do throws(Ordinance.FormatTrouble) { return try OrdinanceFormat(of: text).ordinance(text) } catch {
            throw Failure("\(file): \(error.description)", code: 2)
        }
    }

    /// A text file in whatever encoding it is.
    static func text(_ file: String) throws -> String {
        guard let text = TextEncoding.text(of: try Input.bytes(file))?.text else {
            throw Failure("\(file) の文字コードが分かりません。UTF-8 か Shift_JIS で保存し直してください", code: 2)
        }
        return text
    }
}
