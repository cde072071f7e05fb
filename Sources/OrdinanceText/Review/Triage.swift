/// 見直しの仕分け. What has to happen so that a provision stops being an analog rule.
package struct Triage: Sendable, Codable, Equatable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// The town's ordinance on online procedures covers it already.
        case covered
        /// It will be covered once that ordinance is adopted, or reaches this kind of instrument.
        case coveredByExtension = "covered-by-extension"
        /// It needs its own amendment.
        case amendment
        /// It rests on national law: the State amends first.
        case nationalLaw = "national-law"
        /// Practice or interpretation is enough.
        case practice

        /// As an office says it.
        package var japanese: String {
            switch self {
            case .covered: "オンライン通則条例で対応済み"
            case .coveredByExtension: "オンライン通則条例の制定・拡大で対応"
            case .amendment: "個別の改正が必要"
            case .nationalLaw: "国の法令の改正待ち"
            case .practice: "運用で対応"
            }
        }
    }

    package let outcome: Outcome
    package let reason: String
    /// The provision that says so.
    package let basis: ClauseAddress?
}

extension OrdinanceCollection {
    /// 行政手続等における情報通信の技術の利用に関する条例 and those that came after it.
    private static let online = Pattern.sure(
        "情報通信の?技術[^、]{0,10}(?:利用|活用)[^、]{0,20}(?:条例|規程|規則)|デジタル技術を活用した手続|行政手続等のオンライン|電子情報処理組織")
    private static let openEnded = Pattern.sure(
        "その他(?:適当な|の適切な|これに(?:準ずる|類する))?(?:の)?方法|その他(?:市長|町長|村長|教育委員会)[^、。]{0,20}(?:適当|必要)と認める方法|等の方法|等により")
    private static let byLaw = Pattern.sure(
        "(?:法|令|省令)(?:第[^。、]{1,20})?の規定(?:による|に基づく|により)[^。、]{0,30}(?:公示|公告|閲覧|縦覧|検査|点検|調査|送達|掲示|講習|標識|立入)")
    private static let underLaw = Pattern.sure("法(?:律)?(?:施行)?(?:細則|規程)|法施行細則")

    /// Which categories the pattern of such ordinances reaches, and the caption of the article that does.
    private static let reach: [String: String] = [
        "書面": "申請|処分通知", "押印": "申請", "往訪閲覧・縦覧": "縦覧", "郵送": "処分通知|申請", "持参": "申請", "原本": "申請", "出頭": "申請",
    ]

    /// The ordinance on online procedures of this town; nil without one.
    package var onlineOrdinance: ReviewedDocument? {
        documents.first { Self.online.fits($0.title) && $0.title.hasSuffix("条例") }
            ?? documents.first { Self.online.fits($0.title) }
    }

    /// Sorts a judgement; nil for what is not applicable.
    /// - Parameters:
    ///   - document: its index.
    ///   - online: ``onlineOrdinance``, looked up once for all.
    package func triage(_ judgement: Judgement, clause: Int, document: Int, online: ReviewedDocument?) -> Triage? {
        guard judgement.verdict == .applicable || judgement.verdict == .borderline else { return nil }
        let reviewed = documents[document]
        let text = Judge.fold(reviewed.clauses[clause].text)
        let own = reviewed.address(clause)
        if Self.openEnded.fits(text), judgement.root == nil {
            return Triage(outcome: .practice, reason: "「その他の方法」を認めているので、運用で足ります", basis: own)
        }
        if let caption = Self.reach[judgement.category] {
            guard let online, online.id != reviewed.id else {
                return Triage(
                    outcome: .coveredByExtension, reason: "オンライン通則条例が例規集にありません。制定すれば、この規定に代えてオンラインでできます", basis: nil)
            }
            let basis = online.article(captioned: caption)
            let isReached = reviewed.title.hasSuffix("条例") || reviewed.title.hasSuffix("規則")
            return isReached
                ? Triage(outcome: .covered, reason: "\(online.title)により、この規定にかかわらずオンラインでできます", basis: basis)
                : Triage(
                    outcome: .coveredByExtension, reason: "\(online.title)の「条例等」に、この種類の例規は入りません。広げれば足ります",
                    basis: basis)
        }
        if let law = nationalLaw(text, reviewed.title) {
            return Triage(outcome: .nationalLaw, reason: law, basis: own)
        }
        if let root = judgement.root {
            return Triage(outcome: .amendment, reason: "元の規定を改めれば、ここも改まります", basis: root)
        }
        return Triage(outcome: .amendment, reason: "オンライン通則条例の及ばない区分です。この規定を改めます", basis: own)
    }

    private func nationalLaw(_ text: String, _ title: String) -> String? {
        if let match = Self.byLaw.first(in: text), let words = match[0] { return "国の法令に基づく規定です（\(words)）" }
        return Self.underLaw.fits(title) ? "国の法律を施行するための例規です（\(title)）" : nil
    }
}

extension ReviewedDocument {
    /// The first article whose caption has these words.
    fileprivate func article(captioned words: String) -> ClauseAddress? {
        let words = words.split(separator: "|")
        return clauses.firstIndex { clause in words.contains { clause.caption.contains($0) } }.map { address($0) }
    }
}
