import Foundation
import Tabular

@main
enum Texts {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let schema = try TableSchema(yaml: String(contentsOfFile: arguments[2], encoding: .utf8))
        let check = TableCheck(schema, folder: "/tmp", width: Int(arguments[3]) ?? 1)
        let report = try await check.run(try check.inputs(for: [arguments[1]]))
        print(report.errorCount)
    }
}
