package import Browser
import FoundationEssentials

/// axe-core (Deque), which knows the success criteria of WCAG that a program can judge.
package enum Axe {
    /// Where the set-up puts it.
    private static let path = Repository.root + "/.build/axe/axe.min.js"

    /// What breaks WCAG 2.2 A or AA on the page. Empty for a good one.
    package static func violations(on tab: Tab) async throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TestFault("axe-core is not at \(path)")
        }
        let script =
            String(decoding: data, as: UTF8.self)
                + """
                ; axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(result =>
                  result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 200)}`)))
                """
        // A page that renews itself meanwhile is looked at again.
        for _ in 0..<2 {
            if let found = try? await tab.evaluate(script).array { return found.compactMap(\.string) }
        }
        return (try await tab.evaluate(script).array ?? []).compactMap(\.string)
    }
}
