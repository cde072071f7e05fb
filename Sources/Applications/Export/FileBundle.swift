import Core
import Japanese
import Database
import Tabular
import Web

/// 添付ファイルのまとめ. What a ZIP file of applications holds: known before its first byte is sent.
struct FileBundle: Sendable {
    /// 一覧.csv and the files, in their order.
    let entries: [Entry]
    /// How many applications they are from.
    let applications: Int

    var files: Int { entries.count - 1 }

    struct Entry: Sendable {
        let name: String
        /// When it was made, in seconds since 1970.
        let seconds: Int
        let source: Source
    }

    enum Source: Sendable {
        case bytes([UInt8])
        /// An attached file, of an application.
        case file(AttachedFile, Case.ID)
        /// 決定通知書, set when its turn comes.
        case notice(Case.ID)
    }
}

extension Applications {
    /// Files of more applications than that, and more notices than that, are not taken out at once.
    static let bundledApplications = 2000
    static let bundledNotices = 300

    /// 添付ファイルの取り出し. Everything that was attached to the applications of a choice, named by its rule, with a list.
    /// Recorded with how much it was.
    func bundle(
        _ choice: ExportChoice, by officer: Officer, at moment: Moment
    ) async throws -> FileBundle {
        try requireExport(choice, officer)
        guard try await countExported(choice, upTo: Self.bundledApplications) <= Self.bundledApplications else {
            throw ExportRefusal.tooMany(Self.bundledApplications)
        }
        var list = try BundleList(rule: FileNameRule(choice.rule), hasNotices: choice.hasNotices)
        _ = try await eachExported(choice) { list.add($0) }
        guard list.notices <= Self.bundledNotices else { throw ExportRefusal.tooMany(Self.bundledNotices) }
        let bundle = list.bundle(at: moment)
        let detail = choice.detail.merging(["files": String(bundle.files), "count": String(bundle.applications)]) { $1 }
        try await database.write { transaction in
            try transaction.record(
                Event("files.exported", subject: choice.card, detail: detail), by: .officer(officer.id), at: moment)
        }
        return bundle
    }

    /// The same of one application.
    func bundle(of id: Case.ID, by officer: Officer, at moment: Moment) async throws -> FileBundle {
        _ = try await deskKey(id, officer, .readCases)
        let open = try await openCase(id)
        let rule = try await database.read {
            try ExportChoice.rule(section: open.item.section, card: open.item.card, in: $0)
        }
        var list = try BundleList(rule: FileNameRule(rule), hasNotices: open.item.hasNotice)
        list.add(.init(item: open.item, journey: try open.submitted, ledger: nil))
        let bundle = list.bundle(at: moment)
        try await database.write { transaction in
            try transaction.record(
                Event("files.exported", subject: id.text, detail: ["files": String(bundle.files)]),
                by: .officer(officer.id), at: moment)
        }
        return bundle
    }

    /// A bundle as it is sent: made while it is on its way.
    func download(_ bundle: FileBundle, named name: String) throws -> Download {
        let stream = try BundleStream(bundle, of: self)
        return Download(type: "application/zip", name: name + ".zip", isShown: false) { _ in try await stream.next() }
    }
}

/// Collects the files of applications and gives them their names.
private struct BundleList {
    private let rule: FileNameRule
    private let hasNotices: Bool
    private var names = GivenNames()
    private var entries: [FileBundle.Entry] = []
    private var lines = [["ファイル", "受付番号", "項目", "元の名前", "種類", "大きさ（バイト）", "SHA-256"]]
    private var applications = 0
    private(set) var notices = 0

    private static let listName = "一覧.csv"

    init(rule: FileNameRule, hasNotices: Bool) {
        (self.rule, self.hasNotices) = (rule, hasNotices)
        _ = names.unique(Self.listName)
    }

