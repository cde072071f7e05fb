import Japanese

/// 関係条例の整備に関する条例. One ordinance that amends several, an article each.
package struct BundledAmendment: Sendable {
    package let text: String

    private static let number = Pattern.sure(
        "((?:明治|大正|昭和|平成|令和)(?:元|[0-9０-９一二三四五六七八九十]+)年)[^(（]*?((?:[^ 　(（月日]*(?:条例|規則|規程|告示|訓令|要綱|法律|政令|省令))第[0-9０-９一二三四五六七八九十百]+号)"
    )

    /// - Parameters:
    ///   - title: of the bundling ordinance.
    ///   - drafts: proved amendments, with the ordinances they amend.
    ///   - effective: 公布の日, 令和9年4月1日.
    package init(title: String, _ drafts: [(ordinance: Ordinance, draft: AmendmentDraft)], effective: String) {
        var lines = ["○" + title, ""]
        for (index, (ordinance, draft)) in drafts.enumerated() {
            lines.append("（\(ordinance.title)の一部改正）")
            let number =
                Self.number.first(in: ordinance.enactment.replacing("\n", with: " "))
                .map { "（\($0[1] ?? "")\($0[2] ?? "")）" } ?? ""
            lines.append("第\(index + 1)条　\(ordinance.title)\(number)の一部を次のように改正する。")
            lines += draft.lines + [""]
        }
        lines += ["附則", "この条例は、\(effective)から施行する。"]
        text = lines.joined(separator: "\n") + "\n"
    }

    /// The amendments a bundling ordinance holds, by the title of the ordinance each amends.
    package static func amendments(in text: String) throws(Amendment.Trouble) -> [(title: String, amendment: Amendment)]
    {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        let heads = lines.indices.compactMap { index in title(of: lines[index]).map { (index, $0) } }
        let end = lines.lastIndex { Spaces.trim($0).filter { $0 != " " && $0 != "　" } == "附則" } ?? lines.count
        var found: [(String, Amendment)] = []
        for (place, (start, title)) in heads.enumerated() {
            let next = place + 1 < heads.count ? heads[place + 1].0 : end
            var part = Array(lines[(start + 1)..<max(start + 1, next)])
            // （Bの一部改正） belongs to the next article.
            while let last = part.last, Spaces.trim(last).isEmpty || last.contains("の一部改正）") { part.removeLast() }
            found.append((title, try Amendment((part + lines[min(end, lines.count)...]).joined(separator: "\n"))))
        }
        return found
    }

    private static let article = Pattern.sure("^第[0-9０-９一二三四五六七八九十]+条[ 　]+([^（(]+?)(?:[（(][^）)]*[）)])?の一部を次のように改正する。")

    private static func title(of line: String) -> String? { article.first(in: line)?[1].map(String.init) }
}
