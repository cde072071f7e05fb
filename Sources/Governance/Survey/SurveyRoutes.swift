import Core
import Database
import HTML
import Japanese
import Register
import Tabular
import Web

extension Link {
    static func survey(_ id: String) -> Link { "/desk/surveys/\(id)" }
}

extension Governance {
    func addSurveyRoutes(to site: inout Site) {
        site.officer(.get, "/desk/surveys", needs: nil) { visit in
            let sheets = try await database.read { try surveys(on: visit.moment.day, in: $0) }
            let rows: [[HTML]] = sheets.reversed().map { sheet in
                [
                    "<a href=\"\(.survey(sheet.survey.id))\">\(sheet.survey.name)</a>",
                    "\(FiscalYear(sheet.survey.observedYear).wareki)",
                    "\(sheet.lines.count)", "\(sheet.open)",
                    sheet.survey.closed.map { "回答済み（\($0.on.wareki)）" } ?? "回答前",
                ]
            }
            return .page(
                frame(visit).page(
                    .surveys, "調査",
                    """
                    <h1>国の調査</h1><p>問いを台帳や記録の項目に結びつけてあり、答えられるものは根拠と時点つきで入ります。手続きごとの棚卸調査は<a href="/desk/inventory">こちら</a>です。</p>
                    \(rows.isEmpty ? "<p class=\"notice\">調査の定義がまだありません。</p>" : Piece.table("調査", ["調査", "実績年度", "問い", "まだ答えられない", "状態"], numeric: [2, 3], rows))
                    """))
        }

        site.officer(.get, "/desk/surveys/{id}", needs: nil) { visit in
            .page(try await surveyPage(visit, Entry(today: visit.moment.day)))
        }

        site.officer(.get, "/desk/surveys/{id}/sheet.csv", needs: nil) { visit in
            let sheet = try await sheet(visit)
            return .file(Download(table: sheet.rows.guarded, name: "調査票-\(sheet.survey.id).csv", visit.query))
        }

        site.officer(.get, "/desk/surveys/{id}/sheet.xlsx", needs: nil) { visit in
            let sheet = try await sheet(visit)
            let spool = try sheet.workbook()
            let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            return .file(Download(spool, type: type, name: "調査票-\(sheet.survey.id).xlsx"))
        }

        addSurveyAnswers(to: &site)
    }

