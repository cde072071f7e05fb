import Japanese
import Synchronization
import Tabular

/// 異体字の表, read once: it takes a moment, and changes only when somebody loads a table. A new one is seen after a restart.
final class VariantShelf: Sendable {
    private let held = Mutex<VariantTable?>(nil)

    func table(in data: String) throws -> VariantTable {
        if let table = held.withLock({ $0 }) { return table }
        let table = try VariantFolder.table(in: data)
        held.withLock { $0 = table }
        return table
    }
}
