package import Core

/// 添付ファイル. What is known of a file that was attached; it stands among the answers and is sealed with them.
package struct AttachedFile: Sendable, Codable, Hashable {
    package typealias ID = Core.ID<AttachedFile>

    package let id: String
    /// The name it had on the applicant's device.
    package let name: String
    package let kind: FileKind
    /// How many bytes are kept.
    package let size: Int
    /// SHA-256 of what is kept, in hexadecimal.
    package let digest: String
    /// Its name in the store; nil for one that was kept under its id.
    private let content: String?

    init(_ kept: KeptFile, name: String, kind: FileKind, digest: String) {
        (id, size, content) = (kept.id, kept.size, kept.content)
        (self.name, self.kind, self.digest) = (name, kind, digest)
    }

    /// As the store knows it.
    package var kept: KeptFile { KeptFile(id: id, content: content ?? id, size: size) }

    /// 1.2MB.
    package var readableSize: String {
        let tenths = max(1, (size * 10 + 1_048_575) / 1_048_576)
        return size < 1_048_576 ? "\(max(1, (size + 1023) / 1024))KB" : "\(tenths / 10).\(tenths % 10)MB"
    }
}

extension Field {
    /// 添付. What is attached, and for which requirement.
    package struct Attachment: Sendable, Equatable {
        /// The requirement of the form that demands it.
        package let requirement: String
        /// How many files at most.
        package let maximum: Int
    }

    /// The rule of an attachment, or nil.
    var attachment: Attachment? {
        if case .attachment(let attachment) = kind { attachment } else { nil }
    }
}

extension Answers {
    /// The files that were attached to a field.
    package func files(of field: String) -> [AttachedFile] {
        if case .files(let files)? = self[field]?.value { files } else { [] }
    }

    /// All files, those in rows too.
    package var files: [AttachedFile] {
        values.flatMap { answer -> [AttachedFile] in
            switch answer.value {
            case .files(let files): files
            case .rows(let rows): rows.flatMap(\.answers.files)
            default: []
            }
        }
    }
}
