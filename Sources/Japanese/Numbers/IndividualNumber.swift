/// 個人番号 (My Number). Known here only to be found and refused: it is stored nowhere.
package enum IndividualNumber {
    /// True if somewhere in the text stand twelve digits, in any width, written together or in groups, that pass the
    /// check digit of an individual number. One in eleven other twelve-digit numbers passes too.
    ///
    /// Source: 番号法施行令第8条に基づく総務省令 (平成26年総務省令第85号) 第5条.
    package static func isFound(in text: String) -> Bool {
        var groups: [[Int]] = [[]]
        var separators = 0
        // A hyphen, a space or a line end may stand between groups of digits, and what cannot be seen anywhere; anything
        // else ends the number.
        for scalar in Width.narrow(text.replacing("\r\n", with: "\n")).unicodeScalars
        where scalar.properties.generalCategory != .format {
            if scalar.isDigit {
                if separators == 1 { groups.append([]) }
                groups[groups.count - 1].append(Int(scalar.value - 48))
                separators = 0
            } else if separators == 0, scalar == "-" || scalar == " " || scalar == "\n" {
                separators = 1
            } else {
                if isFound(in: groups) { return true }
                (groups, separators) = ([[]], 0)
            }
        }
        return isFound(in: groups)
    }

    /// True if groups that follow one another make an individual number.
    private static func isFound(in groups: [[Int]]) -> Bool {
        groups.indices.contains { start in
            var digits: [Int] = []
            for group in groups[start...] where digits.count < 12 { digits += group }
            return isIndividualNumber(digits)
        }
    }

    private static func isIndividualNumber(_ digits: [Int]) -> Bool {
        digits.map { UInt8($0 + 48) }.withUnsafeBufferPointer(CheckDigit.isIndividualNumber)
    }
}
