package import Core

/// 実際にかかった日数. How long applications of a procedure really took, from sending to decision.
package struct MeasuredDays: Sendable, Equatable {
    /// Half of them took so many days at most.
    package let median: Int
    /// Nine of ten took so many days at most.
    package let ninetieth: Int
    /// How many were decided in the time that was looked at.
    package let count: Int

    /// Fewer are not told: single cases could be known by them.
    package static let fewest = 10
    /// Days that are looked back.
    package static let window = 180

    package init(median: Int, ninetieth: Int, count: Int) {
        (self.median, self.ninetieth, self.count) = (median, ninetieth, count)
    }

    /// What a resident reads of it.
    package var words: Text {
        RegisterTexts.measured.with(String(median), String(ninetieth), String(count))
    }
}
