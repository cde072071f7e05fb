package import Core
import FoundationEssentials
package import Japanese
import Yams

/// 様式の文書. Reads a form from YAML and checks it before anybody sees it.
package enum FormFile {
    /// 指摘. What is wrong at a place of a document, and how to mend it.
    package struct Finding: Sendable, Equatable, CustomStringConvertible {
        /// From 1.
        package let line: Int
        package let column: Int
        package let words: String

        package var description: String { "\(line):\(column): \(words)" }
    }

    /// A document that cannot be used, and how to mend it.
    package struct Fault: Error, Sendable, CustomStringConvertible {
        package let file: String
        package let findings: [Finding]

        package var description: String { findings.map { "\(file):\($0)" }.joined(separator: "\n") }
    }

    /// A form that holds, with the document it stands in. Nothing else can be published.
    package struct Proved: Sendable {
        package let file: String
        package let form: Form
        let document: String
    }

    /// The form in a document. Throws a ``Fault`` with everything that is wrong with it.
    /// - Parameters:
    ///   - languages: those of the town: everything a resident reads has to be in each, or to be waived.
    ///   - day: the day on which that is asked.
    package static func prove(
        _ yaml: String, file: String, in languages: [Language], on day: Day
    ) throws(Fault) -> Proved {
        let document = try document(yaml, file)
        let (form, findings) = judge(document, languages, day)
        guard findings.isEmpty, let form else { throw Fault(file: file, findings: document.findings(findings)) }
        return Proved(file: file, form: form, document: yaml)
    }

    /// The form in a document, as far as it is one, and everything that is wrong with it.
    private static func judge(
        _ document: FormDocument, _ languages: [Language], _ day: Day
    ) -> (form: Form?, findings: [FormCheck.Finding]) {
        let strangers = FormKeys.unknown(in: document.root)
        guard strangers.isEmpty else { return (nil, strangers) }
        do {
            let form = try YAMLDecoder().decode(Form.self, from: document.root)
            return (form, FormCheck(form: form).findings(in: languages, on: day))
        } catch {
            return (nil, [finding(error)])
        }
    }

    private static func finding(_ error: any Error) -> FormCheck.Finding {
        FormCheck.Finding((error as? DecodingError).map(FormDocument.path) ?? [], DocumentFault.words(error))
    }

    /// The words of a form that a language still lacks, waived or not. Throws a ``Fault`` for a document that is no form.
    package static func missing(_ language: Language, in yaml: String, file: String) throws(Fault) -> [Finding] {
        let document = try document(yaml, file)
        let form = try form(document, file)
        let waiver = form.waiver(of: language).map { "（\($0.iso) まで猶予）" } ?? ""
        let found = FormTexts(form: form, spots: FormCheck(form: form).spots).missing(in: [language])
        return document.findings(
            found.map { FormCheck.Finding($0.path, "\(language.name)（\(language.id)）がありません\(waiver)") })
    }

    /// What is wrong with a document, each with its place: for an editor that shows it there.
    static func findings(
        in yaml: String, file: String, languages: [Language], on day: Day
    ) -> [FormCheck.Finding] {
        do throws(Fault) {
            return judge(try document(yaml, file), languages, day).findings
        } catch {
            return error.findings.map { FormCheck.Finding([], $0.description) }
        }
    }

    /// A document as a tree, whatever it means. Throws a ``Fault`` if it cannot be read.
    static func tree(_ yaml: String, _ file: String) throws(Fault) -> Node { try document(yaml, file).root }

    /// The form in a document that was published before. It is not judged again: rules may have come since.
    static func decode(_ yaml: String, file: String) throws(Fault) -> Form { try form(try document(yaml, file), file) }

    /// What somebody wrote in YAML as a tree; nil for nothing. Throws for what is no YAML, and for what is ``Unreasonable``:
    /// a few lines that repeat (`*name`) what repeats something are too much for any machine before anybody could look.
    static func compose(_ written: String) throws -> Node? {
        let repeats = written.matches(of: /(^|[\s\[{,:-])\*[A-Za-z0-9_.-]/.anchorsMatchLineEndings())
        guard repeats.count <= mostRepeats else { throw Unreasonable() }
        let root = try Yams.compose(yaml: written)
        guard root?.isReasonable ?? true else { throw Unreasonable() }
        return root
    }

    /// So few that even nested they come to no more than a form has.
    private static let mostRepeats = 24

    /// What is larger or deeper than any form, or repeats itself too often.
    struct Unreasonable: Error {
        let words = "文書が大きすぎるか、入れ子が深すぎるか、「*名前」のくり返しが多すぎます（24回まで）。様式を分けるか、くり返しを減らしてください"
    }

    private static func document(_ yaml: String, _ file: String) throws(Fault) -> FormDocument {
        do {
            guard let root = try Yams.compose(yaml: yaml) else {
                throw Fault(file: file, findings: [Finding(line: 1, column: 1, words: "文書が空です。id から書き始めてください")])
            }
            guard root.isReasonable else {
                throw Fault(file: file, findings: [Finding(line: 1, column: 1, words: Unreasonable().words)])
            }
            return FormDocument(root: root)
        } catch let fault as Fault {
            throw fault
        } catch {
            let mark = (error as? YamlError).flatMap(FormDocument.mark)
            throw Fault(
                file: file,
                findings: [
                    Finding(
                        line: mark?.line ?? 1, column: mark?.column ?? 1,
                        words: "YAMLとして読み取れません。字下げ、「:」のあとの空白、かっこの閉じ忘れをお確かめください")
                ])
        }
    }

    private static func form(_ document: FormDocument, _ file: String) throws(Fault) -> Form {
        do {
            return try YAMLDecoder().decode(Form.self, from: document.root)
        } catch {
            throw Fault(file: file, findings: document.findings([finding(error)]))
        }
    }
}

/// A document as it was written, with the place of everything in it.
struct FormDocument {
    let root: Node

    /// The findings with their lines, from the top down.
    func findings(_ findings: [FormCheck.Finding]) -> [FormFile.Finding] {
        findings.map { finding in
            let mark = mark(at: finding.path)
            return FormFile.Finding(line: mark?.line ?? 1, column: mark?.column ?? 1, words: finding.words)
        }.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Where the path leads, or as near to it as there is something.
    private func mark(at path: FormCheck.Path) -> Mark? {
        var node = root
        var mark = root.mark
        for step in path {
            switch step {
            case .key(let key):
                guard let pair = node.mapping?.first(where: { $0.key.scalar?.string == key }) else { return mark }
                mark = pair.key.mark ?? pair.value.mark
                node = pair.value
            case .index(let index):
                guard let items = node.sequence, items.indices.contains(index) else { return mark }
                node = items[index]
                mark = node.mark
            }
        }
        return mark
    }

    static func path(_ error: DecodingError) -> FormCheck.Path {
        let path =
            switch error {
            case .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
                .dataCorrupted(let context):
                context.codingPath
            @unknown default: [any CodingKey]()
            }
        return path.map { $0.intValue.map(FormCheck.Step.index) ?? .key($0.stringValue) }
    }

    static func mark(_ error: YamlError) -> Mark? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
        default: nil
        }
    }
}
