/// 改め文の案. An amendment that makes one text out of another, written and proved.
package struct AmendmentDraft: Sendable {
    /// 改め文, with the provisions it adds: a line each.
    package let lines: [String]
    /// What came after the last 附則 of the old text: the 附則 of the amendment itself.
    package let supplement: [String]

    /// The texts are the same, or no amendment of this program's forms makes the one out of the other.
    package struct Trouble: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    package var text: String { (lines + (supplement.isEmpty ? [] : [""] + supplement)).joined(separator: "\n") + "\n" }

    /// Writes the amendment, reads it again, applies it, and compares: what is given back makes exactly the new text out of the old one.
    package init(from old: Ordinance, to new: Ordinance) throws(Trouble) {
        let target = Self.withoutOwnSupplement(old, new)
        guard old.plain != target.ordinance.plain else { throw Trouble(description: "二つの文章は同じです。改めるところがありません") }
        supplement = target.supplement
        var reason = ""
        // Word by word first; where that does not prove, article by article.
        for style in [DraftWriter.Style.words, .articles] {
            let lines = try DraftWriter(style).lines(from: old, to: target.ordinance)
            do throws(Amendment.Trouble) {
                let result = try Amendment(lines.joined(separator: "\n")).applied(to: old)
                if let difference = Self.difference(result, target.ordinance) {
                    reason = difference
                } else {
                    self.lines = lines
                    return
                }
            } catch { reason = error.description }
        }
        throw Trouble(description: "この改正は、改め文に書けませんでした（\(reason)）")
    }

    /// A 附則 that only the new text has is the amendment's own.
    private static func withoutOwnSupplement(_ old: Ordinance, _ new: Ordinance) -> (
        ordinance: Ordinance, supplement: [String]
    ) {
        let count = old.nodes.count { $0.kind == .supplement }
        let own = new.nodes.filter { $0.kind == .supplement }.dropFirst(count)
        let kept = new.nodes.filter { node in !own.contains { $0.line == node.line && $0.kind == node.kind } }
        let alone = Ordinance(title: "", enactment: "", nodes: Array(own), faults: [])
        let lines = own.isEmpty ? [] : alone.plain.split(separator: "\n").map(String.init).filter { $0 != "○" }
        return (Ordinance(title: new.title, enactment: old.enactment, nodes: kept, faults: []), lines)
    }

    /// The first line in which two texts differ.
    private static func difference(_ result: Ordinance, _ target: Ordinance) -> String? {
        let (left, right) = (result.plain, target.plain)
        guard left != right else { return nil }
        let (a, b) = (left.split(separator: "\n"), right.split(separator: "\n"))
        let place = zip(a, b).first { $0 != $1 }
        return place.map { "「\($0.0.prefix(60))」が「\($0.1.prefix(60))」になりません" } ?? "行の数がちがいます"
    }
}
