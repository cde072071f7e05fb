import Core
import Japanese
import Web

/// Reads what was typed into a field. Accepts what people write, and says what to mend where it cannot.
struct FieldReader {
    let posted: Posted
    /// The day it is, and the days on which the office works.
    let today: Day
    let businessDays: BusinessDays

    /// What is wrong with a control, in words that say how to mend it.
    struct Problem: Sendable {
        let control: String
        let words: Text
    }

    /// What a field brought: an answer, nothing where it may be empty, or problems.
    enum Outcome {
        case answer(GivenAnswer)
        case nothing
        case problems([Problem])
    }

    func read(_ field: Field) -> Outcome {
        guard !field.controls.isEmpty else { return .nothing }
        let typed = typed(field)
        // An era is chosen beforehand: it says nothing by itself.
        let isEmpty = field.writtenControls.allSatisfy { (typed[$0] ?? []).allSatisfy(Spaces.isBlank) }
        if isEmpty {
            guard field.isRequired else { return .nothing }
            return .problems(missing(field))
        }
        for (control, values) in typed.sorted(by: { $0.key < $1.key }) {
            for value in values {
                if let words = unwanted(value, in: field) {
                    return .problems([Problem(control: control, words: words)])
                }
            }
        }
        do {
            return .answer(GivenAnswer(typed: typed, value: try value(of: field)))
        } catch {
            return .problems(error.problems)
        }
    }

    /// What stands in the controls of a field. A control has one value; of several choices, those that the form offers.
    func typed(_ field: Field) -> [String: [String]] {
        if case .choices(let options) = field.kind {
            return [field.id: options.map(\.value).filter(posted.all(field.id).contains)]
        }
        return field.controls.reduce(into: [:]) { $0[$1] = posted[$1].map { [$0] } }
    }

    /// Thrown where something has to be mended.
    struct Unfit: Error {
        let problems: [Problem]
        init(_ problems: [Problem]) { self.problems = problems }
        init(_ control: String, _ words: Text) { problems = [Problem(control: control, words: words)] }
    }

    /// What is said of a field that was left empty: of each of its boxes, where it has several.
    private func missing(_ field: Field) -> [Problem] {
        switch field.kind {
        case .name:
            zip(field.controls, FieldTexts.nameParts).map { Problem(control: $0, words: FieldTexts.missing($1)) }
        case .address:
            zip(field.controls, [FieldTexts.postcodeLabel, FieldTexts.street]).map {
                Problem(control: $0, words: FieldTexts.missing($1))
            }
        case .account:
            zip(field.controls, FieldTexts.accountParts).map { Problem(control: $0, words: FieldTexts.missing($1)) }
        default: [Problem(control: field.writtenControls[0], words: FieldTexts.missing(field))]
        }
    }

    /// What no field takes, whatever its kind.
    private func unwanted(_ value: String, in field: Field) -> Text? {
        let limit = field.longest
        if value.unicodeScalars.count > limit * 2 + 100 { return FieldTexts.tooLong(field, limit) }
        if Unwanted.hasControls(value) { return FieldTexts.controls(field) }
        if Unwanted.hasEmoji(value) { return FieldTexts.emoji(field) }
        // A number of another fixed length is judged by that.
        if case .digits = field.kind { return nil }
        if IndividualNumber.isFound(in: value) { return FieldTexts.individualNumber }
        return nil
    }

    func text(_ control: String) -> String { Spaces.trim(posted[control] ?? "") }

