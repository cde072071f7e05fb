import Core
import Database
package import Web

extension Applications {
    /// 外部連携の説明. The routes for other systems, as OpenAPI for programs and as a page for people; both are made of the
    /// routes that were added before.
    package func addDescription(to site: inout Site) {
        let routes = site.routes.filter { $0.operation != nil }
        let document = Operation(
            "getDescription", "この API の説明（OpenAPI）", details: "card を付けると、その手続きだけの説明になります。",
            parameters: [
                .init(.query, "card", isRequired: false, ["type": "string"], "手続きの id。")
            ], answer: .json(["type": "object"]))
        site.open(.get, "/api/openapi.json", document) { visit in
            let wanted = visit.query["card"]
            let schemas = try await database.read { try machineSchemas(of: wanted, in: $0) }
            guard wanted == nil || !schemas.isEmpty else { throw Refused.notHere }
            return .json(OpenAPI(town: town, routes: routes, schemas: schemas).json)
        }
        site.anyone(.get, "/api") { _ in .page(InterfaceGuide(town: town, routes: routes).page) }
    }

    /// The schemas of the applications of every procedure that has a form, or of one.
    private func machineSchemas(
        of wanted: String?, in transaction: Transaction
    ) throws -> [(card: String, schema: JSONValue)] {
        let rows = try transaction.rows("SELECT card, form, version FROM form_version ORDER BY card, version DESC")
        var versions: [(card: String, fields: [[Field]])] = []
        for row in rows {
            let card: String = try row["card"]
            guard wanted == nil || wanted == card else { continue }
            let fields = try Channel.allCases.map {
                try shelf.form(row["form"], version: row["version"], through: $0, in: transaction).pages.flatMap(
                    \.fields)
            }
            if versions.last?.card == card {
                versions[versions.count - 1].fields += fields
            } else {
                versions.append((card, fields))
            }
        }
        return versions.map { ($0.card, Case.schema(card: $0.card, versions: $0.fields)) }
    }
}

/// OpenAPI 3.1 of the routes for other systems.
struct OpenAPI {
    let town: Town
    let routes: [Route]
    /// 手続き, each with the schema of its applications.
    let schemas: [(card: String, schema: JSONValue)]

    var json: JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": .string("\(town.name[.ja]) オンライン手続 API"), "version": "1",
                "description": "トークンは、デジタル推進の担当が発行し、手続きの担当課の決裁者が同意します。日時は協定世界時（UTC）です。",
            ],
            "servers": [["url": "/"]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(
                    [.init("Problem", MachineProblem.schema), .init("Application", anyApplication)]
                        + schemas.map { .init("Application-\($0.card)", $0.schema) }),
                "securitySchemes": .object(schemes),
            ],
        ]
    }

    private var schemes: [JSONValue.Member] {
        let token = JSONValue.Member("token", ["type": "http", "scheme": "bearer"])
        guard let place = routes.lazy.compactMap({ $0.operation?.tokenPlace }).first else { return [token] }
        return [
            token,
            .init(
                "client",
                [
                    "type": "oauth2",
                    "flows": ["clientCredentials": ["tokenUrl": .string(place), "scopes": .object([])]],
                ]),
        ]
    }

    private var anyApplication: JSONValue {
        ["oneOf": .array(schemas.map { Self.reference("Application-\($0.card)") })]
    }

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private var paths: [JSONValue.Member] {
        var order: [String] = []
        var methods: [String: [JSONValue.Member]] = [:]
        for route in routes {
            guard let operation = route.operation else { continue }
            if methods[route.pattern] == nil { order.append(route.pattern) }
            methods[route.pattern, default: []].append(
                .init(route.method.rawValue, self.operation(operation, route.audience)))
        }
        return order.map { .init($0, .object(methods[$0] ?? [])) }
    }

    private func operation(_ operation: Operation, _ audience: Route.Audience) -> JSONValue {
        let scope: Machine.Scope? = if case .machine(let scope) = audience { scope } else { nil }
        return .members([
            ("operationId", .string(operation.id)), ("summary", .string(operation.summary)),
            ("description", operation.details.isEmpty ? nil : .string(operation.details)),
            (
                "security",
                .array(
                    operation.tokenPlace != nil
                        ? [["client": .array([])]] : scope.map { [["token": [.string($0.rawValue)]]] } ?? [])
            ),
            ("parameters", operation.parameters.isEmpty ? nil : .array(operation.parameters.map(parameter))),
            (
                "requestBody",
                operation.body.map { body -> JSONValue in
                    let type = operation.isForm ? "application/x-www-form-urlencoded" : "application/json"
                    return ["required": true, "content": .object([.init(type, ["schema": body])])]
                }
            ),
            ("responses", .object(responses(operation, isForTokens: scope != nil))),
        ])
    }

    private func parameter(_ parameter: Operation.Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "description": .string(parameter.meaning),
            "schema": parameter.schema,
        ]
    }

    private func responses(_ operation: Operation, isForTokens: Bool) -> [JSONValue.Member] {
        let content: JSONValue =
            switch operation.answer {
            case .json(let schema): ["application/json": ["schema": schema]]
            case .table(let schema):
                ["application/json": ["schema": schema], "text/csv": ["schema": ["type": "string"]]]
            case .application: ["application/json": ["schema": Self.reference("Application")]]
            case .file:
                .object(
                    Set(FileKind.allCases.map(\.mediaType)).sorted().map {
                        .init($0, ["schema": ["type": "string", "format": "binary"]])
                    })
            }
        let statuses = Set(operation.problems + (isForTokens ? [401, 403, 429] : []) + [500]).sorted()
        return [.init("200", ["description": "できました", "content": content])]
            + statuses.map { status in
                let answer: JSONValue = [
                    "description": .string(Self.meaning(of: status)),
                    "content": ["application/problem+json": ["schema": Self.reference("Problem")]],
                ]
                return .init(String(status), answer)
            }
    }

    /// What a status says, as a person reads it.
    static func meaning(of status: Int) -> String {
        switch status {
        case 400: "読み取れません"
        case 401: "トークンがないか、有効でありません"
        case 403: "このトークンではできません"
        case 404: "ありません"
        case 409: "いまの状態ではできません"
        case 412: "読んだあとに変わっています"
        case 415: "JSON ではありません"
        case 422: "内容を直してください"
        case 428: "If-Match が必要です"
        case 429: "多すぎます。Retry-After の秒数だけ待ってください"
        default: "こちらの問題です"
        }
    }
}
