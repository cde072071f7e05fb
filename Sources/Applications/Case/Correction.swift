import Core

/// 補正. Which answers are to be corrected, where the desk named them; the rest stays as it was sent.
struct Correction: Sendable {
    let pins: [Pin]
    /// The way by what was sent.
    let sent: Journey

    /// True if the answer to this question may be changed: what is pinned, and what the correction itself opened.
    func allows(_ spot: Spot) -> Bool {
        if pins.contains(where: { $0.names(spot) }) { return true }
        guard let row = spot.row else {
            return !sent.isDone(spot.page) || !sent.pages.contains { $0.id == spot.page.id }
        }
        let before = sent.answers.rows(of: row.field.id).first { $0.id == row.row.id }
        return !spot.page.fields.contains { before?.answers[$0.id] != nil }
    }
}

extension Pin {
    /// True if this is the question it names; one that names a group names every row of it.
    fileprivate func names(_ spot: Spot) -> Bool {
        guard page == spot.row?.page.id ?? spot.page.id else { return false }
        guard let row else { return true }
        return spot.row?.row.id == row && spot.page.id == question
    }
}

extension OpenCase {
    /// What is to be corrected; nil where everything may be changed.
    var correction: Correction? {
        get throws {
            let pins = try pins
            return pins.isEmpty ? nil : Correction(pins: pins, sent: try submitted)
        }
    }
}
