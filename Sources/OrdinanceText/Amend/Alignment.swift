/// 対応づけ. Which element of the old text is which of the new one.
enum Alignment {
    enum Pair {
        case same(DraftNode, DraftNode)
        case removed(DraftNode)
        case added(DraftNode)
    }

    /// Elements of one level, in the order of the new text; what is removed stands where it stood.
    static func pairs(_ old: [DraftNode], _ new: [DraftNode]) -> [Pair] {
        // Most of an ordinance stays as it is: only what lies between the first and the last change has to be thought about.
        let (left, right) = (old.map(Profile.init), new.map(Profile.init))
        let head = zip(left, right).prefix { $0.isSame(as: $1) }.count
        let most = min(left.count, right.count) - head
        let tail = zip(left.reversed(), right.reversed()).prefix { $0.isSame(as: $1) }.prefix(most).count
        let middle = between(Array(left[head..<(left.count - tail)]), Array(right[head..<(right.count - tail)]))
        return zip(old, new).prefix(head).map { .same($0, $1) } + middle
            + zip(old.suffix(tail), new.suffix(tail)).map { .same($0, $1) }
    }

    /// The heaviest chain of pairs that do not cross.
    private static func between(_ old: [Profile], _ new: [Profile]) -> [Pair] {
        let weights = old.map { left in new.map { left.likeness($0) } }
        var best = Array(repeating: Array(repeating: 0.0, count: new.count + 1), count: old.count + 1)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                best[i][j] = max(best[i + 1][j], best[i][j + 1], weights[i][j] + best[i + 1][j + 1])
            }
        }
        var (pairs, i, j) = ([Pair](), 0, 0)
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, weights[i][j] > 0, best[i][j] == weights[i][j] + best[i + 1][j + 1] {
                pairs.append(.same(old[i].node, new[j].node))
                (i, j) = (i + 1, j + 1)
            } else if i < old.count, j == new.count || best[i][j] == best[i + 1][j] {
                pairs.append(.removed(old[i].node))
                i += 1
            } else {
                pairs.append(.added(new[j].node))
                j += 1
            }
        }
        return pairs
    }
}

/// What an element is compared by: its words, and the pairs of neighbouring letters in them.
private struct Profile {
    let node: DraftNode
    private let words: String
    private let pairs: [UInt64: Int]
    private let total: Int

    init(_ node: DraftNode) {
        self.node = node
        words = node.all.map { $0.caption + $0.text + $0.rows.joined() }.joined()
        var (found, last) = ([UInt64: Int](), UInt32(0))
        for scalar in words.unicodeScalars.prefix(4000) {
            found[UInt64(last) << 32 | UInt64(scalar.value), default: 0] += 1
            last = scalar.value
        }
        (pairs, total) = (found, found.values.reduce(0, +))
    }

    func isSame(as other: Profile) -> Bool {
        node.kind == other.node.kind && node.number == other.node.number && node.label == other.node.label
            && words == other.words
    }

    /// Between 0 and 3: how much two elements share, and whether they have one number.
    func likeness(_ other: Profile) -> Double {
        let (old, new) = (node, other.node)
        guard old.kind == new.kind else { return 0 }
        if old.kind == .appendix || old.kind == .supplement {
            return old.label == new.label && old.caption == new.caption ? 3 : 0
        }
        if old.kind == .tableOfContents || old.kind == .preamble || old.kind == .table { return 2 }
        let sharing = share(other)
        let sameNumber = old.number == new.number ? 0.3 : 0
        let sameCaption = !old.caption.isEmpty && old.caption == new.caption ? 0.5 : 0
        guard sharing >= 0.5 || sharing + sameCaption >= 0.75 || sharing >= 0.25 && sameNumber > 0 else { return 0 }
        return sharing + sameNumber + sameCaption
    }

    /// The share of pairs that both have.
    private func share(_ other: Profile) -> Double {
        let all = total + other.total
        guard all > 0 else { return 1 }
        let (few, many) = pairs.count < other.pairs.count ? (pairs, other.pairs) : (other.pairs, pairs)
        let shared = few.reduce(0) { $0 + min($1.value, many[$1.key] ?? 0) }
        return 2 * Double(shared) / Double(all)
    }
}
