/// 繰り下げと繰り上げ. Says how elements that stay get other numbers, in an order in which no two ever have the same one.
enum Renumbering {
    private struct Move {
        let node: DraftNode
        let from, to: OrdinanceNumber
        var shift: Int? {
            from.parts.count == 1 && to.parts.count == 1 ? to.parts[0] - from.parts[0] : nil
        }
    }

    /// - Parameter name: an element with one of its numbers, as it is called.
    static func steps(_ pairs: [Alignment.Pair], _ name: (DraftNode, OrdinanceNumber?) -> String) -> [String] {
        let moves = pairs.compactMap { pair -> Move? in
            guard case .same(let old, let new) = pair, old.kind.word != nil, let from = old.number, let to = new.number,
                from != to
            else {
                return nil
            }
            return Move(node: old, from: from, to: to)
        }
        var steps: [String] = []
        for run in runs(moves) {
            guard let shift = run[0].shift, run.count > 2, let word = run[0].node.kind.word else {
                let ordered = (run[0].shift ?? 0) > 0 ? run.reversed() : run
                steps += ordered.map { "\(name($0.node, $0.from))を\(name($0.node, $0.to))とし" }
                continue
            }
            // The one at the end makes room, the others follow together.
            let leader = shift > 0 ? run[run.count - 1] : run[0]
            let rest = shift > 0 ? run.dropLast() : run.dropFirst()
            guard let first = rest.first, let last = rest.last else { continue }
            steps.append("\(name(leader.node, leader.from))を\(name(leader.node, leader.to))とし")
            let count = name(leader.node, OrdinanceNumber(abs(shift))).filter { !"第編章節款目条項号".contains($0) }
            steps.append(
                "\(name(first.node, first.from))から\(name(last.node, last.from))までを\(count)\(word)ずつ繰り\(shift > 0 ? "下" : "上")げ"
            )
        }
        return steps
    }

    /// Neighbours with the same shift; those that go down come from the end, those that go up from the beginning.
    private static func runs(_ moves: [Move]) -> [[Move]] {
        var runs: [[Move]] = []
        for move in moves {
            if let last = runs.last?.last, let shift = last.shift, shift == move.shift,
                last.node.kind == move.node.kind,
                move.from.parts[0] == last.from.parts[0] + 1
            {
                runs[runs.count - 1].append(move)
            } else {
                runs.append([move])
            }
        }
        return runs.filter { ($0[0].shift ?? 0) <= 0 } + runs.filter { ($0[0].shift ?? 0) > 0 }.reversed()
    }
}
