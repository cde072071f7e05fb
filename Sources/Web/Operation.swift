package import Core

/// 外部連携の操作. What a route for other systems says of itself: the document that describes them is made of these.
package struct Operation: Sendable {
    /// A name for programs: `listApplications`.
    package let id: String
    /// What it does, as a person reads it.
    package let summary: String
    package let details: String
    package let parameters: [Parameter]
    /// The schema of what is posted; nil where nothing is.
    package let body: JSONValue?
    package let answer: Answer
    /// The statuses of the problems it may answer with.
    package let problems: [Int]
    /// True where a form is posted instead of JSON, as OAuth 2.0 has it.
    package let isForm: Bool
    /// Where the token for it is got with client credentials; nil where it is none of those.
    package let tokenPlace: String?

    package struct Parameter: Sendable {
        package enum Place: String, Sendable { case path, query, header }

        package let place: Place
        package let name: String
        package let isRequired: Bool
        package let schema: JSONValue
        package let meaning: String

        package init(_ place: Place, _ name: String, isRequired: Bool, _ schema: JSONValue, _ meaning: String) {
            (self.place, self.name, self.isRequired, self.schema) = (place, name, isRequired, schema)
            self.meaning = meaning
        }
    }

    /// What comes back where all is well.
    package enum Answer: Sendable {
        case json(JSONValue)
        /// An application of a procedure, each as its own form has it.
        case application
        /// A file as it was attached.
        case file
        /// JSON, or a table as CSV where that is asked for.
        case table(JSONValue)
    }

    package init(
        _ id: String, _ summary: String, details: String = "", parameters: [Parameter] = [], body: JSONValue? = nil,
        answer: Answer, problems: [Int] = [], isForm: Bool = false, tokenPlace: String? = nil
    ) {
        (self.isForm, self.tokenPlace) = (isForm, tokenPlace)
        (self.id, self.summary, self.details, self.parameters) = (id, summary, details, parameters)
        (self.body, self.answer, self.problems) = (body, answer, problems)
    }
}

/// A request by another system that is not taken, as RFC 9457 tells it; in Japanese and English.
package struct MachineProblem: Error, Sendable {
    package let status: Int
    let title: (ja: String, en: String)
    let detail: (ja: String, en: String)
    let retryAfter: Int?

    package init(
        _ status: Int, _ title: (ja: String, en: String), _ detail: (ja: String, en: String), retryAfter: Int? = nil
    ) {
        (self.status, self.title, self.detail, self.retryAfter) = (status, title, detail, retryAfter)
    }

    init(_ problem: Problem, retryAfter: Int? = nil) {
        self.init(
            problem.status, (problem.title[.ja], problem.title[.en]), (problem.words[.ja], problem.words[.en]),
            retryAfter: retryAfter)
    }

    /// The schema of such an answer.
    package static let schema: JSONValue = [
        "type": "object", "required": ["type", "title", "title_en", "status", "detail", "detail_en"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "title_en": ["type": "string"],
            "status": ["type": "integer"], "detail": ["type": "string"], "detail_en": ["type": "string"],
            "reference": ["type": "string"],
        ],
    ]

    func json(reference: String?) -> JSONValue {
        .members([
            ("type", "about:blank"), ("title", .string(title.ja)), ("title_en", .string(title.en)),
            ("status", .number(status)), ("detail", .string(detail.ja)), ("detail_en", .string(detail.en)),
            ("reference", reference.map { .string($0) }),
        ])
    }

    package static let noToken = MachineProblem(
        401, ("トークンが必要です", "A token is needed"),
        (
            "Authorization: Bearer に、有効なトークンを付けてください。期限が切れたか、取り消されたかもしれません。",
            "Send a valid token as Authorization: Bearer. It may have expired or been revoked."
        ))

    package static func scope(_ scope: Machine.Scope) -> MachineProblem {
        MachineProblem(
            403, ("このトークンではできません", "Not within this token's scope"),
            (
                "このトークンには「\(scope.name)」（\(scope.rawValue)）の許しがありません。",
                "This token lacks the scope \"\(scope.rawValue)\"."
            ))
    }
}
