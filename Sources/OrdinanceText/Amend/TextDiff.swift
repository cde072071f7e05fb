/// 文字のちがい.
enum TextDiff {
    /// A place where two texts differ: characters of the old one, and what stands there in the new one.
    struct Hunk: Equatable {
        var old: Range<Int>
        var new: Range<Int>
    }

    static func hunks(_ old: [Character], _ new: [Character]) -> [Hunk] {
        // The difference of the standard library takes the product of both where all differs; what is the same at the ends is cut off.
        let head = zip(old, new).prefix { $0 == $1 }.count
        let most = min(old.count, new.count) - head
        let tail = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.prefix(most).count
        let (left, right) = (old[head..<(old.count - tail)], new[head..<(new.count - tail)])
        // Beyond this it is one change.
        if left.count * right.count > 4_000_000 {
            return [Hunk(old: head..<(old.count - tail), new: head..<(new.count - tail))]
        }
        var (removed, inserted) = (Set<Int>(), Set<Int>())
        for change in Array(right).difference(from: Array(left)) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset + head)
            case .insert(let offset, _, _): inserted.insert(offset + head)
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
