import Core
import Japanese

extension Field {
    /// The answer as a person reads it: on the check page, at the desk.
    func spoken(_ value: FieldValue) -> Text {
        switch value {
        case .text(let text): Text(verbatim: text)
        case .name(let name): Text(verbatim: "\(name.text)（\(name.kana)）")
        case .date(let day): day.spoken
        case .address(let address): Text(verbatim: address.text)
        case .partialDate(let date):
            Text("\(date.wareki)（\(date.seireki)）", easy: "\(date.wareki)（\(date.seireki)）", en: date.iso)
        case .number(let number): spoken(number)
        case .decimal(let number, let places): spoken(WrittenDecimal.text(number, places: places))
        case .account(let account):
            [
                Text(verbatim: "\(account.bank)　\(account.branch)"), FieldTexts.name(of: account.type),
                Text(verbatim: "\(account.number)　\(account.holder)"),
            ].joined("　", en: " ")
        case .place(let place):
            Text(verbatim: place.words + (place.point.map { "（\($0.text)）" } ?? ""))
        case .files(let files): Text(verbatim: files.map { "\($0.name)（\($0.readableSize)）" }.joined(separator: "、"))
        case .substituted(let way): AttachmentTexts.name(of: way)
        case .rows(let rows): Text(verbatim: String(rows.count))
        case .agreed: Text("同意しました", easy: "はい", en: "Agreed")
        case .chosen(let values):
            options.filter { values.contains($0.value) }.map(\.label).joined("、", en: ", ")
        }
    }
}

extension Field {
    /// A number with decimal places and its unit: 33.5㎡.
    private func spoken(_ decimal: String) -> Text {
        guard case .decimal(_, _, let unit?) = kind else { return Text(verbatim: decimal) }
        return [Text(verbatim: decimal), unit].joined("", en: " ")
    }

    /// A number with what it counts: 1,200円, 3人.
    private func spoken(_ number: Int) -> Text {
        switch kind {
        case .money: Yen.spoken(number)
        case .number(_, let unit?), .computed(_, let unit?):
            [Text(verbatim: number.grouped), unit].joined("", en: " ")
        case .computed: Text(verbatim: number.grouped)
        default: Text(verbatim: String(number))
        }
    }
}
