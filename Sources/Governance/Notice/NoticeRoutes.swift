import Core
import Database
import HTML
import Japanese
import Web

extension Governance {
    func addNoticeRoutes(to site: inout Site) {
        site.officer(.get, "/desk/inbox", needs: nil) { visit in
            .page(try await inboxPage(visit, Entry(today: visit.moment.day)))
        }

        // Reading is a visit that leads to the thing itself.
        site.officer(.get, "/desk/inbox/{id}", needs: nil) { visit in
            let (id, officer, moment) = (visit.parameter("id"), visit.who.id, visit.moment)
            let link = try await database.write { transaction -> Link in
                guard let notice = try Notice.find(id, of: officer, in: transaction) else { throw Refused.notHere }
                transaction.keepHouse("a notice was read by whom it was for")
                try transaction.run(
                    "UPDATE governance_notice SET read_at = \(moment) WHERE id = \(id) AND officer = \(officer) AND read_at IS NULL"
                )
                return notice.link
            }
            return .redirect(link)
        }

        site.officer(.post, "/desk/inbox/read", needs: nil) { visit in
            let (officer, moment) = (visit.who.id, visit.moment)
            try await database.write { transaction in
                transaction.keepHouse("notices were read by whom they were for")
                try transaction.run(
                    "UPDATE governance_notice SET read_at = \(moment) WHERE officer = \(officer) AND read_at IS NULL")
            }
            return .redirect("/desk/inbox")
        }

        site.officer(.post, "/desk/inbox/settings", needs: nil) { visit in
            try await fill(visit, orShow: { try await inboxPage(visit, $0) }) { entry in
                let address = entry.words("address", "メールアドレス", most: 200, optional: true)
                if !address.isEmpty, MailAddress(address) == nil {
                    entry.fail("address", "name@example.jp の形のメールアドレスを入力してください。")
                }
                try entry.check()
                try await set(
                    entry["address"] == nil ? nil : address, renewing: entry["renew"] == "yes", for: visit.who,
                    at: visit.moment)
                return .redirect(("/desk/inbox" as Link).asking([("saved", "yes")]))
            }
        }

        // A calendar program has no session: the address itself is the secret.
        site.anyone(.get, "/calendar/{secret}") { visit in
            try calendars.take(visit.client, at: visit.moment)
            let (secret, today) = (visit.parameter("secret").replacing(".ics", with: ""), visit.moment.day)
            let feed = try await database.read { transaction -> CalendarFeed? in
                guard secret.count >= 20, let id = try Mailbox.officer(calendar: secret, in: transaction),
                    let officer = try staff.officer(id, transaction)
                else { return nil }
                return CalendarFeed(
                    of: officer, try GovernanceState(self, on: today, in: transaction), dues: try dues(in: transaction),
                    origin: origin)
            }
            guard let feed else { throw Refused.notHere }
            return .file(Download(text: feed.text(at: visit.moment), type: "text/calendar", name: "origami.ics"))
        }
    }

    /// Where the digest goes, and the calendar's address.
    private func set(_ typed: String?, renewing: Bool, for officer: Officer, at moment: Moment) async throws {
        let fresh = "\(ID<Mailbox>().text)\(ID<Mailbox>().text)".filter { $0 != "-" }
        try await database.write { transaction in
            let known = try Mailbox.find(officer.id, in: transaction)
            let address = typed ?? known?.address ?? ""
            let secret = renewing ? fresh : known?.calendar ?? fresh
            try transaction.run(
                """
                INSERT INTO governance_mailbox (officer, address, calendar) VALUES (\(officer.id), \(address), \(secret))
                ON CONFLICT (officer) DO UPDATE SET address = excluded.address, calendar = excluded.calendar
                """)
            try transaction.record(
                Event("mailbox.set", subject: officer.id.text, detail: ["mail": address.isEmpty ? "no" : "yes"]),
                by: .officer(officer.id), at: moment)
        }
    }

    private func inboxPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (frame, id) = (frame(visit), visit.who.id)
        let (notices, mailbox) = try await database.read { transaction in
            (try Notice.list(of: id, in: transaction), try Mailbox.find(id, in: transaction))
        }
        let items: [HTML] = notices.map { notice in
            """
            <li><span><a href="\(("/desk/inbox" as Link).below(notice.id))">\(notice.words)</a> \(notice.isRead ? .empty : Piece.tag("新しい", "attention"))</span><span>\(notice.at.day.wareki) \(notice.at.timeOfDay)</span></li>
            """
        }
        let calendar: HTML? = mailbox.map { mailbox in
            "<p>予定表のアドレス（あなただけのものです。人に教えないでください）:<br><code class=\"digest\">\(origin)/calendar/\(mailbox.calendar).ics</code></p>"
        }
        return frame.page(
            .home, "お知らせ", entry: entry, saved: visit.query["saved"] == nil ? nil : "保存しました。",
            """
            <p class="way"><a href="\(.governance)">推進ホーム</a></p><h1>お知らせ</h1>
            \(Piece.rows(items, empty: "お知らせはありません。"))
            \(notices.contains { !$0.isRead } ? "<form method=\"post\" action=\"/desk/inbox/read\"><button>全部を読んだことにする</button></form>" as HTML : .empty)
            <h2>受け取り方</h2>
            <form method="post" action="/desk/inbox/settings">
            <p>メールは1日に1回、朝にまとめて送ります。題と開く場所だけで、中身は入れません。</p>
            \(entry.line("address", "メールアドレス（空にすると送りません）", now: mailbox?.address ?? ""))
            \(calendar)
            \(mailbox == nil ? .empty : "<div class=\"tick\"><input type=\"checkbox\" id=\"renew\" name=\"renew\" value=\"yes\"><label for=\"renew\">予定表のアドレスを新しくする（前のアドレスは使えなくなります）</label></div>" as HTML)
            <button class="primary">保存する</button></form>
            """)
    }
}
