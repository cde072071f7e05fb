import TestKit
import Testing

@Suite("添付書類の見直し")
struct PaperTests {
    @Test("求める書類は理由とともに、やめた書類は数とともに、だれにでも見える")
    func papers() async throws {
        try await TestTown.run { town in
            let visitor = town.visitor()
            let procedure = try await visitor.get("/procedures/child-allowance").text
            #expect(procedure.contains("口座が分かるものの写し") && procedure.contains("振込先のまちがいを防ぐため"))
            #expect(procedure.contains("いらなくなった書類") && procedure.contains("年金の加入を証明する書類"))
            let all = try await visitor.get("/papers").text
            #expect(all.contains("4種類の書類がいらなくなりました"))
        }
    }
}
