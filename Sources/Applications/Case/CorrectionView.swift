import Core
import HTML
import Web

/// 補正のお願い, answer by answer: what is the matter, and the way to correct it.
struct CorrectionView {
    let open: OpenCase
    let journey: Journey
    let language: Language

    var html: HTML {
        let lines: [HTML] = ((try? open.pins) ?? []).compactMap { pin in
            guard let spot = Spot(pin.page, row: pin.row, question: pin.question, in: journey) else { return nil }
            return """
                <li><p><b>\(spot.name.html(language))</b></p><p class="kept">\(pin.words)</p>
                <p><a class="button" href="\(spot.link(open.item.id).fromCheck(true))">\(CaseTexts.correctThis.html(language))\
                <span class="unseen">（\(spot.name.html(language))）</span></a></p></li>
                """
        }
        guard !lines.isEmpty else { return .empty }
        return "<h2>\(CaseTexts.toCorrect.html(language))</h2><ol class=\"messages\">\(lines)</ol>"
    }
}
