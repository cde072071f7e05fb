import Core
import Japanese

/// What is said about fields and their controls.
enum FieldTexts {
    static let nameParts = [
        Text("姓", easy: "{名字|みょうじ}（{姓|せい}）", en: "Family name"),
        Text("名", easy: "{下|した}の {名前|なまえ}（{名|めい}）", en: "Given name"),
        Text("セイ（フリガナ）", easy: "{名字|みょうじ}の {読|よ}みかた（カタカナ）", en: "Family name in katakana"),
        Text("メイ（フリガナ）", easy: "{下|した}の {名前|なまえ}の {読|よ}みかた（カタカナ）", en: "Given name in katakana"),
    ]
    static let dateParts = [year, month, day]
    static let accountParts = [
        Text("金融機関の名前", easy: "{銀行|ぎんこう}などの {名前|なまえ}", en: "Bank"),
        Text("支店の名前", easy: "{支店|してん}の {名前|なまえ}", en: "Branch"),
        Text("預金の種類", easy: "{口座|こうざ}の しゅるい", en: "Type of account"),
        Text("口座番号", easy: "{口座番号|こうざばんごう}", en: "Account number"),
        Text("口座名義（カタカナ）", easy: "{口座|こうざ}の {人|ひと}の {名前|なまえ}（カタカナ）", en: "Account holder in katakana"),
    ]
    static func name(of kind: BankAccount.Kind) -> Text {
        switch kind {
        case .ordinary: Text("普通", easy: "{普通|ふつう}", en: "Ordinary")
        case .current: Text("当座", easy: "{当座|とうざ}", en: "Current")
        }
    }
    static let accountHint = Text(
        "ゆうちょ銀行は、支店名（漢数字3文字）と7桁の口座番号を入力してください。", easy: "ゆうちょは {支店|してん}の {名前|なまえ}と 7つの {数字|すうじ}を {書|か}いて ください。",
        en: "For Japan Post Bank, enter the three-character branch name and the seven-digit number.")
    static let placeWords = Text("場所の説明", easy: "どこですか（ことば）", en: "Where it is, in words")
    static let placeHint = Text(
        "住所や目印を書いてください。例: しらさぎ一丁目1番地の前、○○公園の入口", easy: "{住所|じゅうしょ}や {近|ちか}くの もの。たとえば：○○{公園|こうえん}の {入|い}り{口|ぐち}",
        en: "An address or a landmark. For example: in front of 1-1 Shirasagi; at the gate of the park")
    static let placePoint = Text("地図の座標（任意）", easy: "{地図|ちず}の {数字|すうじ}（なくても いい）", en: "Map coordinates (optional)")
    static let pointHint = Text(
        "分かる場合だけ、緯度と経度か、地図アプリの共有アドレスを入力してください。例: 36.4394, 139.9097",
        easy: "わかる ときだけ {書|か}いて ください。たとえば：36.4394, 139.9097",
        en: "Only if you know: latitude and longitude, or the address of a map. For example: 36.4394, 139.9097")
    static let here = Text("いまいる場所を使う", easy: "いま いる ところを {使|つか}う", en: "Use my position")
    static let yesNo = [
        Field.Option(value: "yes", label: Text("はい", easy: "はい", en: "Yes"), hint: nil),
        Field.Option(value: "no", label: Text("いいえ", easy: "いいえ", en: "No"), hint: nil),
        Field.Option(value: "unknown", label: Text("分からない", easy: "わからない", en: "I do not know"), hint: nil),
    ]
    static let yen = Text("円", easy: "{円|えん}", en: "yen")
    static let partialHint = Text(
        "日や月が分からないときは、空欄のままでかまいません。", easy: "わからない ときは、{書|か}かなくて いいです。",
        en: "Leave the day or the month empty if you do not know it.")
    static let era = Text("元号", easy: "{年号|ねんごう}", en: "Calendar")
    static let year = Text("年", easy: "{年|ねん}", en: "Year")
    static let month = Text("月", easy: "{月|つき}", en: "Month")
    static let day = Text("日", easy: "{日|ひ}", en: "Day")
    static let western = Text("西暦", easy: "{西暦|せいれき}", en: "Western (2026)")
    static let postcodeLabel = Text("郵便番号", easy: "{郵便番号|ゆうびんばんごう}", en: "Postcode")
    static let choosePrompt = Text("選んでください", easy: "えらんで ください", en: "Please choose")
    static let goOnStreet = Text(
        "住所の続き（丁目・番地など）を入力してください", easy: "{住所|じゅうしょ}の {続|つづ}き（{番地|ばんち}など）を {書|か}いて ください",
        en: "Please go on with the rest of the address")
    static let street = Text("住所", easy: "{住所|じゅうしょ}", en: "Address")
    static let building = Text(
        "建物名・部屋番号（ある場合）", easy: "アパートなどの {名前|なまえ}・{部屋|へや}の {番号|ばんごう}（あれば）", en: "Building and room (if any)")
    static let streetHint = Text(
        "例: 栃木県河内郡上三川町しらさぎ一丁目1番地", easy: "たとえば：{上三川町|かみのかわまち}しらさぎ{一丁目|いっちょうめ}1{番地|ばんち}",
        en: "For example: 1-1 Shirasagi, Kaminokawa, Tochigi")
    static let optional = Text("任意", easy: "なくても いい", en: "optional")

