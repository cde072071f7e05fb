/// Writes amending sentences, in the order of the ordinance: first the words within each provision, then what is taken out, numbered anew
/// and put in.
struct DraftWriter {
    enum Style { case words, articles }

    private let style: Style
    private var lines: [String] = []
    /// What no amending sentence of this ordinance can do.
    private var refusal: String?

    init(_ style: Style) { self.style = style }

    func lines(from old: Ordinance, to new: Ordinance) throws(AmendmentDraft.Trouble) -> [String] {
        var writer = self
        if old.title != new.title { writer.lines += ["題名を次のように改める。", "　" + new.title] }
        writer.children(DraftTree(old).nodes, DraftTree(new).nodes, Context(place: Place(), digits: "3"))
        if let refusal = writer.refusal { throw AmendmentDraft.Trouble(description: refusal) }
        return writer.lines
    }

    /// Where the elements stand whose children are compared.
    private struct Context {
        var place: Place
        /// A label of this ordinance, to write numbers like.
        var digits: String
        /// True in an article with one 項 alone: that is not named.
        var isOnly = false
    }

    private mutating func children(_ old: [DraftNode], _ new: [DraftNode], _ context: Context) {
        let pairs = Alignment.pairs(old, new)
        for case .same(let left, let right) in pairs {
            element(left, right, context)
        }
        structure(pairs, context)
    }

    private mutating func element(_ old: DraftNode, _ new: DraftNode, _ context: Context) {
        var place = context.place
        var context = context
        if !old.label.isEmpty, old.kind == .article { context.digits = old.label }
        switch old.kind {
        case .article:
            place.article = old.number
            context.isOnly = old.children.count { $0.kind == .paragraph } == 1
        case .paragraph: place.paragraph = old.number?.parts[0]
        case .item: place.item = old.number
        case .subitem: place.subitems.append(old.node.segment)
        case .supplement: place.supplement = 1
        case .appendix: place.appendix = old.label
        default: break
        }
        context.place = place
        switch old.kind {
        case .tableOfContents, .appendix, .table, .preamble: return block(old, new, context)
        case .article where style == .articles && !old.isSame(as: new): return rewrite(words(place, context), new)
        default: break
        }
        let isGroup = old.kind.depth != nil
        if old.caption != new.caption { caption(old, new, context, isGroup: isGroup) }
        if old.text != new.text, text(old, new, context) { return }
        children(old.children, new.children, context)
    }

    private mutating func caption(_ old: DraftNode, _ new: DraftNode, _ context: Context, isGroup: Bool) {
        if isGroup {
            lines += ["\(old.label)の\(old.kind.word ?? "")名を次のように改める。", "\(old.label)　\(new.caption)"]
        } else if new.caption.isEmpty {
            lines.append("\(words(context.place, context))の見出しを削る。")
        } else if old.caption.isEmpty {
            lines.append("\(words(context.place, context))に見出しとして「（\(new.caption)）」を付する。")
        } else {
            lines.append("\(words(context.place, context))の見出しを「（\(new.caption)）」に改める。")
        }
    }

    /// True where what stands in it has been written with it.
    private mutating func text(_ old: DraftNode, _ new: DraftNode, _ context: Context) -> Bool {
        let place = words(context.place, context)
        guard let changes = WordChanges.between(old.text, new.text) else { return rewriteText(old, new, place) }
        let scope = old.hasItems ? "\(place)各号列記以外の部分" : place
        lines.append(Self.sentence(changes, at: scope))
        return false
    }

    /// 中「A」を「B」に、「C」を「D」に改め、「E」の次に「F」を加える。
    static func sentence(_ changes: [WordChanges.Change], at place: String) -> String {
        var parts: [String] = []
        for (index, change) in changes.enumerated() {
            let isLast = index == changes.count - 1
            switch change {
            case .replace(let from, let to):
                if !isLast, case .replace = changes[index + 1] {
                    parts.append("「\(from)」を「\(to)」に")
                } else {
                    parts.append("「\(from)」を「\(to)」に改め\(isLast ? "る" : "")")
                }
            case .insert(let after, let words): parts.append("「\(after)」の次に「\(words)」を加え\(isLast ? "る" : "")")
            case .delete(let words): parts.append("「\(words)」を削\(isLast ? "る" : "り")")
            }
        }
        return "\(place)中\(parts.joined(separator: "、"))。"
    }

    /// An item or a 項 written anew: with its items where only one of the two has any, otherwise without them.
    private mutating func rewriteText(_ old: DraftNode, _ new: DraftNode, _ place: String) -> Bool {
        if old.hasItems, new.hasItems {
            lines += ["\(place)各号列記以外の部分を次のように改める。", "　" + new.text]
            return false
        }
        let copy = DraftNode(new.node)
        (copy.number, copy.label) = (old.number, old.label)
        lines.append("\(place)を次のように改める。")
        lines += copy.plainLines
        return true
    }

    private mutating func rewrite(_ place: String, _ new: DraftNode) {
        lines.append("\(place)を次のように改める。")
        lines += new.plainLines
    }

    private mutating func block(_ old: DraftNode, _ new: DraftNode, _ context: Context) {
        guard !old.isSame(as: new) else { return }
        let name = old.kind == .tableOfContents ? "目次" : old.kind == .preamble ? "前文" : old.label
        if old.kind == .preamble, style == .words, let changes = WordChanges.between(old.text, new.text) {
            return lines.append(Self.sentence(changes, at: name))
        }
        if old.rows.count == new.rows.count, old.children.isEmpty, old.kind == .tableOfContents {
            for (left, right) in zip(old.rows, new.rows) where left != right {
                lines.append("目次中「\(left)」を「\(right)」に改める。")
            }
        } else if old.kind != .table {
            rewrite(name, new)
        }
    }

