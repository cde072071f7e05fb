import Synchronization

/// Whose turn it is, round and round.
final class Turn: Sendable {
    private let count = Atomic<UInt>(0)

    func take(of number: Int) -> Int {
        Int(count.wrappingAdd(1, ordering: .relaxed).newValue % UInt(number))
    }
}
