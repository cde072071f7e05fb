import Core

/// 前置き. What is asked before a form's own questions, depending on the mouth it comes through: who acts for whom and by
/// which mandate, who stood at the counter, when the paper came. Its ids begin with `by`, which no form may use, and never
/// change their meaning.
enum Preface {
    /// True for a page or field that a form may not have of its own.
    static func owns(_ id: String) -> Bool { id.hasPrefix("by-") || id.hasPrefix("by_") }

    /// The day a paper arrived.
    static let arrivedField = "by_arrived"
    /// The last day of a mandate.
    static let untilField = "by_until"
    static let relationField = "by_relation"
    static let scopeField = "by_scope"

    /// What an agent may be asked to do besides applying.
    enum Deed: String {
        /// 補正や町との連絡.
        case correct
        /// 結果の受け取り.
        case receive
    }

    /// True for a page that stays as it was sent: who acts for whom is not changed by whoever acts. Only the evidence may
    /// follow later, and an agent's particulars where the desk asks for them.
    static func isSettled(_ page: String, isPinned: Bool) -> Bool {
        guard owns(page), page != "by-evidence" else { return false }
        return page != "by-agent" || !isPinned
    }

    static func pages(for channel: Channel) -> [Form.Page] {
        switch channel {
        case .online: []
        case .proxy: [agent(when: nil), mandate(when: nil, agentTypes: true), evidence(when: nil)]
        case .counter: [counter] + ofAgent
        case .paper: [paper] + ofAgent + [scan]
        }
    }

    static func requirements(for channel: Channel) -> [Requirement] {
        switch channel {
        case .online: []
        case .proxy, .counter: [PrefaceTexts.mandateRequirement]
        case .paper: [PrefaceTexts.mandateRequirement, PrefaceTexts.scanRequirement]
        }
    }

    /// What is asked about an agent whom an officer types for.
    private static var ofAgent: [Form.Page] {
        let isAgent = Condition.answer(field: "by_present", isOneOf: ["agent"])
        return [agent(when: isAgent), mandate(when: isAgent, agentTypes: false), evidence(when: isAgent)]
    }

    private static func agent(when condition: Condition?) -> Form.Page {
        Form.Page(
            "by-agent", PrefaceTexts.agent, hint: PrefaceTexts.agentHint, when: condition,
            [
                Field("by_agent", PrefaceTexts.agentName, .name),
                Field("by_agent_address", PrefaceTexts.agentAddress, .address),
                Field("by_agent_telephone", PrefaceTexts.agentTelephone, .telephone),
            ])
    }

    private static func mandate(when condition: Condition?, agentTypes: Bool) -> Form.Page {
        let longAgo = Field.DateRule(daysBack: 36525, daysAhead: 0, businessDaysAhead: nil, isPartial: nil)
        let ahead = Field.DateRule(daysBack: 0, daysAhead: 3653, businessDaysAhead: nil, isPartial: nil)
        let fields = [
            Field(relationField, PrefaceTexts.relation, .choice(PrefaceTexts.relations)),
            Field(scopeField, PrefaceTexts.scope, isRequired: false, .choices(PrefaceTexts.scopes)),
            Field("by_from", PrefaceTexts.from, isRequired: false, .date(longAgo)),
            Field(untilField, PrefaceTexts.until, hint: PrefaceTexts.untilHint, isRequired: false, .date(ahead)),
        ]
        let consent = Field("by_consent", PrefaceTexts.consent, .consent(PrefaceTexts.consentWords))
        return Form.Page("by-mandate", PrefaceTexts.mandate, when: condition, agentTypes ? fields + [consent] : fields)
    }

    private static func evidence(when condition: Condition?) -> Form.Page {
        let attachment = Field.Attachment(requirement: PrefaceTexts.mandateRequirement.id, maximum: 3)
        return Form.Page(
            "by-evidence", PrefaceTexts.evidence, when: condition,
            [Field("by_evidence", PrefaceTexts.mandateRequirement.name, .attachment(attachment))])
    }

    private static let present = Field("by_present", PrefaceTexts.present, .choice(PrefaceTexts.presents))

    private static let counter = Form.Page(
        "by-counter", PrefaceTexts.counter, script: PrefaceTexts.counterScript,
        [present, Field("by_identity", PrefaceTexts.identity, .choice(PrefaceTexts.identities))])

    private static let paper = Form.Page(
        "by-paper", PrefaceTexts.paper,
        [
            Field(
                arrivedField, PrefaceTexts.arrived,
                .date(.init(daysBack: 366, daysAhead: 0, businessDaysAhead: nil, isPartial: nil))),
            present,
        ])

    private static let scan = Form.Page(
        "by-scan", PrefaceTexts.scan,
        [
            Field(
                "by_scan", PrefaceTexts.scanRequirement.name, isRequired: false,
                .attachment(.init(requirement: PrefaceTexts.scanRequirement.id, maximum: 10)))
        ])
}

extension Form {
    /// The form as it is asked through a mouth.
    package func asked(through channel: Channel) -> Form {
        var form = self
        form.pages = Preface.pages(for: channel) + pages
        form.requirements = (requirements ?? []) + Preface.requirements(for: channel)
        return form
    }
}

extension Form.Page {
    /// A page of the program's own.
    init(
        _ id: String, _ question: Text, hint: Text? = nil, script: Text? = nil, when condition: Condition? = nil,
        _ fields: [Field]
    ) {
        (self.id, self.question, self.hint, self.script) = (id, question, hint, script)
        (when, content) = (condition, .fields(fields))
    }
}

extension Field {
    /// A field of the program's own.
    init(_ id: String, _ label: Text, hint: Text? = nil, isRequired: Bool = true, _ kind: Kind) {
        self.init(id: id, label: label, hint: hint, isRequired: isRequired, kind: kind, fact: nil)
    }
}

extension Requirement {
    /// A requirement of the program's own.
    init(_ id: String, _ name: Text, clause: String, reason: Text, substitutes: [Substitute]) {
        (self.id, self.name, self.clause, self.reason) = (id, name, clause, reason)
        (state, self.substitutes) = (.other, substitutes)
    }
}
