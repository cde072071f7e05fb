import Core
import Database
import HTML
import Japanese
import Register
import Web

extension Governance {
    /// 進み具合, for everybody.
    func addProgressRoutes(to site: inout Site) {
        site.anyone(.get, "/progress") { visit in
            guard let pages = try await progressPages(visit) else {
                return .page(
                    Page(
                        ProgressTexts.title[visit.language],
                        "<h1>\(ProgressTexts.title.html(visit.language))</h1><p class=\"notice\">\(PlanTexts.nothing.html(visit.language))</p>"
                    ))
            }
            return .page(pages.page)
        }

        site.anyone(.get, "/progress.json") { visit in
            guard let pages = try await progressPages(visit) else { throw Refused.notHere }
            return .file(
                Download(text: try KeptText.write(pages.progress), type: "application/json", name: "progress.json"))
        }

        site.anyone(.get, "/progress.pdf") { visit in
            try printing.take(visit.client, at: visit.moment)
            guard let pages = try await progressPages(visit) else { throw Refused.notHere }
            let title = ProgressTexts.title[visit.language]
            let body: HTML =
                "<h1>\(pages.progress.town) \(title) <small>\(pages.progress.on)　\(pages.progress.plan)</small></h1>\(pages.body)"
            let paper = try await Typesetter.pdf(title, body, as: .report)
            return .file(Download(paper, type: "application/pdf", name: "progress-\(pages.progress.on).pdf"))
        }

        addProgressTables(to: &site)

        site.anyone(.get, "/progress/screen") { visit in
            guard let pages = try await progressPages(visit) else { throw Refused.notHere }
            let slide = visit.query["slide"].flatMap { Int($0) }.map { max(0, min($0, 1000)) } ?? 0
            let next = ("/progress/screen" as Link).asking([("slide", String((slide + 1) % pages.slides.count))])
            return Answer.page(pages.screen(slide)).refreshing(after: 15, to: next)
        }

        site.anyone(.get, "/progress/meetings/{id}") { visit in
            try await database.read { transaction in
                let meeting = try Kept<Meeting>.require(visit.parameter("id"), in: transaction).content
                guard meeting.state == .published else { throw Refused.notHere }
                let body = try Kept<Body>.require(meeting.body, in: transaction).content
                return .page(ProgressPages.minutes(meeting, body, language: visit.language))
            }
        }
    }

    /// What the page says in numbers, as tables.
    private func addProgressTables(to site: inout Site) {
        table("use", ["手続きの識別名", "手続き", "件数", "オンライン", "オンラインの割合（%）"], ofMonths: true, &site) { progress in
            progress.use.map {
                [
                    $0.card, $0.name, $0.sent.map(String.init) ?? "", $0.online.map(String.init) ?? "",
                    ActionSheet.written($0.percent),
                ]
            }
        }
        table("published", ["手続き", "オンライン申請率（%）", "全国の真ん中（%）", "実績の年度", "出典"], &site) { progress in
            progress.published.map {
                [
                    $0.name, ActionSheet.written($0.percent), ActionSheet.written($0.nation), String($0.year),
                    $0.source,
                ]
            }
        }
        let actions = ["重点取組事項", "番号", "取組", "状態", "KPI", "単位", "基準値", "目標", "実績", "自動の評価", "人の評価", "終期の扱い"]
        table("actions", actions, ofMonths: true, &site) { progress in
            progress.items.flatMap { item in
                item.actions.flatMap { action -> [[String]] in
                    let head = [item.name, action.number, action.title, action.state]
                    let tail = [action.human ?? "", action.fate ?? ""]
                    guard !action.kpis.isEmpty else { return [head + ["", "", "", "", "", ""] + tail] }
                    return action.kpis.map {
                        head + [
                            $0.name, $0.unit, ActionSheet.written($0.baseline), ActionSheet.written($0.target),
                            ActionSheet.written($0.value), $0.grade,
                        ] + tail
                    }
                }
            }
        }
        table("levels", ["手続きの識別名", "手続き", "段階", "次の段階に要ること"], &site) { progress in
            progress.levels.map { [$0.card, $0.name, $0.level ?? "", $0.missing.joined(separator: "、")] }
        }
        let trials = ["題", "見たこと", "仮説", "決定", "測るもの", "単位", "見込み", "結果", "終わり方", "理由", "始まり", "終わり"]
        table("trials", trials, &site) { progress in
            progress.tried.map {
                [
                    $0.title, $0.fact, $0.idea, $0.decision, $0.metric, $0.unit, ActionSheet.written($0.expected),
                    ActionSheet.written($0.found), $0.ending, $0.reason, $0.from ?? "", $0.until ?? "",
                ]
            }
        }
        table("measures", ["重点取組事項", "指標", "値", "単位", "定義", "出典"], ofMonths: true, &site) { progress in
            progress.items.flatMap { item in
                item.measures.map {
                    [item.name, $0.name, ActionSheet.written($0.value), $0.unit, $0.definition, $0.source]
                }
            }
        }
    }

    private func progressPages(_ visit: Visit<Anyone>) async throws -> ProgressPages? {
        try await database.read { transaction in
            guard let progress = try publicProgress(on: visit.moment.day, in: transaction) else { return nil }
            let names = try Card.list(in: transaction).reduce(into: [Card.ID: Text]()) { $0[$1.id] = $1.name }
            return ProgressPages(language: visit.language, progress: progress, names: names)
        }
    }

    /// A table of everybody's. Behind each row stands the last month that is counted, or the day that it is told of.
    private func table(
        _ name: String, _ head: [String], ofMonths: Bool = false, _ site: inout Site,
        _ rows: @escaping @Sendable (PublicProgress) -> [[String]]
    ) {
        site.anyone(.get, "/progress/\(name).csv") { visit in
            guard let progress = try await progressPages(visit)?.progress else { throw Refused.notHere }
            let lines = rows(progress).map { $0 + [ofMonths ? progress.through : progress.on] }
            let table = [head + [ofMonths ? "数えた月まで" : "いつ現在"]] + lines.guarded
            return .file(Download(table: table, name: "\(name).csv", visit.query))
        }
    }
}
