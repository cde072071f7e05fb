import Register
import TestKit
import Testing

@Suite("少ない数の秘匿")
struct SuppressionTests {
    @Test("10に満たない数は示さず、引き算で分かるなら、ほかの数も示さない")
    func subtraction() {
        let table = Suppression([[30, 12], [40, 3], [50, 60]])
        #expect(table.shown(1, 1) == nil && table.shown(3, 2) == 195)
        // Neither from the row nor from the column.
        #expect(table.shown(1, 0) == nil || table.shown(1, 2) == nil)
        #expect([table.shown(0, 1), table.shown(2, 1), table.shown(3, 1)].contains(nil))
        #expect(table.shown(2, 2) == 110)
    }

    @Test("どの表でも、示した数から示さない数は求められず、示さない数の和が10に満たないとも分からない")
    func random() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<400 {
            let (rows, columns) = (Int.random(in: 1...7, using: &random), Int.random(in: 1...3, using: &random))
            let parts = (0..<rows).map { _ in
                (0..<columns).map { _ in random.element(of: [0, 1, 3, 9, 10, 11, 25, 60, 200]) }
            }
            let table = Suppression(parts)
            let hidden = (0...rows).flatMap { row in
                (0...columns).compactMap { table.shown(row, $0) == nil ? [row, $0] : nil }
            }
            for row in 0..<rows {
                for column in 0..<columns where parts[row][column] < 10 {
                    #expect(table.shown(row, column) == nil, "\(parts)")
                }
            }
            let equations = Equations(rows: rows, columns: columns, unknown: hidden)
            // Where nothing at all is shown there is nothing to work anything out from.
            if hidden.count < (rows + 1) * (columns + 1) {
                for place in hidden { #expect(!equations.determine(place), "\(parts) \(place)") }
            }
            for row in 0...rows where table.shown(row, columns) != nil {
                let out = (0..<columns).filter { table.shown(row, $0) == nil }
                let sum = out.reduce(0) { sum, column in
                    sum + (row < rows ? parts[row][column] : parts.reduce(0) { $0 + $1[column] })
                }
                #expect(out.isEmpty || sum >= 10, "\(parts)")
            }
        }
    }

    /// What somebody can work out who knows everything that is shown: the equations between hidden counts, reduced by
    /// Gauss and Jordan.
    struct Equations {
        private var lines: [[Double]] = []
        private let unknown: [[Int]]

        init(rows: Int, columns: Int, unknown: [[Int]]) {
            self.unknown = unknown
            for row in 0...rows {
                lines.append(unknown.map { $0[0] == row ? ($0[1] == columns ? -1 : 1) : 0 })
            }
            for column in 0...columns {
                lines.append(unknown.map { $0[1] == column ? ($0[0] == rows ? -1 : 1) : 0 })
            }
            var pivot = 0
            for column in unknown.indices {
                guard let found = lines[pivot...].firstIndex(where: { abs($0[column]) > 1e-9 }) else { continue }
                lines.swapAt(pivot, found)
                let scale = lines[pivot][column]
                lines[pivot] = lines[pivot].map { $0 / scale }
                for other in lines.indices where other != pivot {
                    let factor = lines[other][column]
                    for index in unknown.indices { lines[other][index] -= factor * lines[pivot][index] }
                }
                pivot += 1
                if pivot == lines.count { break }
            }
        }

        /// True if an equation holds this count alone.
        func determine(_ place: [Int]) -> Bool {
            guard let index = unknown.firstIndex(of: place) else { return false }
            return lines.contains { line in
                abs(line[index]) > 1e-9 && line.indices.allSatisfy { $0 == index || abs(line[$0]) < 1e-9 }
            }
        }
    }
}
