/// 番号の付けかえ. Which keys have become which.
package struct KeyMap: Sendable {
    /// The keys after of a key before, as they were given.
    private(set) var new: [[UInt8]: [[UInt8]]] = [:]
    /// By what it is known again.
    private(set) var stamp = ""

    package init() {}

    /// From the records of a file with the key before and the key after. A key with several keys after it was split, a key
    /// after with several before it was merged.
    package init(_ records: [CSV.Record]) {
        for record in records where record.fields.count >= 2 {
            new[Array(record.fields[0].utf8), default: []].append(Array(record.fields[1].utf8))
            stamp += "\n\(record.fields[0])>\(record.fields[1])"
        }
    }
}
