import ArgumentParser
import Core
import Database
import Identity
import Platform
import Identity

/// `origami staff`.
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "職員を登録し、パスワードを変え、登録を解除します。",
        subcommands: [Add.self, Password.self, Disable.self])

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
                let password = try askPassword()
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

    /// `origami staff password`.
    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "職員のパスワードを変えます。新しいパスワードは端末でたずねるか、標準入力から1行で受け取ります。")

        @Option(help: ArgumentHelp("ログイン名", valueName: "名前"))
        var login: String

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                try await platform.identity.setPassword(try askPassword(), of: login, by: .system, at: .now())
                await platform.close()
                Output.line("\(login) のパスワードを変えました。")
            }
        }
    }

    /// `origami staff disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "職員がサインインできないようにします。記録に残る名前は変わりません。")

        @Option(help: ArgumentHelp("ログイン名", valueName: "名前"))
        var login: String

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let platform = try await Platform(settings, logger: Start.logger(settings))
                let login = login
                try await platform.database.write {
                    try Staff.disable(login: login, by: .system, at: .now(), in: $0)
                }
                await platform.close()
                Output.line("\(login) の登録を解除しました。")
            }
        }
    }
}

private func askPassword() throws -> String {
    guard let password = Output.ask("パスワード（15文字以上）: ", isSecret: true) else {
        throw Failure("パスワードがありません", code: 2)
    }
    return password
}
