import Synchronization
import TestKit

/// What people do on a busy day: 60 % reading, 25 % answering, 10 % the desk, 5 % sending.
final class Mix: Sendable {
    private let contestant: Contestant
    /// People in the middle of a form, and the page they are on.
    private let applicants: [(Visitor, String)]
    /// Applications that are filled in and wait to be sent.
    private let ready: Mutex<[(Visitor, Visitor.Reply)]>

    /// How many are filled in before it begins; more than are sent.
    private static let prepared = 3000

    init(_ contestant: Contestant) async throws {
        self.contestant = contestant
        let measurement = Measurement(contestant)
        let filled = Mutex<[(Visitor, Visitor.Reply)]>([])
        try await atOnce(Self.prepared, 16) { index in
            let visitor = measurement.visitor(2_000_000 + index)
            let check = try await visitor.fillIn(.water)
            filled.withLock { $0.append((visitor, check)) }
        }
        let all = filled.withLock { $0 }
        ready = Mutex(all)
        var people: [(Visitor, String)] = []
        for index in 0..<32 {
            let visitor = measurement.visitor(3_000_000 + index)
            people.append((visitor, try await visitor.post("/procedures/water-start/apply").path))
        }
        applicants = people
    }

    /// The request of this number. True if it was answered as it should be.
    func one(_ number: Int) async throws -> Bool {
        let (applicant, question) = applicants[number % applicants.count]
        switch number % 20 {
        case 0:
            guard let (visitor, check) = ready.withLock({ $0.popLast() }) else { return false }
            return try await visitor.submitOnly(check) == 303
        case 1...5:
            return try await applicant.postOnly(question, ["who": number % 2 == 0 ? "person" : "company"]) == 303
        case 6, 7: return try await contestant.officer.get("/desk").status == 200
        case 8...13: return try await applicant.get(question).status == 200
        default: return try await applicant.get("/procedures/water-start").status == 200
        }
    }
}
