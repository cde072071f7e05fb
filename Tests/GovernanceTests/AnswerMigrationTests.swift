import Core
import Database
import Platform
import TestKit
import Testing

@testable import Governance

@Suite("意見への考え方の移行")
struct AnswerMigrationTests {
    @Test("前の版で書いた考え方は、引用符も改行も残って文書になり、書いた人と時が残る", arguments: TestEngine.allCases)
    func answers(_ engine: TestEngine) async throws {
        try await engine.run { database in
            try await database.migrate(Array(Platform.migrations.prefix { $0.name != "governance/0007-answers" }))
            let (answered, open) = (Opinion.ID(), Opinion.ID())
            let day = Moment(milliseconds: 1_790_000_000_000)
            try await database.write { transaction in
                for (id, outcome) in [(answered, "taken"), (open, "")] {
                    try transaction.run(
                        """
                        INSERT INTO governance_opinion (id, consultation, clause, words, gist, answer, outcome, at)
                        VALUES (\(id), '2.0', '', \([UInt8(1)]), \("「\"窓口\"」を\\残す"), \("残します。\n2行め\t表"), \(outcome), \(day))
                        """)
                }
                try transaction.record(
                    Event("opinion.answered", subject: answered.text), by: .system, at: day.adding(seconds: 86_400))
            }
            try await database.migrate(Platform.migrations)
            let (opinions, versions) = try await database.read { transaction in
                (
                    try Opinion.list(of: "2.0", in: transaction),
                    try DocumentVersion.list("answer", answered.text, in: transaction)
                )
            }
            let answer = opinions.first { $0.id == answered }?.answer
            #expect(
                answer == OpinionAnswer(gist: "「\"窓口\"」を\\残す", words: "残します。\n2行め 表", outcome: .taken))
            #expect(opinions.first { $0.id == open }?.answer == nil && opinions.count == 2)
            #expect(versions.map(\.at) == [day.adding(seconds: 86_400)] && versions.map(\.actor) == [Actor.system.text])
        }
    }
}
