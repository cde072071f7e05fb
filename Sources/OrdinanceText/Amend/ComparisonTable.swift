/// 新旧対照表. The provisions that differ, side by side, with what differs marked; what is the same between them is 略.
package struct ComparisonTable: Sendable {
    /// A piece of a cell.
    package struct Run: Sendable, Equatable {
        package let text: String
        package let isChanged: Bool
    }

    package struct Row: Sendable, Equatable {
        /// Empty for what is only in the old text.
        package let new: [Run]
        /// Empty for what is only in the new text.
        package let old: [Run]
        /// How far in it stands: 0 for a 条, 1 for a 項 …
        package let depth: Int
        /// True for a row that stands for what did not change.
        package let isOmission: Bool
    }

    package let title: String
    package private(set) var rows: [Row] = []

    package init(from old: Ordinance, to new: Ordinance) {
        title = new.title
        if old.title != new.title { add(old.title, new.title, 0) }
        compare(DraftTree(old).nodes, DraftTree(new).nodes, 0)
    }

    private mutating func compare(_ old: [DraftNode], _ new: [DraftNode], _ depth: Int) {
        for pair in Alignment.pairs(old, new) {
            switch pair {
            case .same(let left, let right):
                if left.isSame(as: right) { omit(right, depth) } else { changed(left, right, depth) }
            case .removed(let node):
                for line in node.plainLines {
                    rows.append(Row(new: [], old: [Run(text: line, isChanged: true)], depth: depth, isOmission: false))
                }
            case .added(let node):
                for line in node.plainLines {
                    rows.append(Row(new: [Run(text: line, isChanged: true)], old: [], depth: depth, isOmission: false))
                }
            }
        }
    }

    private mutating func changed(_ old: DraftNode, _ new: DraftNode, _ depth: Int) {
        if old.kind == .article {
            if !old.caption.isEmpty || !new.caption.isEmpty { add(old.captionLine, new.captionLine, depth) }
            // The first 項 stands on the line of its 条.
            let (left, right) = (old.sentenceHolder, new.sentenceHolder)
            add("\(old.label)　\(left.text)", "\(new.label)　\(right.text)", depth)
            compare(left.children, right.children, depth + 1)
            return compare(Array(old.children.dropFirst()), Array(new.children.dropFirst()), depth)
        }
        let (left, right) = (old.headLine, new.headLine)
        if !left.isEmpty || !right.isEmpty { add(left, right, depth) }
        for index in 0..<max(old.rows.count, new.rows.count) {
            add(index < old.rows.count ? old.rows[index] : "", index < new.rows.count ? new.rows[index] : "", depth)
        }
        compare(old.children, new.children, depth + (old.kind.depth == nil ? 1 : 0))
    }

    private mutating func omit(_ node: DraftNode, _ depth: Int) {
        if rows.last?.isOmission == true { return }
        let run = [
            Run(text: node.kind == .article || node.kind.depth != nil ? "（略）" : "\(node.label)　（略）", isChanged: false)
        ]
        rows.append(Row(new: run, old: run, depth: depth, isOmission: true))
    }

    private mutating func add(_ old: String, _ new: String, _ depth: Int) {
        let (left, right) = (Array(old), Array(new))
        var (oldRuns, newRuns, i, j) = ([Run](), [Run](), 0, 0)
        for hunk in TextDiff.hunks(left, right) {
            if hunk.old.lowerBound > i {
                oldRuns.append(Run(text: String(left[i..<hunk.old.lowerBound]), isChanged: false))
            }
            if hunk.new.lowerBound > j {
                newRuns.append(Run(text: String(right[j..<hunk.new.lowerBound]), isChanged: false))
            }
            if !hunk.old.isEmpty { oldRuns.append(Run(text: String(left[hunk.old]), isChanged: true)) }
            if !hunk.new.isEmpty { newRuns.append(Run(text: String(right[hunk.new]), isChanged: true)) }
            (i, j) = (hunk.old.upperBound, hunk.new.upperBound)
        }
        if i < left.count { oldRuns.append(Run(text: String(left[i...]), isChanged: false)) }
        if j < right.count { newRuns.append(Run(text: String(right[j...]), isChanged: false)) }
        rows.append(Row(new: newRuns, old: oldRuns, depth: depth, isOmission: false))
    }
}

extension DraftNode {
    fileprivate var captionLine: String { caption.isEmpty ? "" : "（\(caption)）" }

    /// Its own first line, without what stands in it.
    fileprivate var headLine: String {
        switch kind {
        case .supplement, .appendix: label + (caption.isEmpty ? "" : "（\(caption.bracketsOff)）") + text
        case .table, .tableOfContents: ""
        default: [label, kind.depth == nil ? text : caption].filter { !$0.isEmpty }.joined(separator: "　")
        }
    }
}
