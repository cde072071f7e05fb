import Core

/// 読み上げる言葉. What an officer says before a question: the form's own words, or the question as one asks it aloud.
enum Script {
    /// - Parameter row: whom it is asked about; nil outside groups.
    static func line(_ page: Form.Page, about row: Text?) -> String {
        let words = page.script?[.ja] ?? spoken(page.question[.ja])
        return (row.map { "\($0[.ja])について、" } ?? "") + words
    }

    /// A question as one asks it: 「選んでください」 is 「選んでいただけますか。」
    static func spoken(_ question: String) -> String {
        let text = question.last.map { "。？?！".contains($0) } == true ? String(question.dropLast()) : question
        for (end, polite) in [("ください", "いただけますか"), ("について", "について伺います")] where text.hasSuffix(end) {
            return text.dropLast(end.count) + polite + "。"
        }
        if ["か", "ます", "です", "ません"].contains(where: text.hasSuffix) { return text + "。" }
        return "「\(text)」について伺います。"
    }
}
