/// What a decoder found wrong with a document, in words for the person who wrote it.
package enum DocumentFault {
    package static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "読み取れません: \(error)" }
        switch error {
        case .keyNotFound(let key, let context): return "\(place(context))に「\(key.stringValue)」がありません"
        case .typeMismatch(let type, let context): return "\(place(context))の形がちがいます。ここには\(shape(type))を書いてください"
        case .valueNotFound(_, let context): return "\(place(context))が空です"
        case .dataCorrupted(let context):
            // Our own decoders say what to mend; a library's words are not for a clerk.
            let isOurs = context.debugDescription.unicodeScalars.contains { $0.value > 0x3000 }
            return "\(place(context))を読み取れません" + (isOurs ? ": \(context.debugDescription)" : "。値をお確かめください")
        @unknown default: return "読み取れません: \(error)"
        }
    }

    /// What a value of a type looks like in a document.
    private static func shape(_ type: any Any.Type) -> String {
        switch type {
        case is Int.Type: "整数"
        case is Bool.Type: "true か false"
        case is String.Type: "文字"
        default: "\(type)".hasPrefix("Array") || "\(type)".contains("Sequence") ? "「- 」で始まる行の並び" : "「項目: 値」の並び"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let steps = context.codingPath.map { $0.intValue.map { "\($0 + 1)番目" } ?? $0.stringValue }
        return steps.isEmpty ? "いちばん外側" : "「\(steps.joined(separator: " の "))」"
    }
}
