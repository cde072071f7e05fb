/// 改め文の案. An amendment that makes one text out of another, written and proved.
package struct AmendmentDraft: Sendable {
    /// 改め文, with the provisions it adds: a line each.
    package let lines: [String]
    /// What came after the last 附則 of the old text: the 附則 of the amendment itself.
    package let supplement: [String]
    /// What differs and is not in it: 附則 of earlier amendments, which are changed by amending those.
    package let leftOut: [String]

    /// The texts are the same, or no amendment of this program's forms makes the one out of the other.
    package struct Trouble: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }

    package var text: String { (lines + (supplement.isEmpty ? [] : [""] + supplement)).joined(separator: "\n") + "\n" }

    /// Writes the amendment, reads it again, applies it, and compares: what is given back makes exactly the new text out of the old one.
    package init(from old: Ordinance, to new: Ordinance) throws(Trouble) {
        let target = Self.withoutOwnSupplement(old, new)
        leftOut = target.leftOut
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

    /// The new text as far as the amendment makes it: a 附則 that only the new text has is the amendment's own, and those of earlier
    /// amendments stay as they are.
    private static func withoutOwnSupplement(
        _ old: Ordinance, _ new: Ordinance
    ) -> (ordinance: Ordinance, supplement: [String], leftOut: [String]) {
        let before = old.nodes.filter { $0.kind == .supplement }
        var (nodes, own, leftOut, count) = ([OrdinanceNode](), [OrdinanceNode](), [String](), 0)
        for node in new.nodes {
            guard node.kind == .supplement else {
                nodes.append(node)
                continue
            }
            count += 1
            if count == 1, !before.isEmpty {
                nodes.append(node)
            } else if count > before.count,
                !before.contains(where: { $0.caption == node.caption && !node.caption.isEmpty })
            {
                own.append(node)
            }
        }
        // The later ones of the old text, where they stood: behind the first.
        let later = Array(before.dropFirst())
        if let place = nodes.firstIndex(where: { $0.kind == .supplement }) {
            nodes.insert(contentsOf: later, at: place + 1)
        }
        let now = new.nodes.filter { $0.kind == .supplement }
        let changed = later.filter { node in !now.contains { DraftNode($0).isSame(as: DraftNode(node)) } }.map(
            \.caption)
        if let first = changed.first {
            let more = changed.count > 1 ? "ほか\(changed.count - 1)の附則" : ""
            leftOut.append("附則（\(first)）\(more)のちがいは、その改正条例を改めるものなので、入れていません")
        }
        let alone = Ordinance(title: "", enactment: "", nodes: own, faults: [])
        let lines = own.isEmpty ? [] : alone.plain.split(separator: "\n").map(String.init).filter { $0 != "○" }
        return (Ordinance(title: new.title, enactment: old.enactment, nodes: nodes, faults: []), lines, leftOut)
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