    private func addSurveyAnswers(to site: inout Site) {
        site.officer(.post, "/desk/surveys/{id}", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await surveyPage(visit, $0) }) { entry in
                let survey = try await database.read { try Kept<PlanSurvey>.require(visit.parameter("id"), in: $0) }
                guard let question = survey.questions.first(where: { $0.id == entry["question"] }) else {
                    entry.fail("question", "問いを一覧から選んでください。")
                    throw EntryTrouble(problems: entry.problems)
                }
                let typed = entry.words("answer", "回答", most: 40)
                let answer: String? =
                    question.kind == .yesNo
                    ? survey.words.first { $0.value == typed || $0.key == typed }?.key
                    : Entry.number(typed).map(ActionSheet.written)
                if answer == nil, !typed.isEmpty {
                    let known = survey.words.values.sorted().joined(separator: "」か「")
                    entry.fail("answer", question.kind == .yesNo ? "「\(known)」のどちらかを入力してください。" : "数を入力してください。")
                }
                let evidence = entry.words("evidence", "根拠", most: 300)
                let on = entry.day("on", "いつの時点か") ?? entry.today
                if on > entry.today { entry.fail("on", "「いつの時点か」は、きょうまでの日にしてください。") }
                if let answer, let number = Double(answer), number < 0 { entry.fail("answer", "0以上の数を入力してください。") }
                try entry.check()
                try await self.answer(
                    .init(
                        question: question.id, answer: answer ?? "", evidence: evidence, on: on,
                        by: Actor.officer(visit.who.id).text),
                    of: survey.id, seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.survey(survey.id).asking([("saved", "answered")]))
            }
        }

        site.officer(.post, "/desk/surveys/{id}/due", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await surveyPage(visit, $0) }) { entry in
                let due = entry.day("due", "回答の締切", optional: true)
                try entry.check()
                try await setDue(
                    due, of: visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.survey(visit.parameter("id")).asking([("saved", "due")]))
            }
        }

        site.officer(.post, "/desk/surveys/{id}/close", needs: .preparePlan) { visit in
            try await fill(visit, orShow: { try await surveyPage(visit, $0) }) { entry in
                try await closeSurvey(visit.parameter("id"), seen: entry.seen, by: visit.who, at: visit.moment)
                return .redirect(Link.survey(visit.parameter("id")).asking([("saved", "closed")]))
            }
        }
    }

    private func sheet<Who>(_ visit: Visit<Who>) async throws -> SurveySheet {
        let (id, today) = (visit.parameter("id"), visit.moment.day)
        return try await database.read { transaction in
            let survey = try Kept<PlanSurvey>.require(id, in: transaction)
            return try sheet(survey, try Kept<PlanSurvey>.list(in: transaction), on: today, in: transaction)
        }
    }

    private func surveyPage(_ visit: Visit<Officer>, _ entry: Entry) async throws -> Page {
        let (frame, sheet) = (frame(visit), try await sheet(visit))
        let survey = sheet.survey
        let rows: [[HTML]] = sheet.lines.map { line in
            [
                "\(line.question.no) \(line.question.text)",
                line.answer == nil
                    ? Piece.tag("まだ答えられません", "attention")
                    : "<b>\(survey.content.worded(line.answer))</b>（\(survey.content.coded(line.answer))）",
                "\(line.evidence)", "\(line.on?.wareki ?? "—")", "\(line.question.field.name)",
                "\(line.before.isEmpty ? "—" : line.before)",
            ]
        }
        let saved = [
            "answered": "記入しました。", "due": "締切を保存しました。入れた締切は、2週間前から知らせます。", "closed": "回答済みにしました。この答えは、もう変わりません。",
        ]
        let forms: HTML =
            frame.officer.may(.preparePlan) && survey.closed == nil
            ? Piece.act(
                "問いに答えを記入する", .survey(survey.id), isOpen: entry["evidence"] != nil,
                """
                \(entry.seen(survey.revision))
                \(entry.list("question", "問い", survey.questions.map { ($0.id, "\($0.no) \($0.text)") }))
                \(entry.line("answer", "回答", hint: "「\(survey.words.values.sorted().joined(separator: "」か「"))」、または数", width: "medium"))
                \(entry.line("evidence", "根拠"))\(entry.date("on", "いつの時点か", now: survey.observedOn))
                """, button: "記入する")
                + Piece.act(
                    survey.due == nil ? "回答の締切を入れる" : "回答の締切を直す", Link.survey(survey.id).below("due"),
                    isOpen: entry["due"] != nil,
                    "\(entry.seen(survey.revision))\(entry.date("due", "回答の締切", now: survey.due))", button: "締切を保存する")
                + Piece.act(
                    "回答済みにする", Link.survey(survey.id).below("close"),
                    "\(entry.seen(survey.revision))<p>いまの答えを、出したものとして残します。まだ答えられない問いは\(sheet.open)です。</p>",
                    button: "回答済みにする")
            : .empty
        return frame.page(
            .surveys, survey.name, entry: entry, saved: visit.query["saved"].flatMap { saved[$0] },
            """
            <p class="way"><a href="/desk/surveys">国の調査</a></p>
            <h1>\(survey.name) <small>\(survey.observedOn.wareki)時点、実績は\(FiscalYear(survey.observedYear).wareki)</small></h1>
            <p>調査の年度（\(FiscalYear(survey.surveyed).wareki)）と実績の年度（\(FiscalYear(survey.observedYear).wareki)）は別です。まだ答えられない問いは<b>\(sheet.open)</b>です。\(survey.closed.map { "回答済み（\($0.on.wareki)）です。" } ?? survey.due.map { "締切は\($0.wareki)です。" } ?? "")</p>
            \(Piece.table("調査票", ["問い", "回答（符号）", "根拠", "時点", "もとの項目", "前年の回答"], rows))
            <p class="acts"><a class="button" href="\(Link.survey(survey.id).below("sheet.csv"))">CSVで保存</a><a class="button" href="\(Link.survey(survey.id).below("sheet.xlsx"))">XLSXで保存</a></p>
            \(forms)
            """)
    }
}

extension SurveySheet {
    /// The sheet as a workbook. Throws where the file cannot be made.
    func workbook() throws -> Spool {
        let spool = try Spool()
        let widths = [8, 14, 44, 14, 8, 44, 12, 24, 14, 10]
        let book = try Workbook(path: spool.path, scratch: "/dev/shm")
        let columns = zip(Self.header, widths).map { Workbook.Column($0.0, width: $0.1) }
        let place = try book.addSheet("調査票", columns)
        for row in rows.dropFirst() { try book.append(row.map(Cell.typed), to: place) }
        try book.close()
        return spool
    }
}
