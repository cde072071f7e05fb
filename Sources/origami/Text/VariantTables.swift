import Core
import FoundationEssentials
import Japanese
import Tabular

/// 異体字の表 of this installation, for the commands.
enum VariantTables {
    static func table() async throws -> VariantTable { try VariantFolder.table(in: try await Start.settings().data) }

    /// Keeps a table as it is, under its name: its licence travels with it.
    static func load(_ file: String) async throws {
        try load(file, into: VariantFolder.path(in: try await Start.settings().data))
    }

    private static func load(_ file: String, into folder: String) throws {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let rows = try VariantFolder.read(file, name: name)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard let data = FileManager.default.contents(atPath: file) else { return }
        try data.write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
        Output.line("\(file): 候補 \(rows.filter { !$0.target.isEmpty }.count)件")
    }
}
