/// What a decoder found wrong with a document, in words for the person who wrote it.
package enum DocumentFault {
    package static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "読み取れません: \(error)" }
        switch error {
        case .keyNotFound(let key, let context): return "\(place(context))に「\(key.stringValue)」がありません"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return "\(place(context))を読み取れません: \(context.debugDescription)"
        @unknown default: return "読み取れません: \(error)"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let steps = context.codingPath.map { $0.intValue.map { "\($0 + 1)番目" } ?? $0.stringValue }
        return steps.isEmpty ? "いちばん外側" : steps.joined(separator: " の ")
    }
}
