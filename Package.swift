// swift-tools-version: 6.2
import PackageDescription

/// What every target is compiled with.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A product of another package.
func library(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

/// One room of the house: `Sources/<name>`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one room: `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: ["TestKit"] + dependencies, swiftSettings: settings)
}

/// A module map over one of Debian's C libraries.
func system(_ name: String, _ pkgConfig: String, _ debianPackage: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debianPackage])])
}

let package = Package(
    name: "origami",
    products: [.executable(name: "origami", targets: ["origami"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1")),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", .upToNextMinor(from: "2.13.0")),
        .package(url: "https://github.com/swift-server/async-http-client", .upToNextMinor(from: "1.37.0")),
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(
            url: "https://github.com/apple/swift-configuration", .upToNextMinor(from: "1.4.0"),
            traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", .upToNextMinor(from: "4.5.2")),
        .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(url: "https://github.com/apple/swift-metrics", .upToNextMinor(from: "2.13.0")),
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        .package(url: "https://github.com/apple/swift-system", .upToNextMinor(from: "1.8.1")),
        .package(url: "https://github.com/jpsim/Yams", .upToNextMinor(from: "6.2.2")),
        .package(url: "https://github.com/swiftlang/swift-subprocess", .upToNextMinor(from: "1.0.2")),
    ],
    targets: [
        system("CSQLite", "sqlite3", "libsqlite3-dev"),
        system("CPostgres", "libpq", "libpq-dev"),
        system("CArgon2", "libargon2", "libargon2-dev"),
        system("CZlib", "zlib", "zlib1g-dev"),
        system("CCurl", "libcurl", "libcurl4-openssl-dev"),
        system("CXlsxWriter", "xlsxwriter", "libxlsxwriter-dev"),
        system("CArchive", "libarchive", "libarchive-dev"),
        system("CXML", "libxml-2.0", "libxml2-dev"),
        system("CPCRE", "libpcre2-8", "libpcre2-dev"),

        // Tools: know nothing of towns.
        room("HTML"),
        room(
            "Database",
            ["CSQLite", "CPostgres", library("Metrics", "swift-metrics"), library("Crypto", "swift-crypto")]),
        .target(
            name: "Japanese", exclude: ["Addresses/Carried/SOURCES.md"],
            resources: [.embedInCode("Addresses/Carried/municipalities.csv")], swiftSettings: settings),
        .target(
            name: "Tabular", dependencies: ["Japanese", "CXlsxWriter", "CArchive", "CXML", library("Yams", "Yams")],
            resources: [.embedInCode("Schema/Shipped")], swiftSettings: settings),
        .target(
            name: "OrdinanceText", dependencies: ["Japanese", "CXML", "CPCRE", library("Yams", "Yams")],
            resources: [.embedInCode("Packs")], swiftSettings: settings),
        room("Browser", [library("Subprocess", "swift-subprocess"), library("SystemPackage", "swift-system")]),
        room("Trail", ["Database", library("Crypto", "swift-crypto")]),

        // Trunk: the words every feature speaks.
        room(
            "Core",
            [
                "Database", "Japanese", "Trail", "CCurl", library("Configuration", "swift-configuration"),
                library("Subprocess", "swift-subprocess"), library("SystemPackage", "swift-system"),
                library("Crypto", "swift-crypto"), library("CryptoExtras", "swift-crypto"),
                library("Logging", "swift-log"), library("Yams", "Yams"),
                library("ServiceLifecycle", "swift-service-lifecycle"),
                library("AsyncHTTPClient", "async-http-client"), library("NIOCore", "swift-nio"),
                library("NIOHTTP1", "swift-nio"),
            ]),
        .target(
            name: "Web",
            dependencies: [
                "Core", "Database", "HTML", "CZlib", library("Crypto", "swift-crypto"),
                library("Hummingbird", "hummingbird"), library("HTTPTypes", "swift-http-types"),
                library("Logging", "swift-log"), library("Metrics", "swift-metrics"),
                library("NIOCore", "swift-nio"), library("ServiceLifecycle", "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Public"), .embedInCode("Typeset/typeset.py")],
            swiftSettings: settings),
        room("Register", ["Web", "Core", "Database", "HTML", "Japanese", "Tabular"]),

        // Features: one per area, never import one another.
        room(
            "Identity", ["Web", "Core", "Database", "HTML", "Japanese", "CArgon2"]),
        room(
            "Applications",
            [
                "Register", "Web", "Core", "Database", "HTML", "Japanese", "Tabular",
                library("Crypto", "swift-crypto"), library("Yams", "Yams"),
            ]),

        room(
            "SystemStandards",
            ["Register", "Web", "Core", "Database", "HTML", "Japanese", "Tabular", library("Crypto", "swift-crypto")]),

        room(
            "Ordinances",
            [
                "Register", "Web", "Core", "Database", "HTML", "Japanese", "OrdinanceText", "Tabular",
                library("Crypto", "swift-crypto"),
            ]),

        room(
            "Governance",
            [
                "Register", "Web", "Core", "Database", "HTML", "Japanese", "Tabular", library("Crypto", "swift-crypto"),
                library("Yams", "Yams"),
            ]),

        room("Safeguards", ["Web", "Core", "Database", "HTML", "Japanese", "Trail"]),

        room(
            "Platform",
            [
                "Safeguards", "Governance", "SystemStandards", "Ordinances", "Applications", "Identity", "Register",
                "Web", "Core",
                "Database", "Trail",
                "Japanese",
                library("Logging", "swift-log"), library("ServiceLifecycle", "swift-service-lifecycle"),
                library("Yams", "Yams"), library("Crypto", "swift-crypto"), library("Subprocess", "swift-subprocess"),
            ]),
        .executableTarget(
            name: "origami",
            dependencies: [
                "Platform", "Applications", "Governance", "Register", "SystemStandards", "Core", "Database", "Identity",
                "HTML",
                "Japanese", "OrdinanceText", "Ordinances", "Tabular", "Trail", "Web", library("Crypto", "swift-crypto"),
                library("ArgumentParser", "swift-argument-parser"),
                library("Logging", "swift-log"), library("Metrics", "swift-metrics"),
                library("ServiceLifecycle", "swift-service-lifecycle"),
            ],
            exclude: ["Text/Carried/SOURCES.md"], resources: [.embedInCode("Text/Carried/kaminokawa-towns.csv")],
            swiftSettings: settings),

        room(
            "TestKit",
            [
                "Platform", "Applications", "Web", "Core", "Database", "HTML", "Trail", "Browser", "Japanese",
                library("AsyncHTTPClient", "async-http-client"), library("NIOCore", "swift-nio"),
                library("NIOHTTP1", "swift-nio"), library("Subprocess", "swift-subprocess"),
                library("SystemPackage", "swift-system"),
                library("ServiceLifecycle", "swift-service-lifecycle"), library("Logging", "swift-log"),
            ]),

        .executableTarget(
            name: "load",
            dependencies: [
                "TestKit", "origami", "Platform", "Web", "Core", "Database", "Japanese", "CSQLite",
                library("Subprocess", "swift-subprocess"), library("ServiceLifecycle", "swift-service-lifecycle"),
                library("SystemPackage", "swift-system"), library("Logging", "swift-log"),
            ],
            path: "Benchmarks/Load", swiftSettings: settings),
        .executableTarget(
            name: "texts",
            dependencies: ["Tabular", "Japanese"], path: "Benchmarks/Text",
            exclude: ["residents.yaml", "residents-map.yaml", "bench.py", "peers.py", "address-data.py"],
            swiftSettings: settings),
        .executableTarget(
            name: "faults",
            dependencies: [
                "TestKit", "origami", "Platform", "Applications", "Trail", "Core", "Database",
                library("Subprocess", "swift-subprocess"),
            ],
            path: "Benchmarks/Faults", swiftSettings: settings),

        tests("HTML", ["HTML"]),
        tests("Database", ["Database"]),
        tests("Japanese", ["Japanese"]),
        tests("Tabular", ["Tabular", "Japanese"]),
        tests("OrdinanceText", ["OrdinanceText", "Japanese", library("Subprocess", "swift-subprocess")]),
        tests("Trail", ["Trail"]),
        tests("Core", ["Core", "Database", "Japanese", "Trail", library("Logging", "swift-log")]),
        tests("Register", ["Register", "Applications", "Platform", "Core", "Database", "Tabular", "Japanese"]),
        tests(
            "SystemStandards",
            [
                "Applications", "Platform", "Core", "Database", "Browser", library("Crypto", "swift-crypto"),
                library("NIOHTTP1", "swift-nio"),
            ]),
        tests(
            "Ordinances",
            [
                "Platform", "Core", "Database", "Japanese", "Browser", "Tabular",
                library("Subprocess", "swift-subprocess"),
                library("SystemPackage", "swift-system"),
            ]),
        tests(
            "Governance",
            [
                "Governance", "Register", "Platform", "Core", "Database", "Japanese", "Browser",
            ]),
        tests("Identity", ["Identity", "Platform", "Core"]),
        tests("Applications", ["Applications", "Register", "Core", "Platform", "Japanese", "Database"]),
        tests(
            "Architecture",
            ["Core", library("Subprocess", "swift-subprocess"), library("SystemPackage", "swift-system")]),
        tests(
            "Platform",
            [
                "Platform", "Applications", "Register", "Identity", "Web", "Trail", "Core", "Database", "Japanese",
                "Browser",
                "origami",
                library("Subprocess", "swift-subprocess"), library("SystemPackage", "swift-system"),
            ]),
    ]
)
