import Core
import Web

/// What the routes for other systems say of themselves.
enum MachineOperations {
    static let procedures = Operation(
        "listProcedures", "手続きの一覧", details: "オンラインで申請できる手続きです。トークンは要りません。",
        answer: .json(
            Case.objectSchema(
                [("procedures", ["type": "array", "items": procedure])], required: ["procedures"])))

    private static let procedure = Case.objectSchema(
        [
            ("id", ["type": "string"]), ("name", ["type": "string"]), ("name_en", ["type": "string"]),
            ("section", ["type": "string"]), ("section_name", ["type": "string"]), ("summary", ["type": "string"]),
            (
                "form",
                Case.objectSchema(
                    [("id", ["type": "string"]), ("version", ["type": "integer"]), ("minutes", ["type": "integer"])],
                    required: ["id", "version", "minutes"])
            ), ("page", ["type": "string"]),
        ], required: ["id", "name", "section", "form", "page"])

    static let list = Operation(
        "listApplications", "申請の一覧",
        details: "変わった順に並びます。next を cursor に付けてもう一度たずねると、続きが分かります。同じ申請が、変わるたびにまた出ます。",
        parameters: [
            card, .init(.query, "status", isRequired: false, statusSchema, "この状態のものだけ。"),
            .init(
                .query, "since", isRequired: false, ["type": "string"],
                "この時刻（2026-11-24T01:00:00Z）か日（2026-11-24）から変わったものだけ。"),
            .init(.query, "cursor", isRequired: false, ["type": "string"], "前の答えの next。"),
            .init(
                .query, "limit", isRequired: false, ["type": "integer", "minimum": 1, "maximum": 200], "件数。初めは 100。"),
        ],
        answer: .json(
            Case.objectSchema(
                [
                    ("applications", ["type": "array", "items": summary]), ("next", ["type": ["string", "null"]]),
                ], required: ["applications", "next"])), problems: [400])

    static let application = Operation(
        "getApplication", "1件の申請",
        details: "回答は、様式の項目の id ごとに並びます。連絡とメモは含みません。読むたびに記録されます。",
        parameters: [
            card, number,
            .init(.header, "If-None-Match", isRequired: false, ["type": "string"], "前に読んだときの ETag。変わっていなければ 304。"),
        ], answer: .application, problems: [404])

    static let file = Operation(
        "getFile", "添付ファイル", details: "回答の中の id で受け取ります。",
        parameters: [card, number, .init(.path, "file", isRequired: true, ["type": "string"], "ファイルの id。")],
        answer: .file, problems: [404])

    static let receive = Operation(
        "receiveApplication", "申請を受け付ける", details: "送信済の申請を、受付にします。",
        parameters: [
            card, number, .init(.header, "If-Match", isRequired: true, ["type": "string"], "読んだときの ETag。"), key,
        ], answer: .json(summary), problems: [400, 404, 409, 412, 422, 428])

    static let letter = writing("writeLetter", "申請者にお知らせを書く")
    static let note = writing("writeNote", "職員のためのメモを書く")

    private static func writing(_ id: String, _ summary: String) -> Operation {
        Operation(
            id, summary, parameters: [card, number, key],
            body: Case.objectSchema([("words", ["type": "string", "maxLength": 2000])], required: ["words"]),
            answer: .json(self.summary), problems: [400, 404, 415, 422])
    }

    private static let statusSchema: JSONValue = [
        "type": "string", "enum": .array(Case.Status.allCases.dropFirst().map { .string($0.rawValue) }),
    ]
    private static let summary = Case.objectSchema(Case.summarySchema, required: Case.listed)
    private static let card = Operation.Parameter(
        .path, "card", isRequired: true, ["type": "string"], "手続きの id。")
    private static let number = Operation.Parameter(
        .path, "number", isRequired: true, ["type": "string"], "受付番号。")
    private static let key = Operation.Parameter(
        .header, "Idempotency-Key", isRequired: true, ["type": "string", "maxLength": 100],
        "この要求の名前。同じ名前でもう一度送っても、1度だけ行います。")
}
