import Web

/// What the routes of the gateway say of themselves.
enum GatewayOperations {
    private static func object(_ members: [(String, JSONValue)], required: [JSONValue]) -> JSONValue {
        ["type": "object", "properties": .members(members), "required": .array(required)]
    }

    private static let text: JSONValue = ["type": "string"]
    private static let number: JSONValue = ["type": "integer"]

    static let token = Operation(
        "getGatewayToken", "データの窓口のトークン",
        details: """
            OAuth 2.0 のクライアントクレデンシャル（RFC 6749 4.4）。client_secret_jwt か client_secret_basic で名乗ります。有効なのは5分で、リフレッシュトークンはありません。\
            断るときは、400 か 401 で error と error_description を返します。
            """,
        body: object(
            [
                ("grant_type", ["type": "string", "enum": ["client_credentials"]]), ("scope", text),
                ("client_assertion_type", text), ("client_assertion", text),
            ], required: ["grant_type"]),
        answer: .json(
            object(
                [("access_token", text), ("token_type", text), ("expires_in", number), ("scope", text)],
                required: ["access_token", "token_type", "expires_in"])),
        problems: [400, 401, 429], isForm: true)

    static let introspect = Operation(
        "introspectGatewayToken", "データの窓口のトークンの照会", details: "RFC 7662。自分のトークンについてだけ答えます。",
        body: object(
            [("token", text), ("client_assertion_type", text), ("client_assertion", text)], required: ["token"]),
        answer: .json(
            object(
                [
                    ("active", ["type": "boolean"]), ("client_id", text), ("token_type", text), ("scope", text),
                    ("exp", number),
                ], required: ["active"])),
        problems: [400, 401, 429], isForm: true)

    static let pull = Operation(
        "pullTable", "データの窓口の表",
        details: "スコープは「業務システムID:リソース名:read」です。Accept: text/csv か format=csv なら、全部をCSVで返します。JSONは500件ずつで、next が続きです。",
        parameters: [
            .init(.path, "system", isRequired: true, text, "業務システムID。"),
            .init(.path, "resource", isRequired: true, text, "リソース名。"),
            .init(.query, "format", isRequired: false, ["type": "string", "enum": ["json", "csv"]], "形。"),
            .init(.query, "page", isRequired: false, ["type": "integer", "minimum": 1], "JSONの何ページめか。"),
            .init(.query, "version", isRequired: false, number, "この版でなければ、409。"),
            .init(.header, "If-None-Match", isRequired: false, text, "前の ETag。変わっていなければ、304。"),
        ],
        answer: .table(
            object(
                [
                    ("name", text), ("version", number), ("published_at", text), ("rows", number), ("page", number),
                    ("pages", number), ("items", ["type": "array", "items": ["type": "object"]]),
                    ("next", ["type": ["string", "null"]]),
                ], required: ["version", "rows", "page", "pages", "items", "next"])),
        problems: [400, 401, 403, 404, 409, 429], tokenPlace: SystemStandards.tokenPath)
}
