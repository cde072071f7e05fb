import Core
import HTML
import Web

/// 補正のお願い, answer by answer: what is the matter, and the way to correct it.
struct CorrectionView {
    private let pins: [(pin: Pin, spot: Spot)]
    private let id: Case.ID
    private let language: Language

    init(_ correction: Correction, in journey: Journey, of id: Case.ID, language: Language) {
        pins = correction.pins.compactMap { pin in
            Spot(pin.page, row: pin.row, question: pin.question, in: journey).map { (pin, $0) }
        }
        (self.id, self.language) = (id, language)
    }

    var html: HTML {
        let lines: [HTML] = pins.map { pin, spot in
            """
            <li><p><b>\(spot.name.html(language))</b></p><p class="kept">\(pin.words)</p>
            <p><a class="button" href="\(spot.link(id).fromCheck(true))">\(CaseTexts.correctThis.html(language))\
            <span class="unseen">（\(spot.name.html(language))）</span></a></p></li>
            """
        }
        return lines.isEmpty
            ? .empty : "<h2>\(CaseTexts.toCorrect.html(language))</h2><ol class=\"messages\">\(lines)</ol>"
    }
}
