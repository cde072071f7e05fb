/// Reads a number with decimal places in the ways people write it.
package enum WrittenDecimal {
    /// Reads 33.5, ３３．５０, 1,200.25㎡ or 33, as so many of the last place: 3350 for 33.5 with two places. Nil for everything
    /// else, for more places than that, and beyond fifteen digits.
    /// - Parameter units: words that may stand after it.
    package static func read(_ text: String, places: Int, units: [String] = []) -> Int? {
        let narrow = Width.narrow(text).filter { !" 　".contains($0) }
        // A comma groups thousands; anywhere else it may be meant as a point, and is asked about again.
        let groups = narrow.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
        guard groups.allSatisfy({ $0.prefix(while: \.isNumber).count == 3 }) else { return nil }
        guard let point = narrow.firstIndex(of: ".") else {
            return WrittenNumber.read(text, units: units).flatMap { scaled($0, "", places, isNegative: $0 < 0) }
        }
        var rest = narrow[narrow.index(after: point)...]
        for unit in units.sorted(by: { $0.count > $1.count }) where rest.hasSuffix(Width.narrow(unit)) && rest != unit {
            rest.removeLast(Width.narrow(unit).count)
            break
        }
        guard !rest.isEmpty, rest.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let whole = narrow[..<point]
        guard let number = WrittenNumber.read(String(whole)) else { return nil }
        return scaled(number, rest, places, isNegative: whole.hasPrefix("-"))
    }

    /// The same as people read it: 33.50 for 3350 of two places.
    package static func text(_ number: Int, places: Int) -> String {
        let digits = String(abs(number))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = number < 0 ? "-" : ""
        return places == 0 ? sign + digits : "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
    }

    private static func scaled(_ whole: Int, _ fraction: Substring, _ places: Int, isNegative: Bool) -> Int? {
        guard fraction.count <= places else { return nil }
        let padded = fraction + String(repeating: "0", count: places - fraction.count)
        let power = (0..<places).reduce(1) { product, _ in product * 10 }
        let (product, isOver) = abs(whole).multipliedReportingOverflow(by: power)
        guard !isOver, product < 1_000_000_000_000_000 else { return nil }
        let total = product + (Int(padded) ?? 0)
        return isNegative ? -total : total
    }
}
