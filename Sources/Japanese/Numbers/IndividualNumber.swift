/// 個人番号 (My Number). Known here only to be found and refused: it is stored nowhere.
package enum IndividualNumber {
    /// True if somewhere in the text stand twelve digits, in any width, written together or in groups, that pass the
    /// check digit of an individual number. One in eleven other twelve-digit numbers passes too.
    ///
    /// Source: 番号法施行令第8条に基づく総務省令 (平成26年総務省令第85号) 第5条.
    package static func isFound(in text: String) -> Bool {
        var digits: [Int] = []
        var gap = 0
        // A hyphen or a single space may stand between groups of digits; anything else ends the number.
        for scalar in Width.narrow(text).unicodeScalars {
            if scalar.isDigit {
                digits.append(Int(scalar.value - 48))
                gap = 0
            } else if gap == 0, !digits.isEmpty, scalar == "-" || scalar == " " {
                gap = 1
            } else {
                if isIndividualNumber(digits) { return true }
                digits = []
                gap = 0
            }
        }
        return isIndividualNumber(digits)
    }

    private static func isIndividualNumber(_ digits: [Int]) -> Bool {
        guard digits.count == 12 else { return false }
        // The digits before the last, counted from the right, weigh 2 to 7 and then 2 to 6.
        var sum = 0
        for place in 1...11 {
            let weight = place <= 6 ? place + 1 : place - 5
            sum += digits[11 - place] * weight
        }
        let remainder = sum % 11
        return digits[11] == (remainder <= 1 ? 0 : 11 - remainder)
    }
}
