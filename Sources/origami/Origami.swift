import ArgumentParser
import Core
import Database
import Logging
import Tabular

#if canImport(Glibc)
    import Glibc
#endif

/// The program: `origami <command>`.
@main
struct Origami: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "origami", abstract: "町の手続きをオンラインで受け付け、処理し、証明します。",
        discussion: "設定は環境変数 ORIGAMI_… か、データのフォルダーの origami.yaml で行います（docs/settings.md）。",
        version: "0.1.0",
        subcommands: [
            Serve.self, Work.self, Init.self, FormCommand.self, LanguageCommand.self, StaffCommand.self,
            CardCommand.self, PlanCommand.self, InventoryCommand.self, FeeCommand.self, CasesCommand.self,
            CounterCommand.self,
            LevelCommand.self, NumbersCommand.self, MailCommand.self, RetentionCommand.self, BackupCommand.self,
            RestoreCommand.self, DrillCommand.self, MoveCommand.self, TextCommand.self, OrdinanceCommand.self,
            TableCommand.self, Doctor.self,
        ])
}

extension Origami {
    /// Like the usual `main`, but wrong use ends with 2.
    static func main() async {
        // What the program writes is its owner's alone: databases, keys, journals.
        umask(0o077)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            Output.error(fullMessage(for: error))
            exit(withError: ExitCode(2))
        }
    }
}

/// What every command begins with.
enum Start {
    static func settings() async throws -> Settings {
        do {
            return try await Settings.read()
        } catch let mistake as Settings.Mistake {
            throw Failure(mistake.description, code: 2)
        }
    }

    static func logger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "origami") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        return logger
    }
}

/// Ends the program with words on standard error: 1 for findings, 2 for wrong use, 70 for a fault of ours.
struct Failure: Error, CustomStringConvertible {
    let description: String
    let code: Int32

    init(_ description: String, code: Int32) { (self.description, self.code) = (description, code) }
}

extension AsyncParsableCommand {
    /// Runs a command's work and turns what it throws into words and an exit code.
    func answering(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let failure as Failure {
            Output.error("origami: \(failure.description)")
            throw ExitCode(failure.code)
        } catch let exit as ExitCode {
            throw exit
        } catch let fault as DatabaseError {
            Output.error("origami: データベースを使えません: \(fault.description)")
            throw ExitCode(70)
        } catch let trouble as any InputTrouble {
            Output.error("origami: \(trouble.description)")
            throw ExitCode(2)
        } catch let words as any CustomStringConvertible & Error {
            Output.error("origami: \(words.description)")
            throw ExitCode(1)
        }
    }
}