    static func missing(_ field: Field) -> Text {
        switch field.kind {
        case .choice, .yesNo: labelled(chooseOne, field.label)
        case .choices: labelled(chooseSome, field.label)
        case .consent: agree
        default: missing(field.label)
        }
    }

    static func missing(_ label: Text) -> Text { labelled(missing, label) }
    static func tooLong(_ field: Field, _ maximum: Int) -> Text { tooLong(field.label, maximum) }
    static func tooLong(_ label: Text, _ maximum: Int) -> Text {
        labelled(tooLong, label, String(maximum))
    }
    static func controls(_ field: Field) -> Text { labelled(controls, field.label) }
    static func emoji(_ field: Field) -> Text { labelled(emoji, field.label) }
    static func kana(_ label: Text) -> Text { labelled(kana, label) }
    static func digits(_ field: Field, _ count: Int) -> Text { labelled(digits, field.label, String(count)) }
    static func number(_ field: Field, _ range: ClosedRange<Int>) -> Text {
        labelled(number, field.label, String(range.lowerBound), String(range.upperBound))
    }
    static func decimal(_ field: Field, _ range: ClosedRange<Int>, _ places: Int) -> Text {
        labelled(decimal, field.label, String(range.lowerBound), String(range.upperBound), String(places))
    }
    static func money(_ field: Field, _ range: ClosedRange<Int>) -> Text {
        labelled(money, field.label, Yen.text(range.lowerBound), Yen.text(range.upperBound))
    }
    static func from(_ day: Day) -> Text { dated(from, day) }
    static func until(_ day: Day) -> Text { dated(until, day) }

    static func date(_ problem: WrittenDate.Problem) -> Text {
        switch problem {
        case .empty, .unreadable, .noEra, .monthOutsideEra: unreadableDate
        case .noSuchDay, .wrongWeekday: noSuchDay
        case .outsideEra(let era, let correct):
            outsideEra.with(era.name, correct.wareki, correct.seireki, correct.iso)
        }
    }

    /// Fills `%1` with the label in each language, and further places with values.
    private static func labelled(_ text: Text, _ label: Text, _ values: String...) -> Text {
        let filled = values.enumerated().reduce(text) { text, value in
            text.replacing("%\(value.offset + 2)", with: Text(verbatim: value.element))
        }
        return filled.replacing("%1", with: label)
    }

    private static func dated(_ text: Text, _ day: Day) -> Text {
        text.replacing("%1", with: day.spoken)
    }

    static let individualNumber = Text(
        "マイナンバー（個人番号）のように見える12桁の数字が含まれています。個人番号は入力しないでください。",
        easy: "マイナンバー（{個人番号|こじんばんごう}）は {書|か}かないで ください。",
        en: "This contains twelve digits that look like an Individual Number (My Number). Please do not enter it.")
    static let postcode = Text(
        "郵便番号は、7桁の数字で入力してください。例: 329-0696", easy: "{郵便番号|ゆうびんばんごう}は {数字|すうじ}が 7つです。たとえば：329-0696",
        en: "Enter the postcode as seven digits, for example 329-0696")
    static let telephone = Text(
        "電話番号は、0から始まる10桁か11桁の数字で入力してください。例: 0285-56-9188",
        easy: "{電話番号|でんわばんごう}は 0から {始|はじ}まる 10こか 11この {数字|すうじ}です。",
        en: "Enter the telephone number as 10 or 11 digits beginning with 0, for example 0285-56-9188")
    static let mail = Text(
        "メールアドレスは、name@example.jp のように入力してください。", easy: "メールアドレスは name@example.jp のように {書|か}いて ください。",
        en: "Enter an e-mail address in the form name@example.jp")

