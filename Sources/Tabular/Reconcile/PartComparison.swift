import Japanese

/// The comparison of one part of both sides.
enum PartComparison {
    /// What it came to.
    struct Result: Sendable {
        var differences: [UInt8] = []
        /// Records whose key is on both sides.
        var both = 0
    }

    /// Compares the records of one part.
    static func compare(_ old: [UInt8], _ new: [UInt8], _ map: ReconcileMap) -> Result {
        var result = Result()
        let codes = map.fields.map {
            $0.codes?.reduce(into: [[UInt8]: [UInt8]]()) { $0[Array($1.key.utf8)] = Array($1.value.utf8) }
        }
        old.withUnsafeBufferPointer { old in
            new.withUnsafeBufferPointer { new in
                let (before, after) = (KeyedSpool.Sorted(old), KeyedSpool.Sorted(new))
                var (left, right) = (0, 0)
                while left < before.count || right < after.count {
                    let order =
                        left == before.count
                        ? 1 : right == after.count ? -1 : KeyedSpool.compare(before[left].key, after[right].key)
                    let leftEnd = order > 0 ? left : before.groupEnd(left)
                    let rightEnd = order < 0 ? right : after.groupEnd(right)
                    group(
                        ArraySlice(before[left..<leftEnd]), ArraySlice(after[right..<rightEnd]), map, codes, &result)
                    (left, right) = (leftEnd, rightEnd)
                }
            }
        }
        return result
    }

    /// Compares the records of one key.
    private static func group(
        _ old: ArraySlice<KeyedSpool.Record>, _ new: ArraySlice<KeyedSpool.Record>, _ map: ReconcileMap,
        _ codes: [[[UInt8]: [UInt8]]?], _ result: inout Result
    ) {
        func tell(_ cause: Difference.Cause, _ one: KeyedSpool.Record, oldRow: Int, newRow: Int) {
            tellWhole(cause, one, oldRow: oldRow, newRow: newRow, &result)
        }
        let (shadows, old) = (old.filter { $0.tag == 1 }, old.filter { $0.tag == 0 }[...])
        if let shadow = shadows.first, old.isEmpty {
            for record in new { tell(.split, record, oldRow: shadow.row, newRow: record.row) }
            return
        }
        for record in old where new.isEmpty { tell(.onlyOld, record, oldRow: record.row, newRow: 0) }
        for record in new where old.isEmpty { tell(.onlyNew, record, oldRow: 0, newRow: record.row) }
        guard let first = old.first, let last = new.first else { return }
        result.both += min(old.count, new.count)
        if old.count > new.count {
            for record in old.dropFirst(new.count) { tell(.merged, record, oldRow: record.row, newRow: last.row) }
        } else if new.count > old.count {
            for record in new.dropFirst(old.count) { tell(.split, record, oldRow: first.row, newRow: record.row) }
        }
        for (before, after) in zip(old, new) { compare(before, after, map, codes, &result) }
    }

    private static func compare(
        _ old: KeyedSpool.Record, _ new: KeyedSpool.Record, _ map: ReconcileMap, _ codes: [[[UInt8]: [UInt8]]?],
        _ result: inout Result
    ) {
        // Most records are the same byte for byte.
        if old.payload.isSame(as: new.payload), codes.allSatisfy({ $0 == nil }) { return }
        let (before, after) = (Fields.read(old.payload), Fields.read(new.payload))
        for (index, field) in map.fields.enumerated() {
            let (left, right) = (before[index + 1], after[index + 1])
            let cause: Difference.Cause?
            if let table = codes[index], left.count > 0 {
                cause =
                    table[Array(left)].map { expected in
                        expected.withUnsafeBufferPointer { Difference.cause($0, right, field) }
                    } ?? .unmapped
            } else {
                cause = Difference.cause(left, right, field)
            }
            guard let cause else { continue }
            keyWords(old).withBytes { key in
                DifferenceLog.write(
                    cause, field: index, group: before[0], key: key, old: left, new: right, oldRow: old.row,
                    newRow: new.row,
                    to: &result.differences)
            }
        }
    }

    private static func tellWhole(
        _ cause: Difference.Cause, _ record: KeyedSpool.Record, oldRow: Int, newRow: Int, _ result: inout Result
    ) {
        let empty = Bytes(start: nil, count: 0)
        let group = Fields.read(record.payload).first ?? empty
        keyWords(record).withBytes { key in
            DifferenceLog.write(
                cause, field: nil, group: group, key: key, old: empty, new: empty, oldRow: oldRow, newRow: newRow,
                to: &result.differences)
        }
    }

    private static func keyWords(_ record: KeyedSpool.Record) -> String {
        Fields.read(record.key).map(\.string).joined(separator: "/")
    }
}
