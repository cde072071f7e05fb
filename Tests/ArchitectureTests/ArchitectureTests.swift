import TestKit
import Testing
import FoundationEssentials

@Suite("家の決まり")
struct ArchitectureTests {
    static let tools: Set = ["HTML", "Database", "Japanese", "Tabular", "OrdinanceText", "Browser", "Trail"]
    static let trunk: Set = ["Core", "Web", "Register"]
    static let features: Set = [
        "Identity", "Applications", "Governance", "Ordinances", "Safeguards", "SystemStandards",
    ]
    static let top: Set = ["Platform", "origami", "TestKit", "faults", "load", "texts"]
    static let systems: Set = [
        "CSQLite", "CPostgres", "CArgon2", "CZlib", "CCurl", "CXlsxWriter", "CArchive", "CXML", "CPCRE",
    ]

    @Test("どの部屋も、下の部屋だけを使う。機能どうしはつながらない")
    func arrows() async throws {
        let rooms = try await PackageDescription.read().dependencies.filter { !$0.key.hasSuffix("Tests") }
        let ours = Set(rooms.keys)
        #expect(ours == Self.tools.union(Self.trunk).union(Self.features).union(Self.top).union(Self.systems))
        let allowed: [String: Set<String>] = [
            "HTML": [], "Database": ["CSQLite", "CPostgres"], "Japanese": [], "Browser": [],
            "Tabular": ["Japanese", "CXlsxWriter", "CArchive", "CXML"],
            "OrdinanceText": ["Japanese", "CXML", "CPCRE"], "Trail": ["Database"],
            "Core": Self.tools.subtracting(["HTML", "Browser", "Tabular"]).union(["CCurl"]),
            "Web": Self.tools.subtracting(["Browser"]).union(["Core", "CZlib"]),
            "Register": Self.tools.subtracting(["Browser"]).union(["Core", "Web"]),
        ]
        for (room, dependencies) in rooms where !Self.top.contains(room) {
            let feature = Self.tools.union(Self.trunk).union(Self.systems)
            let beyond = dependencies.intersection(ours).subtracting(allowed[room] ?? feature)
            #expect(beyond.isEmpty, "\(room) must not touch \(beyond.sorted())")
        }
    }

    @Test("Hummingbirdを使うのはWebだけ。Foundationの全部を使う部屋はない")
    func imports() {
        for file in Sources.files("Sources") {
            let imports = Sources.imports(file)
            if !file.contains("/Sources/Web/") {
                let server = imports.filter { $0.hasPrefix("Hummingbird") }
                #expect(server.isEmpty, "\(file) imports \(server)")
            }
            #expect(!imports.contains("Foundation"), "\(file) imports Foundation; FoundationEssentials is enough")
            let feature = Self.features.first { file.contains("/Sources/\($0)/") }
            if let feature {
                let others = imports.intersection(Self.features.subtracting([feature]))
                #expect(others.isEmpty, "\(file) imports \(others)")
            }
        }
    }

    @Test("どの部屋も、使うものを名乗り、名乗ったものを使う")
    func declared() async throws {
        let dependencies = try await PackageDescription.read().dependencies
        let ours = Set(dependencies.keys)
        for (room, declared) in dependencies where !room.hasPrefix("C") || ["Core", "CoreTests"].contains(room) {
            let folders = [
                "Sources/\(room)", "Tests/\(room)", "Benchmarks/\(room.capitalized)",
                room == "texts" ? "Benchmarks/Text" : "",
            ]
            .filter { !$0.isEmpty }
            let files = folders.flatMap { Sources.files($0) }
            let imports = files.reduce(into: Set<String>()) { $0.formUnion(Sources.imports($1)) }
            let missing = imports.intersection(ours).subtracting(declared)
            #expect(missing.isEmpty, "\(room) imports \(missing.sorted()) and does not say so")
            // A program that tests start, and a test's town, are used without an import.
            let unused = declared.subtracting(imports).subtracting(["origami", "TestKit"])
            #expect(unused.isEmpty, "\(room) says that it uses \(unused.sorted())")
        }
    }

    @Test("データベースの種類を知るのはDatabaseだけ")
    func engines() {
        for file in Sources.files("Sources") where !file.contains("/Sources/Database/") {
            #expect(
                Sources.imports(file).isDisjoint(with: ["CSQLite", "CPostgres"]), "\(file) imports an engine's library")
            let text = Sources.text(file)
            for word in ["PRAGMA", "rowid", "sqlite_master", "AUTOINCREMENT"] {
                #expect(!text.contains(word), "\(file) speaks to one engine: \(word)")
            }
        }
    }

    @Test("危ない近道は使わない")
    func shortcuts() {
        for file in Sources.files("Sources") {
            let text = Sources.text(file)
            for word in ["try!", "@unchecked Sendable", "nonisolated(unsafe)", "as!"] {
                #expect(!text.contains(word), "\(file) has \(word)")
            }
            #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 400, "\(file) is too long")
        }
    }

    @Test("やさしい日本語の漢字には、どれにもふりがながある")
    func furigana() {
        let files = Sources.files("Sources") + Sources.files("towns", ending: ".yaml")
        for file in files {
            for match in Sources.text(file).matches(of: /[^.]easy: "([^"]*)"/) {
                let bare = match.1.replacing(/\{[^}|]*\|[^}]*\}/, with: "").replacing(/\\\([^)]*\)/, with: "")
                #expect(!bare.contains(/[\u{3400}-\u{9FFF}々]/), "\(file): \(match.1)")
            }
        }
    }

    @Test("言葉の訳には、もうない言葉も、入らない印もない。訳のない言葉は増えない")
    func translations() {
        let literal = /Text\(\s*"((?:[^"\\]|\\.)*)",\s*easy: "((?:[^"\\]|\\.)*)",\s*en:\s*"((?:[^"\\]|\\.)*)"/
        var places: [Substring: Set<Substring>] = [:]
        for file in Sources.files("Sources") {
            for match in Sources.text(file).matches(of: literal) where !match.1.contains("\\(") {
                let all = [match.1, match.2, match.3].flatMap { $0.matches(of: /%[1-9]/).map(\.output) }
                places[match.1, default: []].formUnion(all)
            }
        }
        #expect(places.count > 300)
        for file in Sources.files("towns", ending: ".yaml") where file.contains("/texts/") {
            let pairs = Sources.text(file).matches(of: /(?m)^"((?:[^"\\]|\\.)*)": "(.*)"$/).map { ($0.1, $0.2) }
            for (japanese, translation) in pairs {
                let known = places[japanese]
                #expect(known != nil, "\(file): the program does not say \(japanese)")
                let used = Set(translation.matches(of: /%[1-9]/).map(\.output))
                #expect(used.subtracting(known ?? []).isEmpty, "\(file): nothing is put into \(translation)")
            }
            let missing = Set(places.keys).subtracting(pairs.map(\.0))
            // Words for the staff alone are among them. The number only falls.
            #expect(missing.count <= 10, "\(file) lacks \(missing.sorted())")
        }
    }

    @Test("設定の文書は、設定そのものと同じ")
    func settings() {
        let text = Sources.text(Repository.root + "/docs/settings.md")
        let documented = text.split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^\| `(ORIGAMI_\w+)` \| `([\w.]+)` \|/).map { [String($0.1), String($0.2)] }
        }
        #expect(documented == SettingsList.all)
    }
}
