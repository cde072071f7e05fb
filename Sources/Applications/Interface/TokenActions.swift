package import Core
package import Database
import Japanese
import Register

extension Applications {
    /// Who asks with which token.
    package var machines: MachineDirectory {
        let (database, vault) = (database, vault)
        return MachineDirectory { token, moment in
            guard token.hasPrefix(Self.tokenMark) else { return nil }
            let fingerprint = vault.fingerprint(of: token, for: Self.tokenPurpose)
            guard let found = try await database.read({ try MachineToken.find(fingerprint: fingerprint, in: $0) }),
                found.revokedAt == nil, moment.day <= found.expiresOn
            else { return nil }
            if found.lastUsedAt.map({ $0.adding(seconds: 60) <= moment }) ?? true {
                try await database.write { transaction in
                    transaction.keepHouse("a token is in use")
                    try transaction.run("UPDATE machine_token SET last_used_at = \(moment) WHERE id = \(found.id)")
                }
            }
            return found.machine
        }
    }

    /// The names of other systems by the ids that the trail has.
    package static func machineNames(in transaction: Transaction) throws -> [String: String] {
        try MachineToken.names(in: transaction)
    }

    private static let tokenMark = "origami_"
    private static let tokenPurpose = "machine token"

    /// What a token is asked for with.
    struct TokenWish: Sendable {
        let name: String
        let scopes: Set<Machine.Scope>
        let cards: [String]
        let expires: String
    }

    /// トークンの発行. Gives the token itself: it is shown once, and only its fingerprint is kept.
    func makeToken(_ wish: TokenWish, by officer: Officer, at moment: Moment) async throws -> String {
        let name = try Self.interfaceName(wish.name)
        if wish.scopes.isEmpty { throw InterfaceRefusal.noScopes }
        if wish.cards.isEmpty { throw InterfaceRefusal.noCards }
        let last = try? WrittenDate.day(wish.expires)
        guard let last, last >= moment.day, last <= moment.day.adding(days: MachineToken.longestLife) else {
            throw InterfaceRefusal.unusableDay
        }
        let secret = Self.tokenMark + Vault.randomSecret()
        let fingerprint = vault.fingerprint(of: secret, for: Self.tokenPurpose)
        try await database.write { transaction in
            let cards = try wish.cards.map { id in
                guard let card = try Card.find(id, in: transaction) else { throw InterfaceRefusal.noCards }
                return MachineToken.Agreement(card: card.id, section: card.section, officer: nil, at: nil)
            }
            let token = MachineToken(
                id: Machine.ID(), name: name, scopes: wish.scopes, madeBy: officer.id, madeAt: moment, expiresOn: last,
                revokedAt: nil, lastUsedAt: nil, cards: cards)
            try token.insert(fingerprint: fingerprint, in: transaction)
            try transaction.record(
                Event(
                    "token.made", subject: token.id.text,
                    detail: [
                        "scopes": wish.scopes.map(\.rawValue).sorted().joined(separator: ","),
                        "cards": wish.cards.sorted().joined(separator: ","), "expires": last.iso,
                    ]), by: .officer(officer.id), at: moment)
        }
        return secret
    }

    static func interfaceName(_ typed: String) throws -> String {
        let name = Spaces.trim(typed)
        guard (1...40).contains(name.count), !Unwanted.hasControls(name), !name.contains(where: \.isNewline) else {
            throw InterfaceRefusal.nameMissing
        }
        return name
    }

    /// 取消し. From now on the token opens nothing. Done once.
    func revokeToken(_ id: Machine.ID, by officer: Officer, at moment: Moment) async throws {
        try await database.write { transaction in
            guard let token = try MachineToken.find(id, in: transaction) else { throw InterfaceRefusal.notFound }
            guard token.revokedAt == nil else { return transaction.keepHouse("the same press again") }
            try transaction.run("UPDATE machine_token SET revoked_at = \(moment) WHERE id = \(id)")
            try transaction.record(Event("token.revoked", subject: id.text), by: .officer(officer.id), at: moment)
        }
    }

    /// 同意. The decider of a procedure's section lets a token ask about its applications, or does not any more.
    func agree(
        _ isAgreed: Bool, to id: Machine.ID, card: String, by officer: Officer, at moment: Moment
    ) async throws {
        try await database.write { transaction in
            guard let token = try MachineToken.find(id, in: transaction),
                let asked = token.cards.first(where: { $0.card == card }),
                officer.may(.decideCases, in: asked.section)
            else { throw InterfaceRefusal.notFound }
            guard (asked.officer != nil) != isAgreed else { return transaction.keepHouse("the same press again") }
            if isAgreed {
                guard token.madeBy != officer.id else { throw InterfaceRefusal.sameEyes }
                guard token.revokedAt == nil, moment.day <= token.expiresOn else { throw InterfaceRefusal.revoked }
            }
            let (by, at): (ID<Officer>?, Moment?) = isAgreed ? (officer.id, moment) : (nil, nil)
            try transaction.run(
                """
                UPDATE machine_token_card SET agreed_by = \(by), agreed_at = \(at) WHERE token = \(id) AND card = \(card)
                """)
            try transaction.record(
                Event(isAgreed ? "token.agreed" : "token.disagreed", subject: id.text, detail: ["card": card]),
                by: .officer(officer.id), at: moment)
        }
    }
}
