import ArgumentParser
import Core
import FoundationEssentials
import HTML
import Japanese
import OrdinanceText
import Ordinances
import Web

/// `origami ordinance amend`.
struct AmendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "改め文を溶け込ませ、二つの文章から改め文と新旧対照表を作ります。",
        subcommands: [Apply.self, Draft.self, Bundle.self, Suggest.self])

    /// `origami ordinance amend apply`.
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "例規に改め文を溶け込ませ、改正後の文章を書きます。",
            discussion: "改め文のどれか一つでも例規に合わなければ、何も書かず、その行と理由を書きます（終了コード 1）。改め文はいくつでも、古い順に書けます。")

        @Argument(help: ArgumentHelp("例規のファイル。", valueName: "例規"))
        var base: String

        @Argument(help: ArgumentHelp("改め文のファイル。一文を一行に書いたもの。", valueName: "改め文"))
        var amendments: [String]

        @Option(help: ArgumentHelp("この日の文章にします。この日までに施行される改め文だけを溶け込ませます。", valueName: "年-月-日"))
        var on: String?

        func run() async throws {
            try await answering {
                let ordinance = try OrdinanceFile.read(base)
                var steps: [(file: String, amendment: Amendment)] = []
                for file in amendments { steps += try read(file, ordinance.title).map { (file, $0) } }
                if let on { steps = try inForce(steps, on: on) }
                var result = ordinance
                for (file, amendment) in steps {
                    do throws(Amendment.Trouble) { result = try amendment.applied(to: result) } catch {
                        throw Failure("\(file):\(error.description)", code: 1)
                    }
                }
                Output.bytes([UInt8](result.plain.utf8))
            }
        }

        /// The amendment of this ordinance in a file: one alone, or its part of a bundling ordinance.
        private func read(_ file: String, _ title: String) throws -> [Amendment] {
            let text = try OrdinanceFile.text(file)
            do throws(Amendment.Trouble) {
                let bundled = try BundledAmendment.amendments(in: text)
                guard !bundled.isEmpty else { return [try Amendment(text)] }
                return bundled.filter { $0.title == title || bundled.count == 1 }.map(\.amendment)
            } catch { throw Failure("\(file):\(error.description)", code: 1) }
        }

        private func inForce(
            _ steps: [(file: String, amendment: Amendment)], on text: String
        ) throws -> [(file: String, amendment: Amendment)] {
            guard let day = Day(iso: text) else { throw Failure("--on は 2027-04-01 のように書いてください", code: 2) }
            var dated: [(day: Day, file: String, amendment: Amendment)] = []
            for (file, amendment) in steps {
                guard let effective = amendment.effectiveDate else {
                    throw Failure("\(file): 附則に施行期日がないので、いつからの文章か分かりません。--on を付けずに溶け込ませてください", code: 1)
                }
                if effective.isStaged { Output.error("注意: \(file): 段階的に施行されます。全部を\(effective.day.wareki)からとして扱います") }
                if effective.day <= day { dated.append((effective.day, file, amendment)) }
            }
            return dated.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
                .map { ($0.element.file, $0.element.amendment) }
        }
    }

    /// `origami ordinance amend draft`.
    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "改正前と改正後の文章から、改め文を作り、溶け込ませて同じになることを確かめます。",
            discussion: "改め文を標準出力に書きます。確かめて同じにならなければ、書きません（終了コード 1）。番号のずれた引用、使われなくなる定義、施行期日のないことは、標準エラー出力に書きます。")

        @Argument(help: ArgumentHelp("改正前のファイル。", valueName: "改正前"))
        var old: String

        @Argument(help: ArgumentHelp("改正後のファイル。", valueName: "改正後"))
        var new: String

        @Option(help: ArgumentHelp("新旧対照表を書くファイル（.html か .pdf）。", valueName: "ファイル"))
        var table: String?

        @Option(help: ArgumentHelp("ほかの例規のフォルダー。この例規を引用しているところが壊れないかを調べます。", valueName: "フォルダー"))
        var others: String?

        func run() async throws {
            try await answering {
                let (before, after) = (try OrdinanceFile.read(old), try OrdinanceFile.read(new))
                let draft: AmendmentDraft
                do throws(AmendmentDraft.Trouble) { draft = try AmendmentDraft(from: before, to: after) } catch {
                    throw Failure(error.description, code: 1)
                }
                Output.bytes([UInt8](draft.text.utf8))
                let rest =
                    try others.map {
                        try OrdinanceFile.paths(in: $0).map {
                            ReviewedDocument(id: $0, try OrdinanceFile.read($0), judge: Judge([]))
                        }
                    } ?? []
                let check = AmendmentCheck(from: before, to: after, others: rest, supplement: draft.supplement)
                for words in draft.leftOut { Output.error("注意: \(words)") }
                for remark in check.remarks {
                    Output.error("注意: \(remark.ordinance) \(remark.address)「\(remark.words)」 \(remark.reason)")
                }
                if let table { try await write(ComparisonTable(from: before, to: after), to: table) }
            }
        }

        private func write(_ table: ComparisonTable, to file: String) async throws {
            let page = ComparisonPage.html(table)
            guard file.lowercased().hasSuffix(".pdf") else {
                return try Data(page.bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
            }
            guard let paper = try? await Typesetter.set(page) else {
                throw Failure("PDFを作れません。weasyprint が要ります（apt install weasyprint fonts-noto-cjk）", code: 1)
            }
            try Data(paper.bytes(from: 0, count: paper.count)).write(to: URL(fileURLWithPath: file), options: .atomic)
        }
    }
}
