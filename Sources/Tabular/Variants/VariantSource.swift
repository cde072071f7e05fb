package import Japanese

/// 異体字の表の公開形式. Reads tables of variants from the forms in which they are published and shared: Unihan_Variants.txt and
/// Unihan_OtherMappings.txt of the Unicode Character Database, and tables with a heading (文字情報基盤の縮退マップ, 国税庁のJIS縮退マップ,
/// lists of a variant and a target).
package enum VariantSource {
    /// A line of a table.
    package struct Row: Sendable, Equatable {
        package let scalar: UInt32
        /// Empty for a character that only belongs to the 文字情報基盤.
        package let target: String
        package let source: String
        package let licence: String
    }

    /// Why a text is none of the forms.
    package struct Trouble: InputTrouble, Equatable {
        package let description: String
    }

    /// The lines of a table.
    package static func rows(_ text: String, name: String) throws(Trouble) -> [Row] {
        let lines = text.split(whereSeparator: \.isNewline)
        if lines.contains(where: { $0.hasPrefix("U+") && $0.contains("\tk") }) { return unihan(lines) }
        let heading = (lines.first ?? "").split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        func column(_ names: String...) -> Int? { names.lazy.compactMap { heading.firstIndex(of: $0) }.first }
        if column("mj") != nil || column("mj_name") != nil || column("MJ文字図形名") != nil
            || column("s1_jis_ucs_unification") != nil
        {
            return mj(lines.dropFirst(), heading)
        }
        if let target = column("nta_shrink"), let ucs = column("ucs") {
            return listed(
                lines.dropFirst(), ucs: ucs, target: target, source: "国税庁 JIS縮退マップ", licence: "国税庁（利用条件は配布元で確認）")
        }
        if let ucs = column("ucs", "variant", "char", "旧字"),
            let target = column("best_jis12", "joyo_target", "target_chars", "target", "新字")
        {
            return listed(
                lines.dropFirst(), ucs: ucs, target: target, source: name, licence: "表の配布元の条件",
                evidence: column("evidence", "property"))
        }
        throw Trouble(
            description: """
                \(name):1:1: 異体字の表の見出しではありません。Unihan_Variants.txt、文字情報基盤の縮退マップ、国税庁のJIS縮退マップ、または \
                variant と target の列のあるタブ区切りの表を渡してください
                """)
    }

    /// The table of rows.
    package static func table(_ rows: some Sequence<Row>) -> VariantTable {
        var table = VariantTable()
        for row in rows {
            guard let scalar = Unicode.Scalar(row.scalar) else { continue }
            if row.target.isEmpty {
                table.addMember(scalar)
            } else {
                table.add(.init(text: row.target, source: row.source, licence: row.licence), for: scalar)
            }
        }
        return table
    }

    // MARK: - Forms

    private static let kinds = [
        "kZVariant": "字形のちがい", "kSemanticVariant": "同じ意味", "kSpecializedSemanticVariant": "一部で同じ意味",
        "kTraditionalVariant": "", "kSimplifiedVariant": "",
    ]

    /// `U+5167 kZVariant U+5185`; the targets may have a source behind `<`.
    private static func unihan(_ lines: [Substring]) -> [Row] {
        lines.flatMap { line -> [Row] in
            let fields = line.split(separator: "\t")
            guard fields.count == 3, let kind = kinds[String(fields[1])], !kind.isEmpty, let scalar = scalar(fields[0])
            else {
                return []
            }
            return fields[2].split(separator: " ").compactMap { target in
                guard let other = Self.scalar(target.prefix { $0 != "<" }), Repertoire.jis12.contains(other),
                    !Repertoire.jis12.contains(scalar), let text = Unicode.Scalar(other).map(String.init)
                else { return nil }
                return Row(scalar: scalar, target: text, source: "Unihan \(kind)", licence: "Unicode License")
            }
        }
    }

    private static let classes = [
        ("s1_jis_ucs_unification", "JIS包摂規準・UCS統合規則"), ("s2_moj_koseki_notice", "法務省戸籍法関連通達・通知"),
        ("s3_moj_kokuji582_t4", "法務省告示582号別表第四"), ("s4_reading_glyph_inference", "読み・字形による類推"),
    ]

    /// 文字情報基盤の縮退マップ: every row is a member, its candidates stand by the class of their evidence.
    private static func mj(_ lines: ArraySlice<Substring>, _ heading: [String]) -> [Row] {
        let ucs = heading.firstIndex(of: "ucs") ?? heading.firstIndex(of: "対応するUCS")
        let licence = "CC BY-SA 2.1 JP（IPAの著作物）"
        return lines.flatMap { line -> [Row] in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard let ucs, ucs < fields.count else { return [] }
            let members = fields[ucs].split { " ;,".contains($0) }.compactMap(scalar)
            guard let first = members.first else { return [] }
            let own = members.map { Row(scalar: $0, target: "", source: "", licence: "") }
            return own
                + classes.flatMap { column, words -> [Row] in
                    guard let place = heading.firstIndex(of: column), place < fields.count else { return [] }
                    return fields[place].unicodeScalars.filter { $0.properties.isIdeographic }.map {
                        Row(scalar: first, target: String($0), source: "MJ縮退マップ \(words)", licence: licence)
                    }
                }
        }
    }

    private static func listed(
        _ lines: ArraySlice<Substring>, ucs: Int, target: Int, source: String, licence: String, evidence: Int? = nil
    ) -> [Row] {
        lines.compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard ucs < fields.count, target < fields.count, !fields[target].isEmpty, let scalar = scalar(fields[ucs])
            else {
                return nil
            }
            let words = evidence.flatMap { $0 < fields.count ? " \(fields[$0])" : nil } ?? ""
            return Row(scalar: scalar, target: text(fields[target]), source: source + words, licence: licence)
        }
    }

    /// `U+9AD9`, `9AD9` or the character itself.
    private static func scalar(_ text: some StringProtocol) -> UInt32? {
        if text.hasPrefix("U+") { return UInt32(text.dropFirst(2), radix: 16) }
        if text.unicodeScalars.count == 1 { return text.unicodeScalars.first?.value }
        return text.utf8.count >= 4 ? UInt32(text, radix: 16) : nil
    }

    private static func text(_ field: Substring) -> String {
        guard field.hasPrefix("U+") else { return String(field) }
        return Width.text(of: field.split(separator: " ").compactMap { scalar($0).flatMap { Unicode.Scalar($0) } })
    }
}
