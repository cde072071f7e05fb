import Core

extension Field {
    /// The answer as a person reads it: on the check page, at the desk.
    func spoken(_ value: FieldValue) -> Text {
        switch value {
        case .text(let text): Text(verbatim: text)
        case .name(let name): Text(verbatim: "\(name.text)（\(name.kana)）")
        case .date(let day): day.spoken
        case .address(let address): Text(verbatim: address.text)
        case .number(let number): Text(verbatim: String(number))
        case .agreed: Text("同意しました", easy: "はい", en: "Agreed")
        case .chosen(let values):
            options.filter { values.contains($0.value) }.map(\.label).joined()
        }
    }
}

extension [Text] {
    /// The texts in a row, as each language separates them.
    fileprivate func joined() -> Text {
        func row(_ language: Language, _ separator: String) -> String {
            map { $0.marked(language) }.joined(separator: separator)
        }
        return Text(row(.ja, "、"), easy: row(.easy, "、"), en: row(.en, ", "))
    }
}
