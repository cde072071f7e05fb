/// 町字の表. Municipalities and their towns, as they are looked for.
package struct AddressTable: Sendable {
    /// 市区町村.
    package struct Municipality: Sendable, Hashable {
        /// 全国地方公共団体コード with its check digit.
        package let code: String
        package let prefecture: String
        /// 郡; empty without one.
        package let county: String
        /// 上三川町, 札幌市北区.
        package let name: String

        /// With its 郡: 河内郡上三川町.
        package var fullName: String { county + name }
    }

    /// 町字 without 丁目.
    package struct Town: Sendable {
        /// 大字中野, 奈佐原.
        package internal(set) var name: String
        /// The 丁目 that are known; empty if none are.
        package internal(set) var chomes: Set<Int> = []
        /// 丁目, or 丁 as in 堺市.
        package internal(set) var unit = "丁目"
        /// True if it stands in the tables without a 丁目, too.
        package internal(set) var isWhole = false
        /// Whether it is parted into 丁目 at all; nil where no table says.
        package internal(set) var hasChome: Bool?
        package internal(set) var postcodes: Set<String> = []
        /// Its name as it is looked for.
        let key: [UInt32]
        /// The place of its municipality.
        let municipality: Int
    }

    private(set) var municipalities: [Municipality] = []
    /// For each municipality whether any of its towns is known.
    private(set) var hasTowns: [Bool] = []
    private(set) var towns: [Town] = []
    /// The places in ``municipalities`` by the hash of the names they are written with.
    private var byName: [UInt64: [Int]] = [:]
    /// The places in ``towns`` by the hash of municipality and key.
    private var byKey: [UInt64: Int] = [:]
    /// The same for names in which one 町 is left out; −1 where that may be several.
    private var bySpelling: [UInt64: Int] = [:]
    /// How long the longest name of a municipality is.
    private(set) var longestName = 0

    /// Only the municipalities that the program carries.
    package init() {
        for line in Self.carried { add(municipality: line.code, line.prefecture, "", line.name) }
    }

    private static let carried: [(code: String, prefecture: String, name: String)] = {
        let text = String(decoding: PackageResources.municipalities_csv, as: UTF8.self)
        return text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return (fields[0], fields[1], fields[2])
        }
    }()

    /// The 47 prefectures.
    static let prefectures: [String] = carried.reduce(into: []) { list, line in
        if list.last != line.prefecture { list.append(line.prefecture) }
    }

    @discardableResult
    private mutating func add(municipality code: String, _ prefecture: String, _ county: String, _ name: String) -> Int
    {
        municipalities.append(Municipality(code: code, prefecture: prefecture, county: county, name: name))
        hasTowns.append(false)
        let place = municipalities.count - 1
        index(place, name)
        if !county.isEmpty { index(place, county + name) }
        // 札幌市北区 is written as 北区 as well.
        if name.hasSuffix("区"), let city = name.firstIndex(of: "市") {
            index(place, String(name[name.index(after: city)...]))
        }
        return place
    }

    private mutating func index(_ place: Int, _ name: String) {
        let folded = FoldedText(name).scalars
        let hash = Self.hash(folded[...], from: Self.names)
        if byName[hash]?.contains(place) != true { byName[hash, default: []].append(place) }
        longestName = max(longestName, folded.count)
    }

    // MARK: - Looking for

    /// Where the hash of the name of a municipality begins.
    static let names: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Where the hash of the town of a municipality begins.
    @inline(__always)
    static func towns(of place: Int) -> UInt64 { next(0x9E37_79B9_7F4A_7C15, UInt32(truncatingIfNeeded: place)) }

    /// The hash with one more character.
    @inline(__always)
    static func next(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
        let mixed = (hash ^ UInt64(scalar)) &* 0x100_0000_01B3
        return mixed ^ mixed >> 29
    }

    private static func hash(_ scalars: ArraySlice<UInt32>, from begin: UInt64) -> UInt64 {
        scalars.reduce(begin) { next($0, $1) }
    }

    /// The municipalities of a name.
    func municipalities(named hash: UInt64) -> [Int] { byName[hash] ?? [] }

    /// The town with this key, by its hash.
    @inline(__always)
    func town(_ hash: UInt64, _ key: ArraySlice<UInt32>) -> Int? {
        guard let place = byKey[hash], towns[place].key.elementsEqual(key) else { return nil }
        return place
    }

    /// The one town that is written so with a 町 left out.
    func spelling(_ hash: UInt64) -> Int? { bySpelling[hash].flatMap { $0 < 0 ? nil : $0 } }

    // MARK: - Filling

    private var places: [String: Int] = [:]

    /// A town as a published table has it.
    package struct Line: Sendable, Equatable {
        /// Of the municipality, with or without the check digit.
        package let code: String
        package let prefecture: String
        /// Empty where the table does not say.
        package let county: String
        package let municipality: String
        /// Empty for the municipality alone.
        package let town: String
        /// The number of the 丁目; nil without one.
        package let chome: Int?
        /// 丁目, or 丁.
        package let unit: String
        /// Whether the town is parted into 丁目; nil where the table does not say.
        package let hasChome: Bool?
        package let postcode: String?
        /// True if the municipality is named as it was before: 旧市町村名, under the code it belongs to today.
        package let isOldName: Bool

        package init(
            code: String, prefecture: String, county: String, municipality: String, town: String, chome: Int?,
            unit: String = "丁目", hasChome: Bool? = nil, postcode: String?, isOldName: Bool = false
        ) {
            self.isOldName = isOldName
            (self.code, self.prefecture, self.county) = (code, prefecture, county)
            (self.municipality, self.town, self.chome, self.unit) = (municipality, town, chome, unit)
            (self.hasChome, self.postcode) = (hasChome, postcode)
        }
    }

    /// Adds a town.
    package mutating func add(_ line: Line) {
        let place = place(of: line)
        if line.isOldName { return index(place, line.county + line.municipality) }
        if !line.county.isEmpty, municipalities[place].county.isEmpty {
            let old = municipalities[place]
            municipalities[place] = Municipality(
                code: old.code, prefecture: old.prefecture, county: line.county, name: old.name)
            index(place, municipalities[place].fullName)
        }
        let key = Self.key(line.town)
        guard !key.isEmpty else { return }
        hasTowns[place] = true
        let hash = Self.hash(key[...], from: Self.towns(of: place))
        let entry = byKey[hash] ?? towns.count
        if entry == towns.count {
            towns.append(Town(name: line.town, key: key, municipality: place))
            byKey[hash] = entry
        }
        if key.count < line.town.unicodeScalars.count, line.town.hasPrefix("大字"), !towns[entry].name.hasPrefix("大字") {
            towns[entry].name = line.town
        }
        if let chome = line.chome {
            towns[entry].chomes.insert(chome)
            towns[entry].unit = line.unit
        } else {
            towns[entry].isWhole = true
        }
        if let hasChome = line.hasChome { towns[entry].hasChome = hasChome || towns[entry].hasChome == true }
        if let postcode = line.postcode { towns[entry].postcodes.insert(postcode) }
    }

    private mutating func place(of line: Line) -> Int {
        if places.isEmpty {
            for (place, item) in municipalities.enumerated() { places[String(item.code.prefix(5))] = place }
        }
        let five = String(line.code.prefix(5))
        if let known = places[five] { return known }
        let place = add(municipality: line.code, line.prefecture, line.county, line.municipality)
        places[five] = place
        return place
    }

    /// Finds other spellings once all towns are there: with one 町 left out, where that is no town of its own and says only one.
    package mutating func finish() {
        bySpelling = [:]
        for (place, town) in towns.enumerated() {
            for (index, scalar) in town.key.enumerated() where scalar == 0x753A && index > 0 && town.key.count > 2 {
                var short = town.key
                short.remove(at: index)
                let hash = Self.hash(short[...], from: Self.towns(of: town.municipality))
                guard byKey[hash] == nil else { continue }
                bySpelling[hash] = bySpelling[hash].map { $0 == place ? place : -1 } ?? place
            }
        }
        places = [:]
    }

    /// A town's name as it is looked for: without 大字 and 字.
    static func key(_ town: String) -> [UInt32] {
        let folded = FoldedText(town).scalars
        for mark in marks where folded.starts(with: mark) && folded.count > mark.count {
            return Array(folded.dropFirst(mark.count))
        }
        return folded
    }

    /// 大字, 字.
    static let marks: [[UInt32]] = [[0x5927, 0x5B57], [0x5B57]]
}
