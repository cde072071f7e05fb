import FoundationEssentials
package import Japanese

/// 異体字の表 of an installation: the tables that were loaded into its folder, and Unihan where Debian's package is installed.
package enum VariantFolder {
    private static let unihan = "/usr/share/unicode/Unihan_Variants.txt.bz2"

    /// Where the tables of an installation lie.
    package static func path(in data: String) -> String { "\(data)/tables/variants" }

    /// All tables in one.
    package static func table(in data: String) throws -> VariantTable {
        let folder = path(in: data)
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
        var rows: [VariantSource.Row] = []
        if FileManager.default.fileExists(atPath: unihan) { rows += try read(unihan, name: "Unihan_Variants.txt") }
        for file in files where !file.hasPrefix(".") { rows += try read("\(folder)/\(file)", name: file) }
        return VariantSource.table(rows)
    }

    /// The rows of one table.
    package static func read(_ path: String, name: String) throws -> [VariantSource.Row] {
        let bytes = try CompressedFile.read(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw VariantSource.Trouble(description: "\(path) は UTF-8 ではありません。UTF-8 で保存し直してください")
        }
        return try VariantSource.rows(text, name: name)
    }
}
