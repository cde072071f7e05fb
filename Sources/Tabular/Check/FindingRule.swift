/// きまり. What a finding says is wrong.
package enum FindingRule: UInt8, Sendable, CaseIterable {
    case encoding, openQuotes, afterQuotes, tooLong, columns, lineEnds, missingItem, unknownItem, missingFile
    case required, type, length, code, dateForm, date, uncertainDate, kana, repertoire, privateUse, control, formula
    case checkDigit, individualNumber, unique, reference, historyOrder, historyGap, historyOverlap, historyCurrent

    /// How much it matters.
    package enum Weight: String, Sendable, CaseIterable, Codable {
        /// It must be mended.
        case error
        /// Somebody must look at it.
        case notice

        package var words: String {
            switch self {
            case .error: "要修正"
            case .notice: "確認"
            }
        }
    }

    /// Its name for programs.
    package var id: String {
        switch self {
        case .encoding: "encoding"
        case .openQuotes: "quotes-open"
        case .afterQuotes: "quotes-after"
        case .tooLong: "line-too-long"
        case .columns: "columns"
        case .lineEnds: "line-ends"
        case .missingItem: "item-missing"
        case .unknownItem: "item-unknown"
        case .missingFile: "file-missing"
        case .required: "required"
        case .type: "type"
        case .length: "length"
        case .code: "code"
        case .dateForm: "date-form"
        case .date: "date"
        case .uncertainDate: "date-uncertain"
        case .kana: "kana"
        case .repertoire: "repertoire"
        case .privateUse: "private-use"
        case .control: "control"
        case .formula: "formula"
        case .checkDigit: "check-digit"
        case .individualNumber: "individual-number"
        case .unique: "unique"
        case .reference: "reference"
        case .historyOrder: "history-order"
        case .historyGap: "history-gap"
        case .historyOverlap: "history-overlap"
        case .historyCurrent: "history-current"
        }
    }

    /// What is wrong, in a few words.
    package var words: String {
        switch self {
        case .encoding: "文字として読めないバイトがある"
        case .openQuotes: "引用符が閉じていない"
        case .afterQuotes: "引用符の後に文字がある"
        case .tooLong: "1行が長すぎる"
        case .columns: "列の数が見出しとちがう"
        case .lineEnds: "改行の種類がまざっている"
        case .missingItem: "定義にある項目がファイルにない"
        case .unknownItem: "定義にない列がある"
        case .missingFile: "参照先のファイルがなく、参照を調べていない"
        case .required: "必須なのに空"
        case .type: "決められた文字の種類でない"
        case .length: "桁数が合わない"
        case .code: "コード表にない値"
        case .dateForm: "日付の書き方がちがう"
        case .date: "日付として読めない"
        case .uncertainDate: "確かな日付でない"
        case .kana: "全角カタカナでない"
        case .repertoire: "使える文字の範囲の外"
        case .privateUse: "外字（私用領域の文字）"
        case .control: "制御文字"
        case .formula: "表計算ソフトが式とみなす値"
        case .checkDigit: "検査数字が合わない"
        case .individualNumber: "個人番号らしい数字"
        case .unique: "同じ値が2つ以上"
        case .reference: "参照先にない値"
        case .historyOrder: "履歴の開始日が終了日より後"
        case .historyGap: "履歴に空いた期間がある"
        case .historyOverlap: "履歴の期間が重なる"
        case .historyCurrent: "現在の履歴が1つでない"
        }
    }

    /// What to do about it.
    package var mend: String {
        switch self {
        case .encoding: "元のシステムから、ファイルの文字コードを確かめて出力し直してください。"
        case .openQuotes: "値の中の \" を2つ重ねるか、閉じる \" を補ってください。"
        case .afterQuotes: "値の中の \" を2つ重ねてください。"
        case .tooLong: "改行が抜けていないか、出力のしかたを確かめてください。この行は調べていません。"
        case .columns: "値の中のカンマが引用符で囲まれているか確かめてください。この行の各項目は調べていません。"
        case .lineEnds: "改行を1種類（CRLF）にそろえて出力し直してください。"
        case .missingItem: "見出しの名前を定義に合わせるか、項目を出力に加えてください。"
        case .unknownItem: "定義に加えるか、出力から除いてください。この列は調べていません。"
        case .missingFile: "参照先のファイルもいっしょに調べてください。"
        case .required: "元の台帳を確かめ、値を入れてください。"
        case .type: "半角・全角とけたを確かめ、決められた文字で入れ直してください。"
        case .length: "桁数を確かめ、足りない字やよけいな字を直してください。"
        case .code: "コード表の値に直すか、コード変換の対応表に加えてください。"
        case .dateForm: "読み取れる日付なので、変換で直せます。"
        case .date: "元の台帳で日付を確かめ、入れ直してください。"
        case .uncertainDate: "この項目には確かな日付が要ります。元の台帳を確かめてください。"
        case .kana: "変換でそろえられるものはそろえ、残りは元の台帳で読みを確かめてください。"
        case .repertoire: "文字の候補を見て、使う字を決めてください。"
        case .privateUse: "外字の字形を確かめ、標準の文字への置きかえを決めてください。"
        case .control: "見えない文字が入っています。除いてください。"
        case .formula: "値として正しいか確かめてください。表計算ソフトで開くときは、文字列として読み込んでください。"
        case .checkDigit: "番号の写しまちがいがないか、元の台帳で確かめてください。"
        case .individualNumber: "個人番号を書く欄ではありません。取り除いてください。"
        case .unique: "どれが正しいか確かめ、重なりをなくしてください。"
        case .reference: "参照先に記録があるか、番号がまちがっていないか確かめてください。"
        case .historyOrder: "開始日と終了日が入れかわっていないか確かめてください。"
        case .historyGap: "抜けている履歴がないか、日付がまちがっていないか確かめてください。"
        case .historyOverlap: "終了日と次の開始日を確かめてください。"
        case .historyCurrent: "現在の記録はどれか確かめ、1つだけにしてください。"
        }
    }

    /// How much it matters.
    package var weight: Weight {
        switch self {
        case .lineEnds, .unknownItem, .missingFile, .formula: .notice
        default: .error
        }
    }
}
