import Core
import Database
import HTML
import Web

extension Applications {
    /// 添付ファイルの表示, for the staff: as pictures that were made anew, so that nothing of what was sent in runs.
    func addViewerRoutes(to site: inout Site) {
        site.officer(.get, "/desk/cases/{id}/view/{file}", needs: .readCases) { visit in
            let (desk, file) = try await lookedAt(visit)
            let pages = try await Picture.pages(of: opened(file, key: desk.open.key), file.kind)
            let page = visit.query["page"].flatMap { Int($0) } ?? 1
            return .page(
                ViewerPages(officer: visit.who, item: desk.item, file: file, files: try desk.files, pages: pages).page(
                    min(max(1, page), max(1, pages ?? 1))))
        }

        site.officer(.get, "/desk/cases/{id}/view/{file}/picture", needs: .readCases) { visit in
            let (desk, file) = try await lookedAt(visit)
            let page = visit.query["page"].flatMap { Int($0) } ?? 1
            guard (1...9999).contains(page),
                let picture = try await Picture.page(page - 1, of: opened(file, key: desk.open.key), file.kind)
            else { throw Refused.notHere }
            try await recordView(desk.item.id, visit, ["page": String(page)])
            return .file(Download(picture, type: "image/jpeg", name: "\(page).jpg", isShown: true))
        }

        // The original, to be kept: it is not shown.
        site.officer(.get, "/desk/cases/{id}/files/{file}", needs: .readCases) { visit in
            let (desk, file) = try await lookedAt(visit)
            try await recordView(desk.item.id, visit, ["original": "yes"])
            return .file(download(file, key: desk.open.key, isShown: false))
        }
    }

    /// A file of an application that is open to the officer, in whatever version it was sent.
    private func lookedAt(_ visit: Visit<Officer>) async throws -> (DeskCase, AttachedFile) {
        let id = try caseID(visit)
        let key = try await lookingKey(id, visit.who).key
        let desk = try await deskCase(id, key: key, for: visit.who)
        guard let file = try desk.files.first(where: { $0.id == visit.parameter("file") }) else {
            throw CaseRefusal.notOnDesk
        }
        return (desk, file)
    }

    private func recordView(_ id: Case.ID, _ visit: Visit<Officer>, _ detail: [String: String]) async throws {
        try await database.write(.holding) { transaction in
            try transaction.record(
                Event("file.viewed", subject: id.text, detail: detail), by: .officer(visit.who.id), at: visit.moment)
        }
    }
}

/// 添付ファイルの表示.
struct ViewerPages {
    let officer: Officer
    let item: Case
    let file: AttachedFile
    /// Every file of the application, to go on to.
    let files: [AttachedFile]
    /// Nil where it cannot be shown.
    let pages: Int?

    func page(_ number: Int) -> Page {
        let place = Link.desk(item.id).view(file)
        let picture: HTML
        if let pages, pages > 0 {
            let source = place.below("picture").asking([("page", String(number))])
            picture = """
                <figure class="viewer"><img src="\(source)" alt="\(file.name)\(pages > 1 ? " \(number)ページ" : "")"></figure>
                """
        } else {
            picture = "<p class=\"notice\">このファイルは、画像にして表示できませんでした。必要なときは、元のファイルを保存して、安全な端末で開いてください。</p>"
        }
        return Page(
            file.name, zone: .desk(officer),
            """
            <p class="way"><a href="\(.desk(item.id))">\(item.number ?? "申請")へ戻る</a></p>
            <h1>\(file.name) <small>\(file.readableSize)</small></h1>
            \(turning(number, place))\(picture)\(turning(number, place, isSecond: true))
            <p><a href="\(.deskFile(item.id, file.id))">元のファイルを保存する</a></p>
            \(others)
            """)
    }

    /// 前のページ・次のページ.
    private func turning(_ number: Int, _ place: Link, isSecond: Bool = false) -> HTML? {
        guard let pages, pages > 1 else { return nil }
        func link(_ page: Int, _ words: String) -> HTML? {
            guard (1...pages).contains(page) else { return nil }
            return #"<a class="button" href="\#(place.asking([("page", String(page))]))">\#(words)</a> "#
        }
        return """
            <nav aria-label="\(isSecond ? "ページ（下）" : "ページ")" class="turning">\(link(number - 1, "前のページ"))<span>\(number) / \(pages)ページ</span> \(link(number + 1, "次のページ"))</nav>
            """
    }

    private var others: HTML? {
        guard files.count > 1, let index = files.firstIndex(where: { $0.id == file.id }) else { return nil }
        let place = Link.desk(item.id)
        let before: HTML? =
            index > 0 ? #"<a href="\#(place.view(files[index - 1]))">前のファイル: \#(files[index - 1].name)</a>"# : nil
        let after: HTML? =
            index + 1 < files.count
            ? #"<a href="\#(place.view(files[index + 1]))">次のファイル: \#(files[index + 1].name)</a>"# : nil
        return #"<nav aria-label="ほかのファイル" class="turning">\#(before) \#(after)</nav>"#
    }
}
