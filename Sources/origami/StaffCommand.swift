import ArgumentParser
import Core
import Platform
import Identity

/// `origami staff`.
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "職員を登録します。", subcommands: [Add.self])

    /// `origami staff add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "職員を登録します。パスワードは端末でたずねるか、標準入力から1行で受け取ります。")

        @Option(help: ArgumentHelp("ログイン名（英小文字・数字・-・.）", valueName: "名前"))
        var login: String

        @Option(help: ArgumentHelp("氏名", valueName: "氏名"))
        var name: String

        @Option(
            help: ArgumentHelp(
                "課の id と役割を : でつなぎます。役割は clerk（担当者）, decider（決裁者）, auditor（監査）。例: environment:clerk",
                valueName: "課:役割"))
        var role: [String]

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                let memberships = try role.map { try membership($0, platform.town) }
                guard !memberships.isEmpty else { throw Failure("--role を1つ以上書いてください", code: 2) }
                guard let password = Output.ask("パスワード（15文字以上）: ", isSecret: true) else {
                    throw Failure("パスワードがありません", code: 2)
                }
                try await platform.identity.add(
                    login: login, name: name, memberships: memberships, password: password, by: .system, at: .now())
                await platform.close()
                Output.line("\(name) さんを登録しました。")
            }
        }

        private func membership(_ text: String, _ town: Town) throws -> Membership {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let role = Role(rawValue: parts[1]) else {
                let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure("--role「\(text)」を読み取れません。課:役割 の形で、役割は \(roles) のどれかにしてください", code: 2)
            }
            guard town.sections.contains(where: { $0.id == parts[0] }) else {
                let sections = town.sections.map(\.id).joined(separator: ", ")
                throw Failure("課「\(parts[0])」はありません。使えるのは: \(sections)", code: 2)
            }
            return Membership(section: parts[0], role: role)
        }
    }
}
