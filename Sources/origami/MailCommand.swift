import ArgumentParser
import Applications
import Core
import Platform

/// `origami mail`.
struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "メールの設定を確かめます。", subcommands: [Test.self, Bounce.self])

    /// `origami mail bounce`.
    struct Bounce: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "届かなかったメールの知らせ（RFC 3464）を読み、その申請のお知らせ先を外します。",
            discussion: "差出人の郵便受けの転送（/etc/aliases の |origami mail bounce など）から呼びます。")

        @Argument(help: "知らせのファイル。なければ標準入力を読みます。")
        var file = "-"

        func run() async throws {
            try await answering {
                let message = try Input.bytes(file)
                let settings = try await Start.settings()
                let platform = try await Platform(settings, migrating: false, logger: Start.logger(settings))
                let count = try await platform.applications.noteBounce(message, at: .now())
                await platform.close()
                Output.line(count == 0 ? "この町の、届かなかったメールの知らせではありません" : "\(count) 件の申請のお知らせ先を外しました")
            }
        }
    }

    /// `origami mail test`.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "試しのメールを1通送り、サーバーの答えを示します。送れなければ終了コードは 1 です。")

        @Argument(help: ArgumentHelp("送り先のメールアドレス。", valueName: "アドレス"))
        var address: String

        func run() async throws {
            try await answering {
                guard MailAddress(address) != nil else {
                    throw Failure("アドレスは name@example.lg.jp の形で書いてください（いまの値: \(address)）", code: 2)
                }
                let settings = try await Start.settings()
                guard let mailer = Mailer(settings, within: Mailer.timeLimit) else {
                    throw Failure("mail.server が空なので、メールは送りません。docs/settings.md のとおりに設定してください", code: 2)
                }
                let mail = try Mail(
                    to: address, subject: "試しのメール",
                    text: """
                        このメールは、メールの設定を確かめるために、origami mail test で送りました。
                        お心当たりがなければ、お手数ですが捨ててください。

                        \(settings.origin)/
                        """)
                let reply = try await mailer.send(mail, at: .now())
                Output.line("サーバーの答え: \(reply)")
                Output.line("受け取られました。\(address) に届いたかをお確かめください")
            }
        }
    }
}
