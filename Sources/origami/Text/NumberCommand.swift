import ArgumentParser
import Japanese

extension TextCommand {
    /// `origami text number`.
    struct Number: AsyncParsableCommand {
        /// The numbers that can be checked.
        enum Kind: String, CaseIterable, ExpressibleByArgument {
            case localGovernment = "local-government"
            case corporate
            case addressee
            case individual
            case isbn
            case phone
            case postcode
        }

        static let configuration = CommandConfiguration(
            abstract: "番号の形と検査数字を確かめます。",
            discussion: """
                1行に「そろえた番号（正しくなければ空）」「タブ」「ok または error」「タブ」「理由」を書きます。種類は \
                local-government（全国地方公共団体コード）, corporate（法人番号）, addressee（宛名番号・世帯番号）, \
                individual（個人番号。見つけて断るためだけで、番号は書き出しません）, isbn, phone, postcode です。
                """)

        @Option(help: ArgumentHelp("種類。", valueName: "種類"))
        var kind: Kind

        @Option(help: ArgumentHelp("宛名番号で余りが1のとき。zero（検査数字0）か unused（使わない）。", valueName: "扱い"))
        var remainderOne = "zero"

        @Argument(help: ArgumentHelp("ファイル。- は標準入力。", valueName: "ファイル"))
        var file = "-"

        func run() async throws {
            try await answering {
                guard let remainderOne = CheckDigit.RemainderOne(rawValue: remainderOne) else {
                    throw Failure("余りが1のときの扱いは zero か unused にしてください（いまの値: \(remainderOne)）", code: 2)
                }
                try LineTool.run(file) { line, output in
                    let (number, reason) = check(line.string, remainderOne)
                    output.append(reason == nil ? number : "", "\t")
                    output.append(reason == nil ? "ok" : "error", "\t")
                    output.append(reason ?? "", "\n")
                }
            }
        }

        /// The number in its usual form, and what is wrong with it.
        private func check(_ text: String, _ remainderOne: CheckDigit.RemainderOne) -> (String, String?) {
            let digits = Japanese.Width.narrow(Spaces.trim(text)).uppercased().filter { $0 != "-" && $0 != " " }
            func checked(_ lengths: String, _ isGood: (Bytes) -> Bool) -> (String, String?) {
                let isNumber = digits.utf8.allSatisfy { $0 &- 48 < 10 || kind == .isbn && $0 == UInt8(ascii: "X") }
                guard isNumber, !digits.isEmpty else { return (digits, "数字ではありません。\(lengths)の数字で書いてください") }
                return (digits, digits.withBytes(isGood) ? nil : "けた数か検査数字が合いません（\(lengths)）。写しまちがいがないか確かめてください")
            }
            switch kind {
            case .localGovernment: return checked("6けた", CheckDigit.isLocalGovernmentCode)
            case .corporate: return checked("13けた", CheckDigit.isCorporateNumber)
            case .addressee:
                return checked("検査数字を含む数字") { CheckDigit.isModulus11($0, remainderOne: remainderOne) }
            case .isbn: return checked("10けたか13けた", CheckDigit.isISBN)
            case .individual:
                return IndividualNumber.isFound(in: text)
                    ? ("", "個人番号の形をした数字があります。この欄に個人番号を書かないでください") : (Spaces.trim(text), nil)
            case .phone:
                let phone = Telephone(text)
                return (phone?.grouped ?? "", phone == nil ? "電話番号として読めません。0285-56-9000 のように書いてください" : nil)
            case .postcode:
                let postcode = Postcode(text)
                return (postcode?.grouped ?? "", postcode == nil ? "郵便番号は7けたの数字です。329-0696 のように書いてください" : nil)
            }
        }
    }
}
