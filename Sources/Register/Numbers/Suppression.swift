/// 秘匿. Which counts of a public table are not shown: fewer than ten, and what else would tell them by subtraction.
///
/// The table is given without its margins; the margins are published with it. Nobody who knows all that is shown can work
/// out a count that is not, nor that some counts together are fewer than ten.
package struct Suppression: Sendable {
    /// Smaller counts are not shown.
    package static let fewest = 10

    /// The counts with a last row and a last column of sums.
    private let counts: [[Int]]
    private var isHidden: [[Bool]]

    /// - Parameter parts: rows of equal length.
    package init(_ parts: [[Int]]) {
        let rows = parts.map { $0 + [$0.reduce(0, +)] }
        let width = rows.first?.count ?? 1
        counts = rows + [(0..<width).map { column in rows.reduce(0) { $0 + $1[column] } }]
        isHidden = counts.map { $0.map { $0 < Self.fewest } }
        while hideGroups() || hideBridges() {}
    }

    /// A count, or nil where it is not shown. The row after the last one, and the column after the last one, are the sums.
    package func shown(_ row: Int, _ column: Int) -> Int? { isHidden[row][column] ? nil : counts[row][column] }

    private typealias Place = (row: Int, column: Int)

    /// The counts of a row or a column, and behind them their sum.
    private var lines: [[Place]] {
        let columns = counts.first?.indices ?? 0..<0
        return counts.indices.map { row in columns.map { (row, $0) } }
            + columns.map { column in counts.indices.map { ($0, column) } }
    }

    private func isShown(_ place: Place) -> Bool { !isHidden[place.row][place.column] }
    private func count(_ place: Place) -> Int { counts[place.row][place.column] }

    /// Hidden counts whose sum is known are at least ten together. True if something was hidden for that.
    private mutating func hideGroups() -> Bool {
        var isChanged = false
        for line in lines {
            guard let sum = line.last, isShown(sum) else { continue }
            let hidden = line.dropLast().filter { !isShown($0) }
            guard !hidden.isEmpty, hidden.reduce(0, { $0 + count($1) }) < Self.fewest else { continue }
            hide(smallest(of: line.dropLast()) ?? sum)
            isChanged = true
        }
        return isChanged
    }

    private func smallest(of line: some Sequence<Place>) -> Place? {
        line.filter(isShown).min { count($0) < count($1) }
    }

    private mutating func hide(_ place: Place) { isHidden[place.row][place.column] = true }

    /// A hidden count can be worked out exactly if it is a bridge of the graph whose nodes are rows and columns and whose
    /// edges are the hidden counts (Gusfield 1988). True if something was hidden for that.
    private mutating func hideBridges() -> Bool {
        let bridges = Bridges(of: isHidden).found
        for bridge in bridges {
            let row = counts[bridge.row].indices.map { (row: bridge.row, column: $0) }
            let column = counts.indices.map { (row: $0, column: bridge.column) }
            if let place = smallest(of: row.dropLast()) ?? smallest(of: column.dropLast()) ?? smallest(of: row)
                ?? smallest(of: column)
            {
                hide(place)
            }
        }
        // Where everything around is hidden there is nothing more to hide, and nothing to work it out from.
        return !bridges.isEmpty && bridges.contains { bridge in isAnythingShown(around: bridge) }
    }

    private func isAnythingShown(around place: Place) -> Bool {
        counts[place.row].indices.contains { isShown((place.row, $0)) }
            || counts.indices.contains { isShown(($0, place.column)) }
    }

    /// The bridges of a graph (Tarjan 1974).
    private struct Bridges {
        private(set) var found: [(row: Int, column: Int)] = []
        private let edges: [[Bool]]
        private var order: [Int]
        private var low: [Int]
        private var next = 1

        init(of edges: [[Bool]]) {
            self.edges = edges
            let count = edges.count + (edges.first?.count ?? 0)
            (order, low) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
            for node in 0..<count where order[node] == 0 { visit(node, from: nil) }
        }

        private func neighbours(_ node: Int) -> [Int] {
            if node < edges.count {
                return edges[node].indices.filter { edges[node][$0] }.map { edges.count + $0 }
            }
            return edges.indices.filter { edges[$0][node - edges.count] }
        }

        private mutating func visit(_ node: Int, from parent: Int?) {
            (order[node], low[node], next) = (next, next, next + 1)
            for other in neighbours(node) where other != parent {
                if order[other] == 0 {
                    visit(other, from: node)
                    low[node] = min(low[node], low[other])
                    if low[other] > order[node] {
                        let (row, column) = (min(node, other), max(node, other) - edges.count)
                        found.append((row, column))
                    }
                } else {
                    low[node] = min(low[node], order[other])
                }
            }
        }
    }
}
