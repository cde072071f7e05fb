import Core
import Database
import Japanese
import Tabular

extension SystemStandards {
    /// What is typed for a source.
    struct TypedSource: Sendable {
        let part: String
        let way: String
        let address: String
        let tokenPlace: String
        let scope: String
        let region: String
        let user: String
        /// Empty: the one that is kept.
        let secret: String
        let often: String
    }

    /// 取りに行く先の保存: of a part that has one it takes the place.
    func keepSource(_ typed: TypedSource, of id: String, by officer: Officer, at moment: Moment) async throws {
        guard let way = PullSource.Way(rawValue: typed.way), let often = PullSource.Often(rawValue: typed.often) else {
            throw StandardsRefusal.unusable("方式と頻度を選んでください。")
        }
        for place in [typed.address] + (way == .file ? [] : [typed.tokenPlace]) {
            do throws(OutsideAddress.Refusal) { _ = try OutsideAddress(place, local: post.local) } catch {
                throw StandardsRefusal.unusable(error.words)
            }
        }
        if way == .file, OutsideFile.headers(for: typed.address, region: "x", user: "x", password: "x") == nil {
            throw StandardsRefusal.unusable("ファイルのアドレスは、https://サーバー/バケット/フォルダー/ファイル名 の形で、半角の英数字だけにしてください。")
        }
        guard (1...200).contains(typed.user.utf8.count), way != .file || !typed.region.isEmpty,
            [typed.user, typed.scope, typed.region, typed.secret].allSatisfy({ text in
                text.utf8.count <= 500 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            })
        else { throw StandardsRefusal.unusable("利用者のID（client_id かアクセスキー）と、ファイルなら地域（リージョン）を、半角で入力してください。") }
        let (extract, kept) = try await database.read { transaction in
            let extract = try requireExtract(id, officer, in: transaction)
            return (extract, try PullSource.list(of: extract.id, in: transaction).first { $0.part == typed.part })
        }
        guard officer.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
        guard try await currentSchema(of: extract).files.contains(where: { $0.id == typed.part }) else {
            throw StandardsRefusal.unusable("ファイルを選んでください。")
        }
        // A kept secret goes to no other place than the one it was typed for.
        let isSamePlace = kept.map { $0.address == typed.address && $0.tokenPlace == typed.tokenPlace } ?? false
        guard !typed.secret.isEmpty || isSamePlace else {
            throw StandardsRefusal.unusable("秘密（client_secret かシークレットキー）を入力してください。アドレスを変えたときも、もう一度要ります。")
        }
        try await save(typed, way, often, over: kept, of: extract, by: officer, at: moment)
    }

    private func save(
        _ typed: TypedSource, _ way: PullSource.Way, _ often: PullSource.Often, over kept: PullSource?,
        of extract: Extract, by officer: Officer, at moment: Moment
    ) async throws {
        let id = kept?.id ?? PullSource.ID()
        let name = "pull source \(id)"
        let key = if let key = try await vault.key(for: name) { key } else { try await vault.makeKey(for: name) }
        let place = SealingKey.Place("pull_source", id.text, "secret")
        let sealed = typed.secret.isEmpty ? nil : try key.seal(typed.secret, at: place)
        let revision = (kept?.revision ?? 0) + 1
        try await database.write { transaction in
            let secret = try sealed ?? transaction.row("SELECT secret FROM pull_source WHERE id = \(id)")?["secret"]
            try transaction.run("DELETE FROM pull_source WHERE id = \(id)")
            try transaction.run(
                """
                INSERT INTO pull_source (id, extract, part, way, address, token_place, scope, region, account, secret,
                    often, revision, officer)
                VALUES (\(id), \(extract.id), \(typed.part), \(way.rawValue), \(typed.address),
                    \(way == .file ? "" : typed.tokenPlace), \(typed.scope), \(way == .file ? typed.region : ""),
                    \(typed.user), \(secret ?? []), \(often.rawValue), \(revision), \(officer.id))
                """)
            if let next = often.next(after: moment) {
                try transaction.enqueue(Self.pull, ["source": id.text, "revision": String(revision)], at: next)
            }
            try transaction.record(
                Event(
                    "source.saved", subject: extract.id.text,
                    detail: ["part": typed.part, "way": way.rawValue, "often": often.rawValue]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// いま取りに行く.
    func pullNow(_ id: String, of extract: String, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            let extract = try requireExtract(extract, officer, in: transaction)
            guard officer.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
            guard let source = try PullSource.find(id, in: transaction), source.extract == extract.id else {
                throw StandardsRefusal.notFound
            }
            try transaction.enqueue(
                Self.pull, ["source": id, "revision": String(source.revision), "once": "yes"], at: moment)
            try transaction.run("UPDATE pull_source SET words = '取りに行っています' WHERE id = \(id)")
            try transaction.record(
                Event("source.asked", subject: extract.id.text, detail: ["part": source.part]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// やめる. Its secret is gone for good.
    func removeSource(_ id: String, of extract: String, by officer: Officer, at moment: Moment) async throws {
        let source = try await database.write { transaction -> PullSource? in
            let extract = try requireExtract(extract, officer, in: transaction)
            guard officer.may(.handleExtracts, in: extract.section) else { throw StandardsRefusal.notYours }
            guard let source = try PullSource.find(id, in: transaction), source.extract == extract.id else {
                transaction.keepHouse("it is gone already")
                return nil
            }
            try transaction.run("DELETE FROM pull_source WHERE id = \(id)")
            try transaction.record(
                Event("source.removed", subject: extract.id.text, detail: ["part": source.part]),
                by: .officer(officer.id), at: moment)
            return source
        }
        if let source { try await vault.shred(source.key) }
    }
}
