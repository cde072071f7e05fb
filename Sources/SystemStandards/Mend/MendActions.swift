import Core
import Database
import Japanese
import Tabular

extension SystemStandards {
    /// A value that was typed for a finding.
    struct TypedMend: Sendable {
        let file: String
        let row: Int
        let item: String
        let content: Mend.Content
    }

    /// 直しの保存. Keeps what was typed; a value that is what stands in the file takes a mend away.
    /// - Returns: how many values differ from the file now.
    @discardableResult
    func keepMends(
        _ typed: [TypedMend], of run: ExtractRun, key: SealingKey, by officer: Officer, at moment: Moment
    ) async throws -> Int {
        for mend in typed where !mend.content.new.isExactly(mend.content.old) {
            let (place, new) = ("\(mend.row)件目の「\(mend.item)」", mend.content.new)
            guard new.unicodeScalars.count <= Mend.longest, !Unwanted.hasControls(new) else {
                throw StandardsRefusal.unusable("\(place)は、制御文字を使わず、\(Mend.longest)文字までで入力してください。")
            }
            guard !IndividualNumber.isFound(in: new) else {
                throw StandardsRefusal.unusable("\(place)に、個人番号（マイナンバー）らしい12桁の数字があります。個人番号は書けません。")
            }
        }
        return try await database.write { transaction in
            guard let now = try ExtractRun.find(run.id.text, in: transaction), now.state == .done else {
                throw StandardsRefusal.notNow("この回は、もう直せません。新しい回を開いてください。")
            }
            let kept = Dictionary(
                try Mend.list(of: run.id, key: key, in: transaction).map { (Mend.Spot($0.file, $0.row, $0.item), $0) }
            ) { first, _ in first }
            var changed = 0
            for mend in typed {
                let before = kept[Mend.Spot(mend.file, mend.row, mend.item)]
                if mend.content.new.isExactly(mend.content.old) {
                    guard before != nil else { continue }
                    try Mend.remove(mend.file, mend.row, mend.item, of: run.id, in: transaction)
                } else {
                    if let before, before.content.new.isExactly(mend.content.new) { continue }
                    try Mend(
                        file: mend.file, row: mend.row, item: mend.item, content: mend.content, officer: officer.id,
                        at: moment
                    ).save(in: run.id, key: key, in: transaction)
                }
                changed += 1
            }
            guard changed > 0 else {
                transaction.keepHouse("nothing was typed that is not there already")
                return 0
            }
            try transaction.record(
                Event("extract.mended", subject: run.id.text, detail: ["count": String(changed)]),
                by: .officer(officer.id), at: moment)
            return changed
        }
    }

    /// 直したファイルで次の回を始める. Puts all mends into the files and has them checked again.
    func applyMends(to id: String, by officer: Officer, at moment: Moment) async throws -> ExtractRun.ID {
        let (run, extract) = try await database.read { try requireOwnRun(id, officer, in: $0) }
        let key = try await openKey(of: run)
        let mends = try await database.read { try Mend.list(of: run.id, key: key, in: $0) }
        guard !mends.isEmpty else { throw StandardsRefusal.notNow("まだ何も直していません。") }
        let byRow = Dictionary(grouping: mends, by: \.file).mapValues { Dictionary(grouping: $0, by: \.row) }
        return try await derive(from: run, of: extract, key, .mend, by: officer, at: moment) { file in
            guard let rows = byRow[file.part] else { return nil }
            return { row, _ in
                rows[row]?.map { .init(item: $0.item, old: $0.content.old, new: $0.content.new) } ?? []
            }
        }
    }

    typealias Edits = @Sendable (Int, (String) -> String?) -> [TableMend.Edit]

    /// Makes the files of a new run out of those of another one.
    /// - Parameter edits: what is mended in a file; nil for nothing.
    func derive(
        from run: ExtractRun, of extract: Extract, _ key: SealingKey, _ way: ExtractRun.Way, by officer: Officer,
        at moment: Moment, edits: (ExtractRun.File) -> Edits?
    ) async throws -> ExtractRun.ID {
        let id = ExtractRun.ID()
        var made: [(file: ExtractRun.File, content: Spool, changes: Spool?)] = []
        var changed = 0
        for file in run.files {
            let before = try await files.opened(file.parts, key: key)
            guard let edits = edits(file) else {
                made.append((file, before, nil))
                continue
            }
            let (after, changes, count) = try Self.mended(before, edits)
            changed += count
            made.append((file, after, changes))
        }
        guard changed > 0 else { throw StandardsRefusal.notNow("変わる値がありません。新しい回は作りませんでした。") }
        let schema = try await database.read { try ExtractRun.schema(of: run.id, in: $0) }
        let own = try await vault.makeKey(for: "extract \(id)")
        var (received, notes) = ([ExtractRun.File](), [ExtractRun.File]())
        for (file, content, changes) in made {
            received.append(
                .init(
                    part: file.part, name: file.name,
                    parts: try await files.keep(content, inPartsAs: "\(id) \(file.part)", key: own)))
            guard let changes else { continue }
            notes.append(
                .init(
                    part: file.part, name: file.name,
                    parts: try await files.keep(changes, inPartsAs: "\(id) \(file.part) changes", key: own)))
        }
        try await begin(
            id, of: extract, schema, received, way, base: run.id, changes: notes, changed: changed, by: officer.id,
            at: moment)
        return id
    }

    private static func mended(_ before: Spool, _ edits: Edits) throws -> (Spool, Spool, Int) {
        let (after, changes) = (try Spool(), try Spool())
        do {
            let count = try TableMend.run(
                TableFile(before.path), edits: edits, write: { try after.append($0) }, note: { try changes.append($0) })
            return (after, changes, count)
        } catch let trouble as TableMend.Trouble {
            throw StandardsRefusal.unusable(trouble.description)
        }
    }

    /// The key of a run whose values are still there.
    func openKey(of run: ExtractRun) async throws -> SealingKey {
        guard run.state == .done || run.state == .withdrawn, let key = try await vault.key(for: run.key) else {
            throw StandardsRefusal.notNow(run.state == .cleared ? "期限が過ぎたので、値は消してあります。" : "調べ終わるまでお待ちください。")
        }
        return key
    }
}
