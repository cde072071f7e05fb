import Core
import HTML
import Web

/// 補正を求める回答を選ぶところ: every question that was answered, with a place to say what is the matter.
struct PinView {
    let journey: Journey

    var html: HTML {
        let lines: [HTML] = spots.enumerated().map { number, spot in
            let place = Pin(
                page: spot.row?.page.id ?? spot.page.id, row: spot.row?.row.id,
                question: spot.row == nil ? nil : spot.page.id, words: ""
            ).place
            return """
                <div class="option pin"><input type="checkbox" id="pin-\(number)" name="pin" value="\(place)">
                <label for="pin-\(number)">\(spot.name[.ja])</label>
                <label class="unseen" for="why-\(number)">\(spot.name[.ja])の直すところ</label>
                <input id="why-\(number)" name="why.\(place)" class="wide" placeholder="何をどう直すか" autocomplete="off"></div>
                """
        }
        return """
            <fieldset><legend>直していただく回答</legend>
            <p class="hint">選んだ回答だけを、申請者が直せるようになります。選ばなければ、すべての回答を直せます。</p>\(lines)</fieldset>
            """
    }

    private var spots: [Spot] {
        journey.pages.flatMap { page -> [Spot] in
            guard let (field, group) = page.group else {
                return page.fields.contains(where: \.isAsked) ? [Spot(page.id, in: journey)].compactMap { $0 } : []
            }
            return [Spot(page.id, in: journey)].compactMap { $0 }
                + journey.answers.rows(of: field.id).flatMap { row in
                    journey.way(in: row, of: group).pages.filter { $0.fields.contains(where: \.isAsked) }.compactMap {
                        Spot(page.id, row: row.id, question: $0.id, in: journey)
                    }
                }
        }
    }
}

extension Posted {
    /// The pins that were chosen, each with its words.
    var pins: [Pin] { all("pin").compactMap { Pin(place: $0, words: self["why.\($0)"] ?? "") } }
}
