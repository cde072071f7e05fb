"""The form of 水道使用開始届 as the comparison has it: the same questions and controls as towns/kaminokawa/forms."""

NAME = [("user.family", "姓"), ("user.given", "名"), ("user.family_kana", "セイ"), ("user.given_kana", "メイ")]
ADDRESS = [("address.postcode", "郵便番号"), ("address.street", "住所"), ("address.building", "建物名")]
DATE = [("start.era", "元号"), ("start.year", "年"), ("start.month", "月"), ("start.day", "日")]

FORM = {
    "title": "水道使用開始届",
    "summary": "引っ越しなどで水道を使い始めるときの届け出です。",
    "facts": [
        ("対象になる方", "町内で新しく水道を使い始める方"), ("いつまでに", "使い始める日の3開庁日前まで"),
        ("用意するもの", "書類は要りません"), ("手数料", "手数料はかかりません"), ("標準処理期間", "3開庁日以内"),
        ("受付方法", "オンライン、窓口、電話"), ("担当", "上下水道課"),
    ],
    "pages": [
        {"id": "who", "question": "どなたが水道を使いますか", "controls": [("who", "使用する方")]},
        {"id": "user", "question": "使用する方のお名前を教えてください", "controls": NAME},
        {"id": "address", "question": "水道を使う場所を教えてください", "controls": ADDRESS},
        {"id": "home", "question": "お住まいの種類を教えてください", "controls": [("home", "種類"), ("people", "人数")]},
        {"id": "start", "question": "いつから水道を使いますか", "controls": DATE},
        {"id": "contact", "question": "連絡先を教えてください", "controls": [("telephone", "電話"), ("mail", "メール")]},
        {"id": "bills", "question": "料金のお知らせは、どこへお送りしますか", "controls": [("bills", "送付先")]},
        {"id": "payment", "question": "料金は、どのように支払いますか", "controls": [("payment", "支払い方法")]},
        {"id": "number", "question": "お客様番号が分かれば教えてください", "controls": [("number", "お客様番号")]},
        {"id": "terms", "question": "水道の使用条件をお読みください", "controls": [("terms", "同意")]},
    ],
}
