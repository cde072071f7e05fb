import Core
import Japanese
import Web

/// 回答の値. An answer as another system reads it, and the schema that says what comes.
extension Field {
    /// The answer as JSON: numbers are numbers, days `2026-11-24`, choices the values of the form.
    func json(_ value: FieldValue) -> JSONValue {
        switch value {
        case .text(let text): return .string(text)
        case .name(let name):
            return [
                "family": .string(name.family), "given": .string(name.given),
                "family_kana": .string(name.familyKana), "given_kana": .string(name.givenKana),
            ]
        case .date(let day): return .string(day.iso)
        case .partialDate(let date): return .string(date.iso)
        case .address(let address):
            return [
                "postcode": .string(address.postcode), "street": .string(address.street),
                "building": .string(address.building),
            ]
        case .number(let number): return .number(number)
        case .decimal(let number, let places): return .digits(WrittenDecimal.text(number, places: places))
        case .chosen(let values):
            if case .choices = kind { return .array(values.map { .string($0) }) }
            return JSONValue(values.first)
        case .agreed: return true
        case .account(let account):
            return [
                "bank": .string(account.bank), "branch": .string(account.branch),
                "type": .string(account.type.rawValue), "number": .string(account.number),
                "holder": .string(account.holder),
            ]
        case .place(let place):
            let point = place.point.map { $0.text.replacing(" ", with: "").split(separator: ",").map(String.init) }
            return .members([
                ("words", .string(place.words)), ("latitude", point.map { .digits($0[0]) }),
                ("longitude", point.map { .digits($0[1]) }),
            ])
        case .files(let files):
            return .array(
                files.map { file in
                    [
                        "id": .string(file.id), "name": .string(file.name), "type": .string(file.kind.mediaType),
                        "size": .number(file.size), "sha256": .string(file.digest),
                    ]
                })
        case .substituted(let way): return ["substitute": .string(way.rawValue)]
        case .rows(let rows):
            let fields = self.rows?.fields ?? []
            return .array(rows.map { Field.json($0.answers, of: fields) })
        }
    }

    /// Answers by the ids of their fields, in the order of the form.
    static func json(_ answers: Answers, of fields: [Field]) -> JSONValue {
        .object(
            fields.compactMap { field in
                answers[field.id].map { JSONValue.Member(field.id, field.json($0.value)) }
            })
    }

    /// The schema of ``json(_:)`` (JSON Schema 2020-12).
    var schema: JSONValue {
        let title = label[.ja]
        func described(_ members: [(String, JSONValue)]) -> JSONValue {
            .members([("title", .string(title))] + members)
        }
        switch kind {
        case .text, .passage, .telephone, .mail: return described([("type", "string")])
        case .digits(let count):
            return described([("type", "string"), ("pattern", .string("^[0-9]{\(count)}$"))])
        case .name:
            return described(Field.object(["family", "given", "family_kana", "given_kana"]))
        case .address: return described(Field.object(["postcode", "street", "building"]))
        case .account: return described(Field.object(["bank", "branch", "type", "number", "holder"]))
        case .date(let rule) where rule.isPartial == true:
            return described([("type", "string"), ("pattern", "^[0-9]{4}(-[0-9]{2}){0,2}$")])
        case .date: return described([("type", "string"), ("format", "date")])
        case .number, .money, .computed: return described([("type", "integer")])
        case .decimal: return described([("type", "number")])
        case .consent: return described([("type", "boolean")])
        case .yesNo, .choice:
            return described([("type", "string"), ("enum", .array(options.map { .string($0.value) }))])
        case .choices:
            let item: JSONValue = ["type": "string", "enum": .array(options.map { .string($0.value) })]
            return described([("type", "array"), ("items", item)])
        case .place:
            return described([
                ("type", "object"), ("required", ["words"]), ("additionalProperties", false),
                (
                    "properties",
                    [
                        "words": ["type": "string"], "latitude": ["type": "number"], "longitude": ["type": "number"],
                    ]
                ),
            ])
        case .attachment: return described([("anyOf", [Field.filesSchema, Field.substituteSchema])])
        case .rows(let rows):
            return described([("type", "array"), ("items", Field.schema(of: [rows.fields]))])
        case .information: return described([])
        }
    }

    /// The schema of the answers to several versions of a form: a field that changed its kind is either.
    static func schema(of versions: [[Field]]) -> JSONValue {
        var order: [String] = []
        var schemas: [String: [JSONValue]] = [:]
        for field in versions.joined() {
            if case .information = field.kind { continue }
            if schemas[field.id] == nil { order.append(field.id) }
            let schema = field.schema
            if schemas[field.id]?.contains(schema) != true { schemas[field.id, default: []].append(schema) }
        }
        let properties = order.map { id in
            let all = schemas[id] ?? []
            return JSONValue.Member(id, all.count == 1 ? all[0] : ["anyOf": .array(all)])
        }
        return ["type": "object", "properties": .object(properties), "additionalProperties": false]
    }

    private static func object(_ names: [String]) -> [(String, JSONValue)] {
        [
            ("type", "object"), ("required", .array(names.map { .string($0) })), ("additionalProperties", false),
            ("properties", .object(names.map { .init($0, ["type": "string"]) })),
        ]
    }

    private static let filesSchema: JSONValue = [
        "type": "array",
        "items": [
            "type": "object", "required": ["id", "name", "type", "size", "sha256"], "additionalProperties": false,
            "properties": [
                "id": ["type": "string"], "name": ["type": "string"], "type": ["type": "string"],
                "size": ["type": "integer"], "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
            ],
        ],
    ]

    private static let substituteSchema: JSONValue = [
        "type": "object", "required": ["substitute"], "additionalProperties": false,
        "properties": [
            "substitute": [
                "type": "string", "enum": .array(Requirement.Substitute.allCases.map { .string($0.rawValue) }),
            ]
        ],
    ]
}
