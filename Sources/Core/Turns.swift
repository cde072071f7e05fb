/// 順番. So many at once; the others wait in the order they came.
package actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(_ free: Int) { self.free = free }

    /// Does something when its turn has come.
    package nonisolated func hold<T: Sendable>(_ work: () async throws -> T) async rethrows -> T {
        await take()
        do {
            let made = try await work()
            await giveBack()
            return made
        } catch {
            await giveBack()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
