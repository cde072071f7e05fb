import Core
import Web
import HTML

/// 印刷された様式. The blank papers, each set once: a version of a form never changes.
actor PaperShelf {
    private var papers: [String: Task<Spool, any Error>] = [:]

    /// The paper of this name, set now if it was not before. One that could not be set is tried again the next time.
    func paper(_ name: String, _ body: @Sendable () -> HTML) async throws -> Spool {
        if let paper = papers[name] { return try await paper.value }
        let body = body()
        let paper = Task { try await Typesetter.pdf(name, body) }
        papers[name] = paper
        do {
            return try await paper.value
        } catch {
            papers[name] = nil
            throw error
        }
    }
}
