import Core
import Crypto
import Database
import Web

extension Applications {
    /// A file that came with a form, on its way to an application.
    final class Arriving: UploadSink {
        let name: String
        let spool: Spool
        /// Bytes of one file at most.
        static let limit = 15 * 1024 * 1024

        init(name: String) throws {
            self.name = name
            spool = try Spool()
        }

        /// What is too long is read to its end, so that the answer arrives, but not kept.
        var isTooLarge: Bool { spool.count > Self.limit }

        func take(_ bytes: [UInt8]) async throws {
            if !isTooLarge { try spool.append(bytes) }
        }

        func finish() async throws {}
    }

    /// What became of a file.
    enum Attached {
        case kept(AttachedFile)
        case refused(name: String, Text)
    }

    /// Checks, scans, cleans and seals a file. It is on disk when this returns, but nothing names it yet.
    func seal(_ arriving: Arriving, for item: Case, key: SealingKey) async throws -> Attached {
        let name = FileName.usable(arriving.name)
        if arriving.isTooLarge { return .refused(name: name, AttachmentTexts.tooLarge) }
        if arriving.spool.count == 0 { return .refused(name: name, AttachmentTexts.empty) }
        guard let kind = FileKind(beginning: arriving.spool.bytes(from: 0, count: 16)) else {
            return .refused(name: name, AttachmentTexts.wrongKind)
        }
        switch await scanner?.look(at: arriving.spool) {
        case .infected: return .refused(name: name, AttachmentTexts.infected)
        case .unknown: return .refused(name: name, AttachmentTexts.notScanned)
        case .clean, nil: break
        }
        var spool = arriving.spool
        if kind.isPicture {
            guard let cleaned = try await Picture.cleaned(spool) else {
                return .refused(name: name, AttachmentTexts.unreadable)
            }
            spool = cleaned
        }
        let kept = try await files.keep(spool, as: AttachedFile.ID().text, key: key)
        return .kept(AttachedFile(kept, name: name, kind: kind, digest: digest(of: spool)))
    }

    private func digest(of spool: Spool) -> String {
        var hash = SHA256()
        for start in stride(from: 0, to: spool.count, by: FileStore.piece) {
            hash.update(data: spool.bytes(from: start, count: FileStore.piece))
        }
        return Array(hash.finalize()).hexadecimal
    }

    /// Puts files that are on disk into the working copy, each with the row that names it. Those that are beyond the
    /// question's number, because another page was faster, are not kept.
    func attach(
        _ kept: [AttachedFile], to spot: Spot, _ field: Field, of id: Case.ID, session: String, at moment: Moment
    ) async throws -> OpenCase {
        let maximum = field.attachment?.maximum ?? 0
        return try await save(
            id, session: session, at: moment,
            rows: { transaction, _ in
                for file in kept {
                    try transaction.run(
                        """
                        INSERT INTO attachment (id, application, size, at, content)
                        VALUES (\(file.id), \(id), \(file.size), \(moment), \(file.kept.content))
                        """)
                }
            },
            { answers in
                let before = spot.fresh(answers).files(of: field.id)
                guard before.count + kept.count <= maximum else {
                    throw CaseRefusal.unusable(AttachmentTexts.tooManyNow.with(String(maximum)))
                }
                spot.save([field.id: GivenAnswer(typed: [:], value: .files(before + kept))], into: &answers)
            })
    }

    /// Takes a file out of the working copy. What was sent with an earlier submission stays with that.
    func detach(
        _ file: AttachedFile, from spot: Spot, _ field: Field, of item: Case, session: String, at moment: Moment
    ) async throws {
        _ = try await save(item.id, session: session, at: moment) { answers in
            let rest = spot.fresh(answers).files(of: field.id).filter { $0.id != file.id }
            let answer = rest.isEmpty ? nil : GivenAnswer(typed: [:], value: .files(rest))
            spot.save([field.id: answer].compactMapValues { $0 }, into: &answers)
        }
        if item.status == .draft { try await files.delete(file.kept) }
    }

