import Core
import Database
import FoundationEssentials
import Japanese
import Tabular

extension SystemStandards {
    /// What is typed for a table.
    struct TypedSet: Sendable {
        let name: String
        let system: String
        let resource: String
        let section: String
        let repertoire: String
    }

    /// 表の登録.
    func makeSet(_ typed: TypedSet, by officer: Officer, at moment: Moment) async throws -> GatewaySet.ID {
        let name = Spaces.trim(typed.name)
        guard (1...60).contains(name.count), !Unwanted.hasControls(name) else { throw StandardsRefusal.nameMissing }
        for part in [typed.system, typed.resource] {
            let isPlain = part.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    || $0 == 0x5F
            }
            guard isPlain, (1...40).contains(part.utf8.count) else {
                throw StandardsRefusal.unusable("業務システムIDとリソース名は、半角の英数字・ハイフン・下線で、40文字までで入力してください。")
            }
        }
        guard officer.may(.handleExtracts, in: typed.section), town.sections.contains(where: { $0.id == typed.section })
        else { throw StandardsRefusal.noSection }
        guard Repertoire(rawValue: typed.repertoire) != nil else {
            throw StandardsRefusal.unusable("使える文字の範囲を選んでください。")
        }
        let id = GatewaySet.ID()
        try await database.write { transaction in
            guard try GatewaySet.find(system: typed.system, resource: typed.resource, in: transaction) == nil else {
                throw StandardsRefusal.unusable("「\(typed.system):\(typed.resource)」は、もう登録されています。")
            }
            try transaction.run(
                """
                INSERT INTO gateway_set (id, name, system, resource, section, repertoire, at)
                VALUES (\(id), \(name), \(typed.system), \(typed.resource), \(typed.section), \(typed.repertoire), \(moment))
                """)
            try transaction.record(
                Event("gateway.made", subject: id.text, detail: ["scope": "\(typed.system):\(typed.resource):read"]),
                by: .officer(officer.id), at: moment)
        }
        return id
    }

    /// A table for an officer of its section. Throws ``StandardsRefusal/notYours`` for anybody else.
    func requireSet(_ id: String, _ officer: Officer, in transaction: Transaction) throws -> GatewaySet {
        guard let set = try GatewaySet.find(id, in: transaction) else { throw StandardsRefusal.notFound }
        guard officer.may(.handleExtracts, in: set.section) else { throw StandardsRefusal.notYours }
        return set
    }

    /// 表の差しかえ. The next version of a table; nothing of it where a character is outside of what may be used.
    func publish(_ file: Spool, named name: String, as id: String, by officer: Officer, at moment: Moment) async throws
    {
        let set = try await database.read { try requireSet(id, officer, in: $0) }
        let table = try Self.table(file, named: name, set)
        let key =
            if let key = try await vault.key(for: set.key) { key } else { try await vault.makeKey(for: set.key) }
        let version = (set.content?.version ?? 0) + 1
        let parts = try await files.keep(table.content, inPartsAs: "\(set.key) \(ID<GatewaySet>())", key: key)
        let content = GatewaySet.Content(
            version: version, columns: table.columns, rows: table.rows, parts: parts, pages: table.pages, at: moment.iso
        )
        let isTaken = try await database.write { transaction in
            guard let now = try GatewaySet.find(id, in: transaction), now.content?.version ?? 0 == version - 1 else {
                transaction.keepHouse("somebody was before")
                return false
            }
            try transaction.run(
                "UPDATE gateway_set SET content = \(try KeptJSON.write(content)), at = \(moment) WHERE id = \(id)")
            try transaction.record(
                Event(
                    "gateway.published", subject: id,
                    detail: ["version": String(version), "rows": String(table.rows)]), by: .officer(officer.id),
                at: moment)
            return true
        }
        // The files that no version names any more are collected; whoever is pulling them ends first.
        guard isTaken else {
            for part in parts { try await files.delete(part) }
            throw StandardsRefusal.notNow("ほかの人が先に差しかえました。開き直して、いまの版を確かめてください。")
        }
    }

    private static func table(_ file: Spool, named name: String, _ set: GatewaySet) throws -> GatewayTable {
        do {
            if let column = IndividualNumbers.column(in: try TableFile(file.path)) {
                throw StandardsRefusal.individualNumbers(column)
            }
            return try GatewayTable(
                TableFile(file.path, named: name), within: Repertoire(rawValue: set.repertoire) ?? .unicode)
        } catch let trouble as any InputTrouble {
            throw StandardsRefusal.unusable(trouble.description)
        }
    }

    /// 受け取るシステムの登録. Gives its secret: it is shown once.
    func makeClient(
        named typed: String, sets: [String], until: String, by officer: Officer, at moment: Moment
    ) async throws -> (id: GatewayClient.ID, secret: String) {
        let name = Spaces.trim(typed)
        guard (1...60).contains(name.count), !Unwanted.hasControls(name) else { throw StandardsRefusal.nameMissing }
        guard let last = try? WrittenDate.day(until), last >= moment.day,
            last <= moment.day.adding(days: GatewayClient.longestLife)
        else { throw StandardsRefusal.unusable("期限は、今日から1年以内の日を、R9.3.31 か 2027-03-31 のように入力してください。") }
        guard !sets.isEmpty else { throw StandardsRefusal.unusable("受け取る表を、1つ以上選んでください。") }
        let id = GatewayClient.ID()
        let secret = Vault.randomSecret()
        let sealed = try await vault.makeKey(for: "gateway client \(id)").seal(secret, at: Self.secretPlace(id))
        try await database.write { transaction in
            try transaction.run(
                """
                INSERT INTO gateway_client (id, name, secret, expires_on, made_by, made_at)
                VALUES (\(id), \(name), \(sealed), \(last), \(officer.id), \(moment))
                """)
            for set in Set(sets) {
                guard try GatewaySet.find(set, in: transaction) != nil else { throw StandardsRefusal.notFound }
                try transaction.run("INSERT INTO gateway_grant (client, set_id) VALUES (\(id), \(set))")
            }
            try transaction.record(
                Event(
                    "gateway.client", subject: id.text,
                    detail: ["sets": sets.sorted().joined(separator: ","), "expires": last.iso]),
                by: .officer(officer.id), at: moment)
        }
        return (id, secret)
    }

    static func secretPlace(_ id: GatewayClient.ID) -> SealingKey.Place { .init("gateway_client", id.text, "secret") }

    /// 同意, or its end: by the decider of the table's section, who is not whoever made the client.
    func agree(
        _ isAgreed: Bool, client: String, set: String, by officer: Officer, at moment: Moment
    ) async throws {
        try await database.write { transaction in
            guard let found = try GatewayClient.find(client, in: transaction),
                let table = try GatewaySet.find(set, in: transaction),
                let grant = found.grants.first(where: { $0.set == table.id })
            else { throw StandardsRefusal.notFound }
            guard officer.may(.decideCases, in: table.section) else { throw StandardsRefusal.notYours }
            guard (grant.agreedBy != nil) != isAgreed else { return transaction.keepHouse("the same press again") }
            guard !isAgreed || found.madeBy != officer.id else {
                throw StandardsRefusal.notNow("同意は、登録した人とは別の決裁者が行います。")
            }
            guard !isAgreed || found.isValid(on: moment.day) else {
                throw StandardsRefusal.notNow("このシステムの登録は、取り消されたか、期限が切れています。")
            }
            let (by, at): (Core.ID<Officer>?, Moment?) = isAgreed ? (officer.id, moment) : (nil, nil)
            try transaction.run(
                """
                UPDATE gateway_grant SET agreed_by = \(by), agreed_at = \(at) WHERE client = \(found.id)
                    AND set_id = \(table.id)
                """)
            if !isAgreed { try transaction.run("DELETE FROM gateway_token WHERE client = \(found.id)") }
            try transaction.record(
                Event(isAgreed ? "gateway.agreed" : "gateway.disagreed", subject: found.id.text, detail: ["set": set]),
                by: .officer(officer.id), at: moment)
        }
    }

    /// 取消し. Its tokens end at once.
    func revokeClient(_ id: String, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard let client = try GatewayClient.find(id, in: transaction) else { throw StandardsRefusal.notFound }
            guard !client.isRevoked else { return transaction.keepHouse("the same press again") }
            try transaction.run("UPDATE gateway_client SET revoked_at = \(moment) WHERE id = \(id)")
            try transaction.run("DELETE FROM gateway_token WHERE client = \(id)")
            try transaction.record(Event("gateway.revoked", subject: id), by: .officer(officer.id), at: moment)
        }
    }
}
