import CCurl

#if canImport(Glibc)
    import Glibc
#endif

/// libcurl, made ready once for the program, before anything else of it.
enum Curl {
    static let isReady: Bool = {
        // A server that hangs up in the middle of TLS is a fault to be told, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()
}
