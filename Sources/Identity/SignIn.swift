package import Core
import Database
package import Web

extension Identity {
    /// サインイン. A session for the officer with this login name and password; nil if they do not fit. Both outcomes are in
    /// the trail.
    ///
    /// Throws a ``Refused`` of kind `tooMany` after too many wrong tries.
    package func signIn(
        login: String, password: String, client: String, at moment: Moment
    ) async throws -> Cookie? {
        // A try is counted before it is made, so that many at once are many.
        let place = "\(login) \(client)"
        try limits.places.take(place, at: moment)
        try limits.clients.take(client, at: moment)
        try limits.logins.take(login, at: moment)
        let known = try await database.read { try Credential.find(login: login, in: $0) }
        guard try await hasher.verify(password, against: known?.hash), let known else {
            // Who it was meant to be, if anybody: never what was typed.
            let subject = known?.officer.text ?? "unknown"
            try await database.write { transaction in
                try transaction.record(Event("officer.refused", subject: subject), by: .system, at: moment)
            }
            return nil
        }
        limits.places.giveBack(place)
        limits.clients.giveBack(client)
        limits.logins.giveBack(login)
        return try await database.write { transaction in
            let (_, cookie) = try Session.start(.officer(known.officer), at: moment, in: transaction)
            try transaction.record(
                Event("officer.signed-in", subject: known.officer.text), by: .officer(known.officer), at: moment)
            return cookie
        }
    }

    /// Gives an officer another password.
    package func setPassword(_ password: String, of login: String, by actor: Actor, at moment: Moment) async throws {
        guard password.count >= Credential.shortestPassword else { throw StaffRefusal.passwordTooShort }
        let hash = await hasher.hash(password)
        try await database.write { transaction in
            guard let officer = try Staff.byLogin(in: transaction)[login] else { throw StaffRefusal.unknown }
            try Credential.setPassword(hash: hash, of: officer.id, at: moment, in: transaction)
            try transaction.record(Event("officer.password", subject: officer.id.text), by: actor, at: moment)
        }
    }

    /// 職員の登録 with a password.
    package func add(
        login: String, name: String, memberships: [Membership], password: String, by actor: Actor, at moment: Moment
    ) async throws {
        guard password.count >= Credential.shortestPassword else { throw StaffRefusal.passwordTooShort }
        let hash = await hasher.hash(password)
        try await database.write { transaction in
            let id = try Staff.add(
                login: login, name: name, memberships: memberships, by: actor, at: moment, in: transaction)
            try Credential.setPassword(hash: hash, of: id, at: moment, in: transaction)
        }
    }
}
