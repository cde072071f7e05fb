import ArgumentParser
import Core
import FoundationEssentials
import Japanese
import Tabular

extension TextCommand {
    /// `origami text address`.
    struct Address: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "address", abstract: "住所を、都道府県・市区町村・町字・番地などに分けます。", subcommands: [Read.self, Load.self],
            defaultSubcommand: Read.self)

        /// `origami text address read`.
        struct Read: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "1行に1つの住所を読みます（read は省けます）。",
                discussion: """
                    郵便番号が前にあれば、町字と合うかも調べます。確かさ（confidence）は 0 から 1 で、0.8 より小さいものは人が確かめてください。\
                    市区町村は全国、町字は見本の町のものを持っています。ほかの町字は load で読み込みます。
                    """)

            @Flag(help: "1行に1つのJSONで書きます。")
            var json = false

            @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
            var file = "-"

            func run() async throws {
                try await answering {
                    let reader = AddressReader(try await AddressTables.table())
                    try LineTool.run(file) { line, output in
                        let address = reader.read(line.string)
                        if json { address.json(&output) } else { address.line(&output) }
                    }
                }
            }
        }

        /// `origami text address load`.
        struct Load: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "町字の表を読み込みます。",
                discussion: """
                    アドレス・ベース・レジストリの mt_town_all.csv、郵便番号データの KEN_ALL.CSV、または lgcode6,pref,city,town の見出しのある\
                    CSVを読みます。読み込むたびに加わり、--replace で入れかえます。
                    """)

            @Argument(help: ArgumentHelp("町字の表のファイル。", valueName: "ファイル"))
            var files: [String]

            @Flag(help: "前に読み込んだものを捨てます。")
            var replace = false

            func run() async throws {
                try await answering {
                    var rows = replace ? [] : try await AddressTables.loaded()
                    for file in files {
                        let new = try AddressSource.rows(of: file)
                        Output.line("\(file): \(new.count)行、\(Set(new.map { $0.code.prefix(5) }).count)市区町村")
                        rows += new
                    }
                    try await AddressTables.keep(rows)
                }
            }
        }
    }
}

/// 町字の表 of this installation.
enum AddressTables {
    private static func path() async throws -> String { try await Start.settings().data + "/tables/addresses.csv" }

    /// What was loaded.
    static func loaded() async throws -> [AddressSource.Row] {
        guard let data = FileManager.default.contents(atPath: try await path()) else { return [] }
        return AddressTableFile.rows(Array(data))
    }

    /// What the program carries and what was loaded.
    static func table() async throws -> AddressTable {
        AddressTableFile.table(AddressTableFile.rows(carried) + (try await loaded()))
    }

    private static var carried: [UInt8] {
        // The heading and the order of our own files.
        let text = String(decoding: PackageResources.kaminokawa_towns_csv, as: UTF8.self)
        let rows = text.split(separator: "\n").dropFirst().compactMap { line -> AddressSource.Row? in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return fields.count < 7 ? nil : AddressSource.carried(fields)
        }
        return AddressTableFile.bytes(rows)
    }

    static func keep(_ rows: [AddressSource.Row]) async throws {
        let path = try await path()
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(AddressTableFile.bytes(rows)).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

extension WrittenAddress {
    /// The parts of an address for a line of JSON, in their order.
    fileprivate func json(_ output: inout [UInt8]) {
        let texts = [
            ("prefecture", prefecture), ("municipality", municipality), ("code", code), ("town", town),
            ("chome", chome),
            ("number", number), ("building", building), ("rest", rest), ("street", street), ("postcode", postcode),
        ]
        output.append(UInt8(ascii: "{"))
        for (name, text) in texts {
            output.append(contentsOf: "\"\(name)\":".utf8)
            JSONText.write(text, to: &output)
            output.append(UInt8(ascii: ","))
        }
        output.append(contentsOf: "\"confidence\":\(confidence),\"alternatives\":[".utf8)
        for (index, other) in alternatives.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.append(UInt8(ascii: "{"))
            for (place, (name, text)) in [
                ("prefecture", other.prefecture), ("municipality", other.municipality), ("code", other.code),
                ("town", other.town),
            ].enumerated() {
                if place > 0 { output.append(UInt8(ascii: ",")) }
                output.append(contentsOf: "\"\(name)\":".utf8)
                JSONText.write(text, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
        output.append(contentsOf: "],\"notes\":[".utf8)
        for (index, note) in notes.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            JSONText.write(note, to: &output)
        }
        output.append(contentsOf: "]}\n".utf8)
    }

    /// The same parted by tabs.
    fileprivate func line(_ output: inout [UInt8]) {
        for text in ["\(confidence)", code, prefecture, municipality, town, chome, number, building] {
            output.append(text, "\t")
        }
        output.append(rest, "\n")
    }
}

/// A text as JSON has it.
enum JSONText {
    static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                output.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