    mutating func add(_ item: ExportTable.Item) {
        applications += 1
        guard let journey = item.journey else { return }
        let seconds = (item.item.submittedAt ?? item.item.savedAt).milliseconds / 1000
        var count = 0
        for case .answer(_, let field, let answer) in journey.items {
            guard case .files(let files)? = answer?.value else { continue }
            for file in files {
                count += 1
                let name = name(
                    item, journey, field.label[.ja], count, original: file.name, ending: file.kind.ending)
                entries.append(.init(name: name, seconds: seconds, source: .file(file, item.item.id)))
                lines.append(
                    line(
                        name, item.item, field.label[.ja], file.name, file.kind.mediaType, String(file.size),
                        file.digest
                    ))
            }
        }
        guard hasNotices, item.item.hasNotice else { return }
        notices += 1
        let name = name(item, journey, "決定通知書", count + 1, original: "決定通知書.pdf", ending: "pdf")
        entries.append(.init(name: name, seconds: seconds, source: .notice(item.item.id)))
        lines.append(line(name, item.item, "決定通知書", "", "application/pdf", "", ""))
    }

    func bundle(at moment: Moment) -> FileBundle {
        let list = FileBundle.Entry(
            name: Self.listName, seconds: moment.milliseconds / 1000,
            source: .bytes(TextEncoding.utf8.file(lines).bytes))
        return FileBundle(entries: [list] + entries, applications: applications)
    }

    private func line(_ name: String, _ item: Case, _ field: String, _ original: String, _ rest: String...) -> [String]
    {
        [Cell.typed(name).csv, item.number ?? "", field, Cell.typed(original).csv] + rest
    }

    private mutating func name(
        _ item: ExportTable.Item, _ journey: Journey, _ field: String, _ count: Int, original: String, ending: String
    ) -> String {
        let base = original.lastIndex(of: ".").map { String(original[..<$0]) } ?? original
        let values: [FileNameRule.Place: String] = [
            .number: item.item.number ?? "", .field: field, .count: count < 10 ? "0\(count)" : String(count),
            .ending: ending, .original: base, .applicant: journey.applicantName?.text ?? "",
            .day: item.item.submittedAt?.day.iso ?? "", .procedure: journey.form.title[.ja],
        ]
        return names.unique(rule.name(values))
    }
}

/// Makes the archive of a bundle while it is sent: one file after the other, a piece at a time.
private actor BundleStream {
    private let archive: ZIPArchive
    private let applications: Applications
    private var left: ArraySlice<FileBundle.Entry>
    /// The file that is being written, with the piece that comes next.
    private var open: (source: Piece, next: Int)?
    private var isFinished = false

    private enum Piece {
        case file(AttachedFile, SealingKey)
        case spool(Spool)
    }

    init(_ bundle: FileBundle, of applications: Applications) throws {
        (archive, self.applications, left) = (try ZIPArchive(), applications, bundle.entries[...])
    }

    func next() async throws -> [UInt8]? {
        while !isFinished {
            try await step()
            let made = archive.take()
            if !made.isEmpty { return made }
        }
        return nil
    }

    private func step() async throws {
        if let open {
            let bytes: [UInt8]? =
                switch open.source {
                case .file(let file, let key): try await applications.files.piece(open.next, of: file.kept, key: key)
                case .spool(let spool): spool.bytes(from: open.next * FileStore.piece, count: FileStore.piece)
                }
            if let bytes, !bytes.isEmpty {
                try archive.write(bytes)
                self.open?.next += 1
            } else {
                self.open = nil
            }
            return
        }
        guard let entry = left.popFirst() else {
            try archive.finish()
            isFinished = true
            return
        }
        switch entry.source {
        case .bytes(let bytes):
            try archive.begin(entry.name, size: bytes.count, at: entry.seconds, packs: true)
            try archive.write(bytes)
        case .file(let file, let id):
            let key = try await applications.requireKey(id)
            // A picture and a PDF are packed already.
            try archive.begin(entry.name, size: file.size, at: entry.seconds, packs: false)
            open = (.file(file, key), 0)
        case .notice(let id):
            let paper = try await applications.noticePaper(try await applications.openCase(id))
            try archive.begin(entry.name, size: paper.count, at: entry.seconds, packs: false)
            open = (.spool(paper), 0)
        }
    }
}
