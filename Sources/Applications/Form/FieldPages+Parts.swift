import Core
import HTML
import Web

extension FieldView {
    /// 口座.
    var account: HTML {
        let (controls, labels) = (field.controls, FieldTexts.accountParts)
        let kinds: [HTML] = BankAccount.Kind.allCases.map { kind in
            let selected = Attributes().with("selected", when: value(controls[2]) == kind.rawValue)
            return #"<option value="\#(kind.rawValue)"\#(selected)>\#(FieldTexts.name(of: kind)[language])</option>"#
        }
        let kind: HTML = """
            <div class="field"><label for="\(controls[2])">\(labels[2].html(language))</label>\(problem(of: controls[2]))
            <select id="\(controls[2])" name="\(controls[2])"\(described(controls[2], hinted: false))>\(kinds)</select></div>
            """
        return group(
            part(controls[0], labels[0], completion: nil, width: "wide", hint: FieldTexts.accountHint)
                + part(controls[1], labels[1], completion: nil, width: "medium", hint: nil) + kind
                + part(controls[3], labels[3], completion: nil, width: "medium", mode: "numeric", hint: nil)
                + part(controls[4], labels[4], completion: nil, width: "wide", hint: nil))
    }

    /// 場所: words, and for whoever can give one a point. The button that asks the device for it is shown where scripts run.
    var place: HTML {
        let controls = field.controls
        return group(
            """
            \(part(controls[0], FieldTexts.placeWords, completion: nil, width: "wide", hint: FieldTexts.placeHint))
            \(part(controls[1], FieldTexts.placePoint, completion: nil, width: "medium", hint: FieldTexts.pointHint))
            <button type="button" class="quiet" hidden="" data-position="\(controls[1])">\(FieldTexts.here.html(language))</button>
            """)
    }

    /// A computed value, to read.
    var computed: HTML {
        let value = computedValue.map { field.spoken($0) } ?? DraftTexts.empty
        return """
            <dl class="facts"><div><dt>\(field.label.html(language))</dt><dd><b>\(value.html(language))</b></dd></div></dl>
            """
    }
}
