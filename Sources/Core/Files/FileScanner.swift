/// ウイルス検査. Another's program that looks at what somebody sends in before it is kept: until then it lies in a spool
/// without a name, in memory, and nobody opens it.
package struct FileScanner: Sendable {
    private let program: OutsideProgram

    /// Nil where the town has set up none.
    package init?(_ settings: Settings) {
        let words = settings.scanner.split(separator: " ").map(String.init)
        guard let name = words.first else { return nil }
        program = OutsideProgram(name, Array(words.dropFirst()), within: .seconds(60))
    }

    /// What was found.
    package enum Verdict: Sendable {
        case clean, infected
        /// The program failed, took too long or is not there: nobody can tell.
        case unknown
    }

    /// Looks at a file. The program reads it from its standard input and ends with 0 or 1, as clamscan(1) and
    /// clamdscan(1) do.
    package func look(at spool: Spool) async -> Verdict {
        switch try? await program.status(reading: spool) {
        case 0: .clean
        case 1: .infected
        default: .unknown
        }
    }

    /// Whether it finds what every scanner finds: the test file of the European Institute for Computer Antivirus Research.
    package func isAwake() async -> Bool {
        // In two halves, so that a scanner that looks at the program does not find it.
        let test = #"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"# + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
        guard let spool = try? Spool(), (try? spool.append(Array(test.utf8))) != nil else { return false }
        return await look(at: spool) == .infected
    }
}