    /// Takes out, numbers anew, puts in.
    private mutating func structure(_ pairs: [Alignment.Pair], _ context: Context) {
        let isInArticle = context.place.article != nil || context.place.supplement > 0
        let before = isInArticle ? words(context.place, context) + "中" : ""
        var steps: [String] = []
        for case .removed(let node) in pairs where node.kind == .supplement {
            refusal = "附則（\(node.caption)）は、改め文で消せません。改正後の文章にも残してください"
        }
        for case .removed(let node) in pairs where node.kind != .table { steps.append("\(name(node, context))を削り") }
        steps += Renumbering.steps(pairs) { name($0, $1, context) }
        let added = runs(pairs)
        if !steps.isEmpty { lines.append(before + Self.closed(steps)) }
        for run in added { insert(run, pairs, context) }
    }

    /// The last verb of a sentence ends it.
    private static func closed(_ steps: [String]) -> String {
        var sentence = steps.joined(separator: "、")
        for (stem, end) in [("削り", "削る"), ("とし", "とする"), ("繰り下げ", "繰り下げる"), ("繰り上げ", "繰り上げる")]
        where sentence.hasSuffix(stem) {
            sentence = sentence.dropLast(stem.count) + end
            break
        }
        return sentence + "。"
    }

    /// What is put in, with the element it stands behind in the new text.
    private struct Run {
        var after: DraftNode?
        var nodes: [DraftNode]
    }

    private func runs(_ pairs: [Alignment.Pair]) -> [Run] {
        var (runs, last, isOpen) = ([Run](), DraftNode?.none, false)
        for pair in pairs {
            switch pair {
            case .same(_, let new): (last, isOpen) = (new, false)
            case .removed: continue
            case .added(let node) where node.kind == .table: continue
            case .added(let node):
                if isOpen, runs[runs.count - 1].nodes.last?.kind == node.kind {
                    runs[runs.count - 1].nodes.append(node)
                } else {
                    runs.append(Run(after: last, nodes: [node]))
                }
                (last, isOpen) = (node, true)
            }
        }
        return runs
    }

    private mutating func insert(_ run: Run, _ pairs: [Alignment.Pair], _ context: Context) {
        guard let kind = run.nodes.first?.kind else { return }
        let what = kind == .appendix ? "表" : kind == .subitem ? "ように" : kind.word ?? ""
        let count = kind == .subitem ? "次のように" : "次の\(digits(run.nodes.count, context))\(what)を"
        let inside = context.place.article != nil || context.place.supplement > 0 ? words(context.place, context) : "本則"
        if let after = run.after, after.kind == kind {
            let isWhole = context.place.article == nil && context.place.supplement == 0
            lines.append("\(isWhole ? "" : inside)\(name(after, context))の次に\(count)加える。")
        } else if run.after == nil,
            let next = pairs.lazy.compactMap({ if case .same(_, let new) = $0 { new } else { nil } }).first(where: {
                $0.kind == kind
            }),
            kind != .paragraph
        {
            let isWhole = context.place.article == nil && context.place.supplement == 0
            lines.append("\(isWhole ? "" : inside)\(name(next, context))の前に\(count)加える。")
        } else if kind == .paragraph, run.after == nil, let number = run.nodes.first?.number {
            lines.append("\(inside)に第\(digits(number.parts[0], context))項として\(count)加える。")
        } else {
            lines.append("\(inside)に\(count)加える。")
        }
        for node in run.nodes { lines += node.plainLines }
    }

    /// 第2項, (ア): an element as it is called within what it stands in.
    private func name(_ node: DraftNode, _ context: Context) -> String { name(node, node.number, context) }

    private func name(_ node: DraftNode, _ number: OrdinanceNumber?, _ context: Context) -> String {
        guard let number, let word = node.kind.word else { return node.label }
        let like = node.kind == .article || node.kind.depth != nil ? node.label : context.digits
        return "第\(digits(number.parts[0], like))\(word)"
            + number.parts.dropFirst().map { "の\(digits($0, like))" }.joined()
    }

    private func digits(_ number: Int, _ context: Context) -> String { digits(number, context.digits) }

    private func digits(_ number: Int, _ like: String) -> String {
        NumberStyle.label(OrdinanceNumber(number), like: like, was: nil, kind: .paragraph)
    }

    /// 第3条の2第1項第2号ア, in the numerals of the ordinance.
    private func words(_ place: Place, _ context: Context) -> String {
        func counted(_ number: OrdinanceNumber, _ word: String) -> String {
            "第\(digits(number.parts[0], context))\(word)"
                + number.parts.dropFirst().map { "の\(digits($0, context))" }.joined()
        }
        var words = place.supplement > 0 ? "附則" : ""
        if let appendix = place.appendix { words += appendix }
        if let article = place.article { words += counted(article, "条") }
        if let paragraph = place.paragraph, !context.isOnly { words += "第\(digits(paragraph, context))項" }
        if let item = place.item { words += counted(item, "号") }
        return words + place.subitems.joined()
    }

}

extension DraftNode {
    /// As its lines in plain text.
    var plainLines: [String] {
        let alone = Ordinance(title: "", enactment: "", nodes: [node], faults: [])
        return alone.plain.split(separator: "\n").map(String.init).filter { $0 != "○" }
    }

    fileprivate var hasItems: Bool { children.contains { $0.kind == .item || $0.kind == .subitem } }

    func isSame(as other: DraftNode) -> Bool { plainLines == other.plainLines }
}
