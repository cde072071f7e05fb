import Applications
import ArgumentParser
import Core
import Platform

/// `origami fee`.
struct FeeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fee", abstract: "手数料の入金を記録します。", subcommands: [Paid.self])

    /// `origami fee paid`.
    struct Paid: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "支払いサービスの入金の一覧を、申請の台帳に記録します。",
            discussion: """
                1行に1件、「受付番号,金額,照会番号」の形（UTF-8）で読みます。同じ行を何度読んでも、記録は1度だけです。\
                記録できない行があれば、その行番号と理由を書き、終了コードは 1 です。
                """)

        @Argument(help: ArgumentHelp("入金の一覧のファイル。- は標準入力。", valueName: "ファイル"))
        var file: String

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let lines = try Input.text(file).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                let platform = try await Platform(settings, logger: Start.logger(settings))
                var failed = 0
                for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
                    do throws(Unrecorded) {
                        Output.line(try await record(String(line), platform.applications))
                    } catch {
                        failed += 1
                        Output.error("\(file):\(index + 1):1: \(error.words)")
                    }
                }
                await platform.close()
                if failed > 0 { throw ExitCode(1) }
            }
        }

        /// A line that could not be recorded, with the mend.
        private struct Unrecorded: Error {
            let words: String
        }

        private func record(_ line: String, _ applications: Applications) async throws(Unrecorded) -> String {
            let parts = line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.filter { !$0.isWhitespace }
            }
            guard parts.count == 3, let yen = Int(parts[1]), !parts[0].isEmpty, !parts[2].isEmpty else {
                throw Unrecorded(words: "「受付番号,金額,照会番号」の形にしてください")
            }
            let number = parts[0]
            let outcome: PaymentOutcome
            do {
                let notice = PaymentNotice(number: number, yen: yen, reference: parts[2])
                outcome = try await applications.confirm(notice, at: .now())
            } catch {
                throw Unrecorded(words: "\(error)")
            }
            switch outcome {
            case .recorded: return "\(number) 納付を記録しました"
            case .known: return "\(number) 記録済みです"
            case .paidBefore: throw Unrecorded(words: "受付番号 \(number) は、別の入金で納付済みです。二重の支払いでないか確かめてください")
            case .noSuchNumber: throw Unrecorded(words: "受付番号 \(number) の申請がありません")
            case .notDue: throw Unrecorded(words: "受付番号 \(number) には、支払いを待っている手数料がありません")
            case .otherAmount(let due): throw Unrecorded(words: "受付番号 \(number) の手数料は \(due)円ですが、入金は \(yen)円です")
            }
        }
    }
}
