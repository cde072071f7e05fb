import Core
import Database
import Web

/// How an application is open to an officer.
enum DeskAccess: Sendable, Equatable {
    /// It is of a section whose applications the officer reads.
    case own
    /// 照会中: sections of the officer were asked about it.
    case consulted([String])
    /// 決裁中: it waits for the officer's section to agree.
    case deciding
}

extension Applications {
    /// How an application is open to an officer now. Throws ``CaseRefusal/notOnDesk`` where it is not.
    func access(_ id: Case.ID, _ officer: Officer, in transaction: Transaction) throws -> DeskAccess {
        let item = try Case.require(id, in: transaction).item
        guard item.status != .draft else { throw CaseRefusal.notOnDesk }
        if officer.may(.readCases, in: item.section) { return .own }
        if let waiting = try Proposal.open(of: id, in: transaction)?.waiting, officer.may(.decideCases, in: waiting) {
            return .deciding
        }
        let asked = try Consultation.sections(for: id, in: transaction).filter { officer.may(.readCases, in: $0) }
        guard !asked.isEmpty else { throw CaseRefusal.notOnDesk }
        return .consulted(asked)
    }

    /// The key of an application that is open to an officer in whatever way, to look at it.
    func lookingKey(_ id: Case.ID, _ officer: Officer) async throws -> (key: SealingKey, access: DeskAccess) {
        let access: DeskAccess = try await database.read { try self.access(id, officer, in: $0) }
        return (try await requireKey(id), access)
    }

    /// The key of an application that waits for the officer to agree.
    func decidingKey(_ id: Case.ID, _ officer: Officer) async throws -> SealingKey {
        let (key, access) = try await lookingKey(id, officer)
        if case .consulted = access { throw CaseRefusal.notOnDesk }
        return key
    }
}
