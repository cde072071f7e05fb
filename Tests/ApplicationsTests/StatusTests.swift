import Applications
import Testing

@Suite("申請の状態")
struct StatusTests {
    /// Every legal move; all others are refused.
    private static let moves: Set<[Case.Status]> = [
        [.draft, .submitted], [.submitted, .received], [.received, .reviewing], [.received, .returned],
        [.received, .approved], [.received, .rejected], [.reviewing, .returned], [.reviewing, .approved],
        [.reviewing, .rejected], [.returned, .reviewing], [.submitted, .withdrawn], [.received, .withdrawn],
        [.reviewing, .withdrawn], [.returned, .withdrawn], [.submitted, .inadmissible], [.received, .inadmissible],
        [.approved, .issued], [.approved, .completed], [.issued, .completed], [.approved, .reviewing],
        [.rejected, .reviewing], [.withdrawn, .reviewing], [.inadmissible, .reviewing], [.issued, .reviewing],
        [.completed, .reviewing],
    ]

    private static let over: Set<Case.Status> = [
        .approved, .rejected, .withdrawn, .inadmissible, .issued, .completed,
    ]

    @Test("許された移り方だけができる", arguments: Case.Status.allCases)
    func legalMoves(_ from: Case.Status) {
        for to in Case.Status.allCases {
            #expect(from.next.contains(to) == Self.moves.contains([from, to]), "\(from) → \(to)")
        }
    }

    @Test("決定した申請は、交付・完了と再審査のほかには動かない。書けるのは下書きと補正のあいだだけ")
    func ends() {
        for status in Case.Status.allCases {
            #expect(status.isDecided == Self.over.contains(status))
            #expect(!status.isDecided || status.next.allSatisfy { [.issued, .completed, .reviewing].contains($0) })
            #expect(status.isEditable == [.draft, .returned].contains(status))
        }
    }
}
