import FoundationEssentials
import Subprocess
import SystemPackage
import TestKit

/// The package as its description tells it: its rooms and what they may touch.
struct PackageDescription {
    /// What a target depends on, our own targets and products alike, by name.
    let dependencies: [String: Set<String>]

    /// Reads the description, in a scratch folder of its own: the running build holds the usual one.
    static func read() async throws -> PackageDescription {
        struct Package: Decodable { let targets: [Target] }
        struct Target: Decodable {
            let name: String
            let dependencies: [Dependency]
        }
        struct Dependency: Decodable {
            let byName: [String?]?
            let product: [String?]?

            enum CodingKeys: String, CodingKey { case byName, product }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                // The first item is the name; a condition may follow.
                func first(_ key: CodingKeys) -> [String?]? {
                    guard var list = try? container.nestedUnkeyedContainer(forKey: key) else { return nil }
                    return [try? list.decode(String.self)]
                }
                (byName, product) = (first(.byName), first(.product))
            }
        }
        let scratch = try TemporaryFolder()
        defer { scratch.remove() }
        let result = try await Subprocess.run(
            .name("swift"),
            arguments: ["package", "--package-path", Repository.root, "--scratch-path", scratch.path, "dump-package"],
            output: .data(limit: 10_000_000), error: .discarded)
        let package = try JSONDecoder().decode(Package.self, from: result.standardOutput)
        return PackageDescription(
            dependencies: package.targets.reduce(into: [:]) { all, target in
                all[target.name] = Set(target.dependencies.compactMap { ($0.byName ?? $0.product)?.first ?? nil })
            })
    }
}

/// The sources of the package.
enum Sources {
    /// The files below a folder of the package, Swift sources unless another ending is asked for.
    static func files(_ folder: String, ending: String = ".swift") -> [String] {
        let root = "\(Repository.root)/\(folder)"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(ending) }.sorted().map { "\(root)/\($0)" }
    }

    /// The modules that a file imports.
    static func imports(_ file: String) -> Set<String> {
        let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
        return Set(
            text.split(separator: "\n").compactMap { line in
                line.firstMatch(of: /^(?:package |public |@testable )?import (\w+)/).map { String($0.1) }
            })
    }

    static func text(_ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }
}
