import CCurl

#if canImport(Glibc)
    import Glibc
#endif

/// One conversation with a mail server (RFC 5321), held by libcurl. Blocks.
struct MailConversation: Sendable {
    let server: MailServer
    /// For everything. Until the server has let us in, ten seconds at most.
    let timeLimit: Duration
    /// Nil: the server is greeted and asked for nothing.
    let letter: Letter?

    /// A message and whom it is for.
    struct Letter: Sendable {
        let recipient: MailAddress
        let bytes: [UInt8]
    }

    /// Returns the server's last reply before it was told good-bye.
    func hold() throws(MailFault) -> String {
        // Replies beyond this size are not a mail server's.
        guard Curl.isReady, let curl = curl_easy_init(), let replies = fmemopen(nil, 65_536, "w+") else {
            throw .tryAgain("libcurl を使えません")
        }
        let explanation = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        explanation.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        // One more than the message, for the zero that the C library puts at its end.
        let text = letter.flatMap { fmemopen(nil, $0.bytes.count + 1, "w+") }
        let recipients = letter.flatMap { curl_slist_append(nil, "<\($0.recipient.quoted)>") }
        defer {
            curl_easy_cleanup(curl)
            curl_slist_free_all(recipients)
            if let text { fclose(text) }
            fclose(replies)
            explanation.deallocate()
        }
        let options = Options(curl: curl)
        try options.set(CURLOPT_ERRORBUFFER, explanation)
        try options.set(CURLOPT_HEADERDATA, replies)
        try prepare(options)
        if let letter {
            guard let text, let recipients, fwrite(letter.bytes, 1, letter.bytes.count, text) == letter.bytes.count
            else { throw .tryAgain("メモリーが足りません") }
            rewind(text)
            try options.set(CURLOPT_MAIL_FROM, "<\(server.sender.quoted)>")
            try options.set(CURLOPT_MAIL_RCPT, recipients)
            try options.set(CURLOPT_UPLOAD, 1)
            try options.set(CURLOPT_READDATA, text)
            try options.set(CURLOPT_INFILESIZE, letter.bytes.count)
        } else {
            try options.set(CURLOPT_CUSTOMREQUEST, "NOOP")
            try options.set(CURLOPT_NOBODY, 1)
        }
        let result = curl_easy_perform(curl)
        var code = 0
        curl_get_number(curl, CURLINFO_RESPONSE_CODE, &code)
        let reply = Self.last(of: replies, code: code)
        guard result != CURLE_OK else { return reply }
        let words = String(cString: explanation)
        // 5xx is about this mail only once the server has heard whom it is for: before, it is about the town's settings.
        let isAboutMail =
            words.hasPrefix("RCPT failed") || words.hasPrefix("DATA failed") || text.map { ftell($0) > 0 } == true
        if isAboutMail, (500...599).contains(code) { throw .refused(withoutRecipient(reply)) }
        // A reply that is no refusal was not the reason.
        let reason = code >= 400 ? reply : words.isEmpty ? String(cString: curl_easy_strerror(result)) : words
        throw .tryAgain(withoutRecipient(explain(result, reason)))
    }

    private func prepare(_ options: Options) throws(MailFault) {
        try options.set(CURLOPT_URL, server.address)
        try options.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // No proxy of the environment, no signal in a program with threads, and a good-bye within the time limit.
        try options.set(CURLOPT_PROXY, "")
        try options.set(CURLOPT_NOSIGNAL, 1)
        try options.set(CURLOPT_FORBID_REUSE, 1)
        let limit = max(1, Int(timeLimit / .milliseconds(1)))
        try options.set(CURLOPT_TIMEOUT_MS, limit)
        try options.set(CURLOPT_CONNECTTIMEOUT_MS, min(limit, 10_000))
        try options.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, (limit + 999) / 1000)
        try options.set(CURLOPT_USE_SSL, Int((server.isEncrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE).rawValue))
        try options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let authorities = server.authorities {
            try options.set(CURLOPT_CAINFO, authorities)
            try options.set(CURLOPT_CAPATH, nil as UnsafeMutableRawPointer?)
        }
        if let login = server.login {
            try options.set(CURLOPT_USERNAME, login.user)
            try options.set(CURLOPT_PASSWORD, login.password)
        }
    }

    /// What a person who looks after the settings can do.
    private func explain(_ result: CURLcode, _ reason: String) -> String {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: "\(server.address) の名前が見つかりません。mail.server をお確かめください"
        case CURLE_COULDNT_CONNECT: "\(server.address) につながりません。サーバーが動いているか、ポートが開いているかをお確かめください"
        case CURLE_OPERATION_TIMEDOUT: "\(server.address) から、決めた時間のうちに返事がありません"
        case CURLE_USE_SSL_FAILED: "\(server.address) は暗号化（STARTTLS）に応じません"
        case CURLE_PEER_FAILED_VERIFICATION: "\(server.address) の証明書を確かめられません。町のCAなら mail.ca に書いてください（\(reason)）"
        case CURLE_SSL_CACERT_BADFILE: "mail.ca のファイルを読めません"
        case CURLE_SSL_CONNECT_ERROR: "\(server.address) と暗号化した接続を始められません（\(reason)）"
        case CURLE_LOGIN_DENIED: "mail.user と mail.password でサインインできません（\(reason)）"
        default: reason
        }
    }

    /// Servers repeat the address that they refuse.
    private func withoutRecipient(_ words: String) -> String {
        guard let recipient = letter?.recipient else { return words }
        return [recipient.quoted, recipient.text].reduce(words) { words, address in
            words.replacing(Regex<Substring>(verbatim: address).ignoresCase(), with: "（宛先）")
        }
    }

    /// The last line with this code, without control characters and not longer than a reply may be (RFC 5321, 4.5.3.1.5).
    private static func last(of replies: UnsafeMutablePointer<FILE>, code: Int) -> String {
        fflush(replies)
        rewind(replies)
        var bytes = [UInt8](repeating: 0, count: 65_536)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, replies))
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard let line = lines.last(where: { $0.starts(with: "\(code)".utf8) }) else { return "" }
        return String(decoding: line.filter { $0 >= 0x20 && $0 != 0x7F }.prefix(512), as: UTF8.self)
    }
}

/// What libcurl is told. An option that it does not know is an error: it would not protect what it should.
private struct Options {
    let curl: UnsafeMutableRawPointer

    func set(_ option: CURLoption, _ value: Int) throws(MailFault) { try check(curl_set_number(curl, option, value)) }

    func set(_ option: CURLoption, _ value: String) throws(MailFault) { try check(curl_set_text(curl, option, value)) }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(MailFault) {
        try check(curl_set_pointer(curl, option, value))
    }

    private func check(_ result: CURLcode) throws(MailFault) {
        guard result == CURLE_OK else {
            throw .tryAgain("libcurl がこの使い方に応じません（\(String(cString: curl_easy_strerror(result)))）")
        }
    }
}
