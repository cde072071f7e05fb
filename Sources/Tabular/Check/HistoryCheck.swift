import Japanese

/// Whether the records of one key follow one another from day to day, with exactly one that is current.
struct HistoryCheck {
    let history: FileSchema.History
    /// The places of the items of the first and the last day.
    let from: Int
    let until: Int

    private struct Span {
        let record: KeyedSpool.Record
        let first: Day
        /// Nil while it is current.
        let last: Day?
        let isCurrent: Bool
    }

    /// Tells what is wrong, with the item and the other row it is about. Records whose days cannot be read are left out: the
    /// check of values tells of them.
    func check(
        _ group: ArraySlice<KeyedSpool.Record>, _ tell: (FindingRule, KeyedSpool.Record, Int, Int) throws -> Void
    ) rethrows {
        let spans = group.compactMap(span).sorted { ($0.first, $0.record.row) < ($1.first, $1.record.row) }
        for span in spans {
            if let last = span.last, last < span.first { try tell(.historyOrder, span.record, until, 0) }
        }
        for (before, after) in zip(spans, spans.dropFirst()) {
            guard let last = before.last else {
                try tell(.historyOverlap, after.record, from, before.record.row)
                continue
            }
            if after.first <= last {
                try tell(.historyOverlap, after.record, from, before.record.row)
            } else if after.first > last.adding(days: 1) {
                try tell(.historyGap, after.record, from, before.record.row)
            }
        }
        let current = spans.filter(\.isCurrent)
        if current.count != 1, let last = spans.last {
            try tell(.historyCurrent, last.record, until, current.count > 1 ? current[0].record.row : 0)
        }
    }

    private func span(_ record: KeyedSpool.Record) -> Span? {
        let kept = record.kept
        guard kept.count >= 2, let first = (try? WrittenDate.read(kept[0]))?.day else { return nil }
        let last = kept[1].count == 0 ? nil : (try? WrittenDate.read(kept[1]))?.day
        if kept[1].count > 0, last == nil { return nil }
        let isCurrent: Bool
        if let current = history.current {
            isCurrent = kept.count > 2 && kept[2].elementsEqual(current.value.utf8)
        } else {
            isCurrent = last == nil
        }
        return Span(record: record, first: first, last: last, isCurrent: isCurrent)
    }
}
