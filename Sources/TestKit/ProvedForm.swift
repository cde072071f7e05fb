package import Applications
import Core

extension FormFile {
    /// Proves a form that needs to be in the program's own languages alone, on the tests' working day.
    package static func prove(_ yaml: String, file: String) throws(Fault) -> Proved {
        try prove(yaml, file: file, in: Language.builtIn, on: Moment.workday.day)
    }
}
