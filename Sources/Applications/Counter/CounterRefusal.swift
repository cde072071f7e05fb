import Core

/// Why something cannot be done at the counter now. For officers.
enum CounterRefusal: Refusal, Equatable {
    /// There is none, or not for this officer.
    case notFound
    /// Somebody else goes on with it already.
    case taken
    /// It has ended.
    case over
    /// The code is not one of its applications.
    case wrongCode
    /// It was not said how the person was recognised.
    case noProof
    /// The time of arrival cannot be read, or lies ahead.
    case arrival
    /// No procedure was ticked.
    case nothingChosen
    /// The person has not said yes.
    case notAgreed

    var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .taken, .over: .conflict
        case .wrongCode, .noProof, .arrival, .nothingChosen, .notAgreed: .invalid
        }
    }

    var words: Text { Text(verbatim: line) }

    /// The control that it is about; nil for none.
    var control: String? {
        switch self {
        case .notFound, .taken, .over: nil
        case .wrongCode: "code"
        case .noProof: "proof"
        case .arrival: "arrived"
        case .nothingChosen: "chosen"
        case .notAgreed: "agreed"
        }
    }

    private var line: String {
        switch self {
        case .notFound: "この会話は見つかりませんでした。窓口のページからお選びください。"
        case .taken: "この会話は、ほかの職員が先に再開しました。"
        case .over: "この会話は終わっています。"
        case .wrongCode: "この会話の確認コードではありません。控えの12文字をもう一度お確かめください。"
        case .noProof: "確認コードを入力するか、本人確認の方法を選んでください。"
        case .arrival: "来庁した時刻は、今日の今より前の時刻を「9:05」のように入力してください。分からなければ空欄のままにしてください。"
        case .nothingChosen: "手続きを1つ以上選んでください。"
        case .notAgreed: "お確かめいただいた方法を選んでください。ご本人が「はい」と言うまで送れません。"
        }
    }
}
