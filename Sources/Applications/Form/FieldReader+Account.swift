import Core
import Japanese
import Web

extension FieldReader {
    /// 口座. A number shorter than seven digits gets zeros in front, as banks print it; the holder's name becomes katakana.
    func account(_ field: Field) throws(Unfit) -> BankAccount {
        let controls = field.controls
        let (bank, branch) = (Spaces.collapse(text(controls[0])), Spaces.collapse(text(controls[1])))
        let digits = Width.narrow(text(controls[3])).filter { $0 != "-" && $0 != " " }
        let holder = Kana.katakana(text(controls[4]))
        var problems: [Problem] = []
        for (control, label) in zip(controls, FieldTexts.accountParts) where Spaces.isBlank(text(control)) {
            problems.append(Problem(control: control, words: FieldTexts.missing(label)))
        }
        let kind = BankAccount.Kind(rawValue: text(controls[2]))
        if !digits.isEmpty, !(4...7).contains(digits.count) || !digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
            problems.append(Problem(control: controls[3], words: FieldTexts.accountNumber))
        }
        if !holder.isEmpty, !BankAccount.isHolder(holder) {
            problems.append(Problem(control: controls[4], words: FieldTexts.kana(FieldTexts.accountParts[4])))
        }
        guard problems.isEmpty, let kind else { throw Unfit(problems) }
        return BankAccount(
            bank: bank, branch: branch, type: kind, number: String(repeating: "0", count: 7 - digits.count) + digits,
            holder: holder)
    }

    /// 場所. Words are always needed: a point alone says nothing on paper.
    func place(_ field: Field) throws(Unfit) -> Place {
        let controls = field.controls
        let words = Spaces.collapse(text(controls[0]))
        if words.isEmpty { throw Unfit(controls[0], FieldTexts.missing(FieldTexts.placeWords)) }
        if words.count > 200 { throw Unfit(controls[0], FieldTexts.tooLong(FieldTexts.placeWords, 200)) }
        let typed = text(controls[1])
        guard !typed.isEmpty else { return Place(words: Width.widenKana(Width.narrow(words)), point: nil) }
        guard let point = Place.Point(typed) else { throw Unfit(controls[1], FieldTexts.point) }
        return Place(words: Width.widenKana(Width.narrow(words)), point: point)
    }
}

extension BankAccount {
    /// Katakana, Latin capitals, digits and the signs that banks use in a name.
    static func isHolder(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            (0x30A1...0x30FE).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
                || (0x30...0x39).contains(scalar.value) || "　 ().,-/「」（）．".unicodeScalars.contains(scalar)
        }
    }
}

extension Place.Point {
    /// Reads `36.4394, 139.9097` in any width, and an address of a map that holds such a pair. Nil outside Japan.
    package init?(_ text: String) {
        let narrow = Width.narrow(text)
        guard let match = narrow.firstMatch(of: /([0-9]{2})\.([0-9]{3,})[^0-9]{1,3}([0-9]{3})\.([0-9]{3,})/),
            let north = Int(match.1), let east = Int(match.3)
        else { return nil }
        func millionths(_ digits: Substring) -> Int {
            Int(digits.prefix(6) + String(repeating: "0", count: max(0, 6 - digits.count))) ?? 0
        }
        latitude = north * 1_000_000 + millionths(match.2)
        longitude = east * 1_000_000 + millionths(match.4)
        guard (20_000_000...46_000_000).contains(latitude), (122_000_000...154_000_000).contains(longitude) else {
            return nil
        }
    }
}