    private static let missing = Text(
        "%1を入力してください。", easy: "%1を {書|か}いて ください。", en: "Please enter: %1")
    private static let chooseOne = Text("%1を選んでください。", easy: "%1を {選|えら}んで ください。", en: "Please choose: %1")
    private static let chooseSome = Text(
        "%1を1つ以上選んでください。", easy: "%1を 1つか もっと {選|えら}んで ください。", en: "Choose at least one: %1")
    private static let agree = Text(
        "内容をお読みのうえ、同意される場合はチェックを入れてください。", easy: "{読|よ}んで、よければ しるしを つけて ください。",
        en: "Please read this and tick the box if you agree.")
    private static let tooLong = Text(
        "%1は、%2文字までで入力してください。", easy: "%1は %2{文字|もじ}までに して ください。", en: "%1: use at most %2 characters")
    private static let controls = Text(
        "%1に、使えない記号（制御文字や外字）が含まれています。入力し直してください。", easy: "%1に {使|つか}えない {文字|もじ}が あります。もう{一度|いちど} {書|か}いて ください。",
        en: "%1 contains control characters. Please type it again.")
    private static let emoji = Text(
        "%1に絵文字は使えません。絵文字を消してください。", easy: "%1に {絵文字|えもじ}は {使|つか}えません。",
        en: "%1 cannot contain emoji. Please remove them.")
    private static let kana = Text(
        "%1は、カタカナかひらがなで入力してください。", easy: "%1は カタカナか ひらがなで {書|か}いて ください。", en: "%1: use katakana or hiragana")
    private static let digits = Text(
        "%1は、%2桁の数字で入力してください。", easy: "%1は {数字|すうじ}が %2こです。", en: "%1: enter %2 digits")
    private static let number = Text(
        "%1は、%2から%3までの数字で入力してください。", easy: "%1は %2から %3までの {数字|すうじ}です。", en: "%1: enter a number from %2 to %3")
    private static let decimal = Text(
        "%1は、%2から%3までの数字で、小数点より下は%4桁までで入力してください。",
        easy: "%1は %2から %3までの {数字|すうじ}です。{小数|しょうすう}は %4つまでです。",
        en: "%1: enter a number from %2 to %3 with at most %4 decimal places")
    private static let money = Text(
        "%1は、%2から%3までの金額を、数字で入力してください。", easy: "%1は %2から %3までの {数字|すうじ}です。",
        en: "%1: enter an amount from %2 to %3")
    static let accountNumber = Text(
        "口座番号は、7桁までの数字で入力してください。", easy: "{口座番号|こうざばんごう}は {数字|すうじ}が 7つまでです。",
        en: "Enter the account number as up to seven digits.")
    static let point = Text(
        "座標を読み取れませんでした。36.4394, 139.9097 のように入力するか、空欄にしてください。",
        easy: "{数字|すうじ}を {読|よ}めません。{書|か}かなくても いいです。",
        en: "We could not read the coordinates. Enter them as 36.4394, 139.9097, or leave them empty.")
    private static let from = Text(
        "%1以降の日付を入力してください。", easy: "%1か、その あとの {日|ひ}を {書|か}いて ください。", en: "Enter a date on or after %1")
    private static let until = Text(
        "%1までの日付を入力してください。", easy: "%1か、その {前|まえ}の {日|ひ}を {書|か}いて ください。", en: "Enter a date on or before %1")
    private static let unreadableDate = Text(
        "日付を読み取れませんでした。年・月・日を数字で入力してください。例: 令和 8年 12月 1日", easy: "{年|ねん}・{月|つき}・{日|ひ}を {数字|すうじ}で {書|か}いて ください。",
        en: "We could not read the date. Enter year, month and day as numbers.")
    private static let noSuchDay = Text(
        "その日付は暦にありません。年・月・日をお確かめください。", easy: "その {日|ひ}は ありません。もう{一度|いちど} {見|み}て ください。",
        en: "There is no such day. Please check year, month and day.")
    private static let outsideEra = Text(
        "その日は%1ではなく、%2（%3）です。元号か年をお確かめください。", easy: "その {日|ひ}は %3です。もう{一度|いちど} {見|み}て ください。",
        en: "That day is not in this era. It is %4. Please check the era or the year.")
}

extension Day {
    /// The day as a sentence says it: 令和8年（2026年）12月1日, 2026-12-01.
    var spoken: Text {
        Text(bothCalendars, easy: "\(year){年|ねん} \(month){月|がつ} \(day){日|にち}", en: iso)
    }
}
