/// 番号. What an element is counted with: 8 and 2 for 第8条の2; the first is the number itself, each other one a 枝番.
package struct OrdinanceNumber: Sendable, Hashable, Codable, Comparable {
    package let parts: [Int]

    package init(_ parts: [Int]) { self.parts = parts }
    package init(_ number: Int) { parts = [number] }

    /// `8`, `8の2`.
    package var text: String { parts.map(String.init).joined(separator: "の") }

    package static func < (left: OrdinanceNumber, right: OrdinanceNumber) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }
}