    /// Forgets files that no answer has any more; they are collected.
    func forget(_ gone: [AttachedFile], of id: Case.ID, in transaction: Transaction) throws {
        guard !gone.isEmpty else { return }
        try transaction.run(
            "DELETE FROM attachment WHERE application = \(id) AND id IN (\(anyOf: gone.map(\.id)))")
    }

    /// A file of an application, to be sent.
    func download(_ id: String, of open: OpenCase) throws -> Download {
        let all = (try open.journey.answers.files) + (try open.submitted.answers.files)
        guard let file = all.first(where: { $0.id == id }) else { throw CaseRefusal.notFound }
        return download(file, key: open.key, isShown: true)
    }

    /// A file that is kept, to be sent.
    /// - Parameter isShown: false where it is only to be kept.
    func download(_ file: AttachedFile, key: SealingKey, isShown: Bool) -> Download {
        let store = files
        return Download(type: file.kind.mediaType, name: file.storedName, isShown: isShown) {
            try await store.piece($0, of: file.kept, key: key)
        }
    }

    /// A file that is kept, opened in memory for a program that looks at it.
    func opened(_ file: AttachedFile, key: SealingKey) async throws -> Spool {
        let spool = try Spool()
        var index = 0
        while let bytes = try await files.piece(index, of: file.kept, key: key) {
            try spool.append(bytes)
            index += 1
        }
        return spool
    }

    /// How many files are named by a row and are not there.
    package func missingFiles() async throws -> Int {
        let there = try await Set(files.names())
        return try await database.read { transaction in
            try (AttachedFile.contents(in: transaction) + keptElsewhere(transaction)).count { !there.contains($0) }
        }
    }

    /// How many files are not what their names say, of those that rows name; what is not there is counted, too.
    package func damagedFiles() async throws -> Int {
        var damaged = 0
        for content in try await database.read({ try AttachedFile.contents(in: $0) + keptElsewhere($0) }) {
            // Files of before were called after their ids.
            let isWhole = (try? await files.isWhole(content)) ?? false
            if !isWhole && content.utf8.count == 64 { damaged += 1 }
        }
        return damaged
    }

    /// ファイルの掃除. Deletes what no row names: left by a crash between the file and its row, by a draft that expired, or by
    /// an answer that was taken back.
    package func collectFiles() async throws {
        let names = try await files.names(olderThan: 24 * 3600)
        let others = try await database.read { try ExportRun.contents(in: $0).union(keptElsewhere($0)) }
        for start in stride(from: 0, to: names.count, by: 500) {
            let some = Array(names[start..<min(start + 500, names.count)])
            let named = try await database.read { transaction in
                try Set(
                    transaction.rows("SELECT content FROM attachment WHERE content IN (\(anyOf: some))").map {
                        try $0["content"] as String
                    })
            }
            for name in some where !named.contains(name) && !others.contains(name) {
                try await files.delete(named: name)
            }
        }
    }
}

extension AttachedFile {
    /// The rows that name the files that are kept: a file without one is nobody's.
    static let migrations = [
        Migration(
            "applications/0005-attachments",
            """
            CREATE TABLE attachment (
                id TEXT PRIMARY KEY,
                application TEXT NOT NULL REFERENCES application (id) ON DELETE CASCADE,
                size \(.integer) NOT NULL,
                at TEXT NOT NULL
            ) \(.strict)
            """,
            "CREATE INDEX attachment_application ON attachment (application)")
    ]

    /// A file is called after what is in it.
    static let contentMigrations = [
        Migration(
            "applications/0037-file-contents",
            "ALTER TABLE attachment ADD COLUMN content TEXT NOT NULL DEFAULT ''",
            "UPDATE attachment SET content = id",
            "CREATE INDEX attachment_content ON attachment (content)")
    ]

    /// What the rows name.
    fileprivate static func contents(in transaction: Transaction) throws -> [String] {
        try transaction.rows("SELECT content FROM attachment").map { try $0["content"] }
    }

    /// The name with the ending of what is kept.
    var storedName: String {
        let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return "\(base).\(kind.ending)"
    }
}
