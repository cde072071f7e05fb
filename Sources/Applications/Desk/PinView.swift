import Core
import HTML
import Web

/// 補正を求める回答を選ぶところ: every question that was answered, with a place to say what is the matter.
struct PinView {
    let journey: Journey
    /// What was chosen already, if it has to be mended.
    let chosen: [Pin]

    var html: HTML {
        let words = Dictionary(chosen.map { ($0.place, $0.words) }) { $1 }
        let spots = journey.spots.filter { $0.page.fields.contains(where: \.isAsked) }
        let lines: [HTML] = spots.enumerated().map { number, spot in
            let place = Pin(spot, words: "").place
            let checked = Attributes().with("checked", when: words[place] != nil)
            return """
                <div class="option pin"><input type="checkbox" id="pin-\(number)" name="pin" value="\(place)"\(checked)>
                <label for="pin-\(number)">\(spot.name[.ja])</label>
                <label class="unseen" for="why-\(number)">\(spot.name[.ja])の直すところ</label>
                <input id="why-\(number)" name="why.\(place)" class="wide" value="\(words[place] ?? "")" \
                placeholder="何をどう直すか" autocomplete="off"></div>
                """
        }
        return """
            <fieldset><legend>直していただく回答</legend>
            <p class="hint">選んだ回答だけを、申請者が直せるようになります。選ばなければ、すべての回答を直せます。</p>\(lines)</fieldset>
            """
    }
}

extension Posted {
    /// The pins that were chosen, each with its words.
    var pins: [Pin] { all("pin").compactMap { Pin(place: $0, words: self["why.\($0)"] ?? "") } }
}
