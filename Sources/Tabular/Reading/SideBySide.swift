/// Work on several things at once whose results come in the order of the things.
enum SideBySide {
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Result
    ) async throws -> [Result] {
        if items.count == 1 { return [try work(items[0])] }
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            for (place, item) in items.enumerated() { group.addTask { (place, try work(item)) } }
            var results: [(Int, Result)] = []
            for try await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension TableFile {
    /// Works on the blocks of the file, so many at once, from one that was read already on, and gives what each came to in their
    /// order.
    /// - Parameter take: also takes how many bytes were read with it and all before.
    func forEach<Result: Sendable>(
        from first: Block?, atOnce width: Int, _ work: @escaping @Sendable (Block) -> Result,
        _ take: (Result, Int) throws -> Void
    ) async throws {
        var (waiting, read) = (first.map { [$0] } ?? [], 0)
        while !waiting.isEmpty {
            // One worker alone needs no blocks in wait, and no hand-over.
            while waiting.count < width * 2, width > 1, let block = next() { waiting.append(block) }
            for (block, result) in zip(waiting, try await SideBySide.map(waiting, work)) {
                read += block.bytes.count
                try take(result, read)
            }
            waiting = next().map { [$0] } ?? []
        }
    }
}
