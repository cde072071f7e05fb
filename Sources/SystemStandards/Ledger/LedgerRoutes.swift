import Core
import Database
import HTML
import Japanese
import Register
import Web

extension SystemStandards {
    /// The books: forms, tables out and in.
    func addLedgerRoutes(to site: inout Site) {
        for book in Book.all { addRoutes(of: book, to: &site) }
    }

    private func addRoutes(of book: Book, to site: inout Site) {
        let place = "/desk/books/\(book.id)"

        site.officer(.get, "\(place)/new", needs: .writeSystems) { visit in
            let parent = visit.query["about"] ?? ""
            var typed = visit.query.pairs.reduce(into: [:]) { $0[$1.name] = $1.value }
            if book.parent == nil, typed["section"] == nil { typed["section"] = visit.who.memberships.first?.section }
            return .page(try await form(book, nil, about: parent, typed, visit.who))
        }

        site.officer(.post, place, needs: .writeSystems) { visit in try await keep(visit, book, nil) }

        site.officer(.get, "\(place)/sheet.csv", needs: nil) { visit in
            let rows = try await database.read { try sheet(book, of: visit.query["about"], in: $0) }
            return .file(Download(table: rows, name: "\(book.title) \(visit.moment.day.iso).csv", visit.query))
        }

        site.officer(.post, "\(place)/sheet", needs: .writeSystems, takesFiles: true) { visit in
            let bytes = try await ArrivingFile.bytes(of: "file", visit.upload, upTo: 20 * 1024 * 1024).content
            return try await attempt {
                guard let bytes, !bytes.isEmpty else { throw StandardsRefusal.noFile }
                _ = try await takeSheet(bytes, into: book, by: visit.who, at: visit.moment)
                return .redirect(home(of: book, nil).link)
            } orShow: { problem in
                let home = home(of: book, nil)
                return Page(
                    "エラー: \(book.title)の取込み", zone: .desk(visit.who),
                    """
                    <p class="way"><a href="\(home.link)">\(home.name)</a></p>
                    \(ProblemSummary("取り込んでいません", [(nil, "\(problem)")]).html)<h1>\(book.title)の取込み</h1>
                    <p>表を直して、もう一度送ってください。</p>
                    """)
            }
        }

        site.officer(.get, "\(place)/{entry}", needs: nil) { visit in
            .page(try await entryPage(visit, book))
        }

        site.officer(.get, "\(place)/{entry}/edit", needs: .writeSystems) { visit in
            let entry = try await requireEntry(visit.parameter("entry"), book)
            return .page(try await form(book, entry, about: entry.parent, entry.values, visit.who))
        }

        site.officer(.post, "\(place)/{entry}", needs: .writeSystems) { visit in
            try await keep(visit, book, try await requireEntry(visit.parameter("entry"), book))
        }

        site.officer(.post, "\(place)/{entry}/remove", needs: .writeSystems) { visit in
            try await attempt {
                let gone = try await remove(
                    visit.parameter("entry"), seen: visit.posted["revision"].flatMap { Int($0) } ?? 0, by: visit.who,
                    at: visit.moment)
                return .redirect(home(of: book, gone).link)
            } orShow: {
                try await entryPage(visit, book, problem: $0)
            }
        }
    }

    private func keep(_ visit: Visit<Officer>, _ book: Book, _ entry: LedgerEntry?) async throws -> Answer {
        let typed = book.fields.reduce(into: [:]) { typed, field in
            typed[field.id] = visit.posted.all(field.id).joined(separator: " ")
        }
        let parent = entry?.parent ?? visit.posted["about"] ?? ""
        return try await attempt {
            let seen = entry.map { (id: $0.id.text, revision: visit.posted["revision"].flatMap { Int($0) } ?? 0) }
            let id = try await write(typed, in: book, about: parent, over: seen, by: visit.who, at: visit.moment)
            let kept = try await requireEntry(id.text, book)
            return .redirect(book.parent == nil ? .entry(kept) : home(of: book, kept).link)
        } orShow: {
            try await form(book, entry, about: parent, typed, visit.who, problem: $0)
        }
    }

    func requireEntry(_ id: String, _ book: Book) async throws -> LedgerEntry {
        let found = try await database.read { try LedgerEntry.find(id, in: $0) }
        guard let found, found.book == book.id else { throw StandardsRefusal.notFound }
        return found
    }

    /// Where an entry belongs.
    private func home(of book: Book, _ entry: LedgerEntry?) -> (link: Link, name: String) {
        switch (book.parent, entry?.parent) {
        case ("systems", let parent?) where !parent.isEmpty: (.system(parent), "情報システム")
        case ("systems", _): ("/desk/systems", "情報システム")
        case ("business", let parent?):
            StandardBusiness(rawValue: parent).map { (Link.business($0), $0.name) } ?? (
                "/desk/standardisation", "標準化の進み具合"
            )
        case ("business", _): ("/desk/standardisation", "標準化の進み具合")
        default: book.id == Book.linkages.id ? ("/desk/linkages", "データ連携") : ("/desk/systems", "情報システム")
        }
    }

    private func form(
        _ book: Book, _ entry: LedgerEntry?, about parent: String, _ typed: [String: String], _ officer: Officer,
        problem: String? = nil
    ) async throws -> Page {
        let words = try await database.read { try bookWords(in: $0) }
        let about = LedgerEntry(
            id: .init(), book: book.id, parent: parent, revision: 0, values: [:], at: Moment(milliseconds: 0))
        let place = home(of: book, entry ?? about)
        let pages = LedgerPages(officer: officer, book: book, words: words)
        return pages.form(entry, about: parent, home: place, typed: typed, problem: problem)
    }

    private func entryPage(_ visit: Visit<Officer>, _ book: Book, problem: String? = nil) async throws -> Page {
        let entry = try await requireEntry(visit.parameter("entry"), book)
        let (words, versions, names, isWriter) = try await database.read { transaction in
            (
                try bookWords(in: transaction), try entry.versions(in: transaction), try staff.names(transaction),
                try mayWrite(book, about: entry.parent, entry.values, visit.who, in: transaction)
            )
        }
        return LedgerPages(officer: visit.who, book: book, words: words).entry(
            entry, home: home(of: book, entry), versions: versions, names: names, mayWrite: isWriter, problem: problem)
    }
}
