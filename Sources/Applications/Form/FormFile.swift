import Core
import FoundationEssentials
import Yams

/// 様式の文書. Reads a form from YAML and checks it before anybody sees it.
package enum FormFile {
    /// A document that cannot be used, and how to mend it.
    package struct Fault: Error, Sendable, CustomStringConvertible {
        package let file: String
        package let findings: [String]

        package var description: String { findings.map { "\(file): \($0)" }.joined(separator: "\n") }
    }

    /// The form in a document. Throws a ``Fault`` with everything that is wrong with it.
    package static func read(_ yaml: String, file: String) throws(Fault) -> Form {
        let form = try decode(yaml, file: file)
        let findings = FormCheck(form: form).findings
        guard findings.isEmpty else { throw Fault(file: file, findings: findings) }
        return form
    }

    /// The form in a document that was published before. It is not judged again: rules may have come since.
    static func decode(_ yaml: String, file: String) throws(Fault) -> Form {
        do {
            return try YAMLDecoder().decode(Form.self, from: yaml)
        } catch {
            throw Fault(file: file, findings: [DocumentFault.words(error)])
        }
    }
}