    private func value(of field: Field) throws(Unfit) -> FieldValue {
        let text = text(field.id)
        switch field.kind {
        case .name: return .name(try name(field))
        case .date(let rule): return try date(field, rule)
        case .address: return .address(try address(field))
        case .text(let maximum), .passage(let maximum):
            guard text.count <= maximum else { throw Unfit(field.id, FieldTexts.tooLong(field, maximum)) }
            return .text(text.replacing("\r\n", with: "\n"))
        case .telephone:
            guard let telephone = Telephone(text) else { throw Unfit(field.id, FieldTexts.telephone) }
            return .text(telephone.grouped)
        case .mail:
            let address = Width.narrow(text)
            guard MailAddress(address) != nil else { throw Unfit(field.id, FieldTexts.mail) }
            return .text(address)
        case .digits(let count):
            let digits = Width.narrow(text).filter { $0 != "-" && $0 != " " }
            guard digits.count == count, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw Unfit(field.id, FieldTexts.digits(field, count))
            }
            return .text(digits)
        case .decimal(let range, let places, let unit):
            let units = unit?.wordings ?? []
            guard let number = WrittenDecimal.read(text, places: places, units: units),
                case let power = (0..<places).reduce(1, { product, _ in product * 10 }),
                (range.lowerBound * power...range.upperBound * power).contains(number)
            else { throw Unfit(field.id, FieldTexts.decimal(field, range, places)) }
            return .decimal(number, places: places)
        case .number(let range, let unit):
            let units = unit?.wordings ?? []
            guard let number = WrittenNumber.read(text, units: units), range.contains(number) else {
                throw Unfit(field.id, FieldTexts.number(field, range))
            }
            return .number(number)
        case .money(let range):
            guard let number = WrittenNumber.read(text), range.contains(number) else {
                throw Unfit(field.id, FieldTexts.money(field, range))
            }
            return .number(number)
        case .choice, .choices, .yesNo:
            let chosen = field.options.map(\.value).filter((typed(field)[field.id] ?? []).contains)
            if chosen.isEmpty { throw Unfit(field.id, FieldTexts.missing(field)) }
            if case .choices = field.kind { return .chosen(chosen) }
            guard chosen.count == 1 else { throw Unfit(field.id, FieldTexts.missing(field)) }
            return .chosen(chosen)
        case .consent:
            guard text == "yes" else { throw Unfit(field.id, FieldTexts.missing(field)) }
            return .agreed
        case .account: return .account(try account(field))
        case .place: return .place(try place(field))
        case .attachment, .rows, .computed, .information: throw Unfit(field.id, FieldTexts.missing(field))
        }
    }

    private func name(_ field: Field) throws(Unfit) -> PersonName {
        let controls = field.controls
        var problems: [Problem] = []
        for (control, label) in zip(controls, FieldTexts.nameParts) {
            if Spaces.isBlank(text(control)) {
                problems.append(Problem(control: control, words: FieldTexts.missing(label)))
            }
            if text(control).count > 50 {
                problems.append(Problem(control: control, words: FieldTexts.tooLong(label, 50)))
            }
        }
        let kana = controls[2...].map { Kana.katakana(text($0)) }
        for (control, (kana, label)) in zip(controls[2...], zip(kana, FieldTexts.nameParts[2...]))
        where !kana.isEmpty && !Kana.isKatakana(kana) {
            problems.append(Problem(control: control, words: FieldTexts.kana(label)))
        }
        if !problems.isEmpty { throw Unfit(problems) }
        return PersonName(
            family: Spaces.collapse(text(controls[0])), given: Spaces.collapse(text(controls[1])),
            familyKana: kana[0], givenKana: kana[1])
    }

    private func address(_ field: Field) throws(Unfit) -> Address {
        let controls = field.controls
        var problems: [Problem] = []
        let postcode = Postcode(text(controls[0]))
        if postcode == nil { problems.append(Problem(control: controls[0], words: FieldTexts.postcode)) }
        if Spaces.isBlank(text(controls[1])) {
            problems.append(Problem(control: controls[1], words: FieldTexts.missing(FieldTexts.street)))
        }
        for (control, label) in [(controls[1], FieldTexts.street), (controls[2], FieldTexts.building)]
        where text(control).count > 100 {
            problems.append(Problem(control: control, words: FieldTexts.tooLong(label, 100)))
        }
        guard problems.isEmpty, let postcode else { throw Unfit(problems) }
        return Address(
            postcode: postcode.digits, street: Width.widenKana(Width.narrow(text(controls[1]))),
            building: Width.widenKana(Width.narrow(text(controls[2]))))
    }
}
