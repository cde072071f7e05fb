package import Browser

extension Tab {
    /// Goes from the procedure's page to the check page with mouse and keyboard. Looks at each page before it is left.
    package func fillIn(
        _ walk: Walk, at address: String, look: @Sendable (Tab) async throws -> Void
    ) async throws {
        try await open("\(address)/procedures/\(walk.card)")
        try await look(self)
        try await follow("form[action$='/apply'] button")
        for _ in 0..<60 {
            if try await path.hasSuffix("/check") { return }
            try await look(self)
            try await answer(walk)
            try await follow("main form button.primary")
        }
        throw TestFault("the form did not come to an end: \(try await path)")
    }

    /// Answers the question on the page.
    private func answer(_ walk: Walk) async throws {
        for (control, value) in walk.typed.sorted(by: { $0.key < $1.key }) {
            let named = "[name=\(Tab.quoted(control))]"
            guard try await has(named) else { continue }
            if try await has("input[type=radio]\(named), input[type=checkbox]\(named)") {
                try await press("input\(named)[value=\(Tab.quoted(value))]")
            } else if try await has("select\(named)") {
                try await choose(value, in: named)
            } else {
                try await type(value, into: named)
            }
        }
    }
}
