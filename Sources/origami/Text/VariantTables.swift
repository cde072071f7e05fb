import Core
import FoundationEssentials
import Japanese
import Tabular

/// 異体字の表 of this installation: those that were loaded, and Unihan where Debian's package is installed.
enum VariantTables {
    private static let unihan = "/usr/share/unicode/Unihan_Variants.txt.bz2"

    private static func folder() async throws -> String { try await Start.settings().data + "/tables/variants" }

    static func table() async throws -> VariantTable { try table(in: try await folder()) }

    // Apart from what waits: the compiler cannot optimise both together.
    private static func table(in folder: String) throws -> VariantTable {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
        var rows: [VariantSource.Row] = []
        if FileManager.default.fileExists(atPath: unihan) { rows += try read(unihan, name: "Unihan_Variants.txt") }
        for file in files where !file.hasPrefix(".") { rows += try read("\(folder)/\(file)", name: file) }
        return VariantSource.table(rows)
    }

    private static func read(_ path: String, name: String) throws -> [VariantSource.Row] {
        let bytes = try CompressedFile.read(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(path) は UTF-8 ではありません。UTF-8 で保存し直してください", code: 2)
        }
        return try VariantSource.rows(text, name: name)
    }

    /// Keeps a table as it is, under its name: its licence travels with it.
    static func load(_ file: String) async throws { try load(file, into: try await folder()) }

    private static func load(_ file: String, into folder: String) throws {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let rows = try read(file, name: name)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let data = FileManager.default.contents(atPath: file) else { return }
        try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
        Output.line("\(file): 候補 \(rows.filter { !$0.target.isEmpty }.count)件")
    }
}
