import Core
import Database
import OrdinanceText

/// The collection, read and judged, held in memory until a text changes. A thousand documents take a second or two, once.
actor OrdinanceShelf {
    private var held: (state: String, collection: OrdinanceCollection)?
    private var judge: Judge?

    /// The collection as it is now.
    func collection(_ database: Database) async throws -> OrdinanceCollection {
        let state = try await database.read { try KeptOrdinance.state(in: $0) }
        if let held, held.state == state { return held.collection }
        let (now, kept) = try await database.read { (try KeptOrdinance.state(in: $0), try KeptOrdinance.all(in: $0)) }
        // Somebody else may have asked for it at the same time.
        if let held, held.state == now { return held.collection }
        let judge = try judging()
        let collection = OrdinanceCollection(
            kept.map { ReviewedDocument(id: $0.id.text, $0.ordinance, judge: judge) })
        held = (now, collection)
        return collection
    }

    /// 代表的な七項目 and the recording media: what the overview counts.
    func mainCategories() throws -> [String] {
        try RulePack.shipped().first?.categories.map(\.name) ?? []
    }

    /// With the packs that come with the program.
    func judging() throws -> Judge {
        if let judge { return judge }
        let made = Judge(try RulePack.shipped())
        judge = made
        return made
    }
}
