/// 対応づけ. Which element of the old text is which of the new one.
enum Alignment {
    enum Pair {
        case same(DraftNode, DraftNode)
        case removed(DraftNode)
        case added(DraftNode)
    }

    /// Elements of one level, in the order of the new text; what is removed stands where it stood.
    static func pairs(_ old: [DraftNode], _ new: [DraftNode]) -> [Pair] {
        let weights = old.map { left in new.map { likeness(left, $0) } }
        // The heaviest chain of pairs that do not cross.
        var best = Array(repeating: Array(repeating: 0.0, count: new.count + 1), count: old.count + 1)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                best[i][j] = max(best[i + 1][j], best[i][j + 1], weights[i][j] + best[i + 1][j + 1])
            }
        }
        var (pairs, i, j) = ([Pair](), 0, 0)
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, weights[i][j] > 0, best[i][j] == weights[i][j] + best[i + 1][j + 1] {
                pairs.append(.same(old[i], new[j]))
                (i, j) = (i + 1, j + 1)
            } else if i < old.count, j == new.count || best[i][j] == best[i + 1][j] {
                pairs.append(.removed(old[i]))
                i += 1
            } else {
                pairs.append(.added(new[j]))
                j += 1
            }
        }
        return pairs
    }

    /// Between 0 and 3: how much two elements share, and whether they have one number.
    private static func likeness(_ old: DraftNode, _ new: DraftNode) -> Double {
        guard old.kind == new.kind else { return 0 }
        if old.kind == .appendix || old.kind == .supplement {
            return old.label == new.label && old.caption == new.caption ? 3 : 0
        }
        if old.kind == .tableOfContents || old.kind == .preamble || old.kind == .table { return 2 }
        let (left, right) = (old.words, new.words)
        let sharing = TextDiff.likeness(left, right)
        let sameNumber = old.number == new.number ? 0.3 : 0
        let sameCaption = !old.caption.isEmpty && old.caption == new.caption ? 0.5 : 0
        guard sharing >= 0.5 || sharing + sameCaption >= 0.75 || sharing >= 0.25 && sameNumber > 0 else { return 0 }
        return sharing + sameNumber + sameCaption
    }
}

extension DraftNode {
    /// All it says, for comparison.
    fileprivate var words: String { all.map { $0.caption + $0.text + $0.rows.joined() }.joined() }
}

/// 文字のちがい.
enum TextDiff {
    /// A place where two texts differ: characters of the old one, and what stands there in the new one.
    struct Hunk: Equatable {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// The share of pairs of neighbouring characters that both have.
    static func likeness(_ left: String, _ right: String) -> Double {
        if left == right { return 1 }
        func pairs(_ text: String) -> [UInt64: Int] {
            var (found, last) = ([UInt64: Int](), UInt32(0))
            for scalar in text.unicodeScalars.prefix(4000) {
                found[UInt64(last) << 32 | UInt64(scalar.value), default: 0] += 1
                last = scalar.value
            }
            return found
        }
        let (a, b) = (pairs(left), pairs(right))
        let shared = a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) }
        let all = a.values.reduce(0, +) + b.values.reduce(0, +)
        return all == 0 ? 1 : 2 * Double(shared) / Double(all)
    }

    static func hunks(_ old: [Character], _ new: [Character]) -> [Hunk] {
        let changes = new.difference(from: old)
        var (removed, inserted) = (Set<Int>(), Set<Int>())
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var (hunks, i, j) = ([Hunk](), 0, 0)
        while i < old.count || j < new.count {
            let start = (i, j)
            while i < old.count, removed.contains(i) { i += 1 }
            while j < new.count, inserted.contains(j) { j += 1 }
            if (i, j) != start {
                hunks.append(Hunk(old: start.0..<i, new: start.1..<j))
            } else {
                (i, j) = (i + 1, j + 1)
            }
        }
        return merged(hunks)
    }

    /// Changes with a letter or two between them are one to the reader.
    private static func merged(_ hunks: [Hunk]) -> [Hunk] {
        hunks.reduce(into: []) { merged, hunk in
            if let last = merged.last, hunk.old.lowerBound - last.old.upperBound < 3 {
                merged[merged.count - 1] = Hunk(
                    old: last.old.lowerBound..<hunk.old.upperBound, new: last.new.lowerBound..<hunk.new.upperBound)
            } else {
                merged.append(hunk)
            }
        }
    }
}
