import Subprocess
import SystemPackage

/// よそのプログラム. Reads what is in a spool and writes what it makes of it into another, within a time, and never more than
/// a few at once: what somebody sends in cannot fill the machine.
package struct OutsideProgram: Sendable {
    private let name: String
    private let arguments: [String]
    private let timeLimit: Duration

    /// How many run at once, of whatever kind.
    private static let turns = Turns(4)

    /// - Parameters:
    ///   - name: as it is found along the `PATH`, or its path.
    ///   - timeLimit: after that it is ended.
    package init(_ name: String, _ arguments: [String], within timeLimit: Duration) {
        (self.name, self.arguments, self.timeLimit) = (name, arguments, timeLimit)
    }

    /// What it made; nil if it failed, made nothing or took too long.
    package func run(_ input: Spool) async throws -> Spool? {
        try await Self.turns.hold { try await made(of: input) }
    }

    /// With what it ended; nil if it took too long or was ended.
    package func status(reading input: Spool) async throws -> Int? {
        try await Self.turns.hold {
            if case .exited(let code) = try await ended(input, Spool()) { Int(code) } else { nil }
        }
    }

    private func made(of input: Spool) async throws -> Spool? {
        let output = try Spool()
        guard let status = try await ended(input, output), status.isSuccess, output.count > 0 else { return nil }
        return output
    }

    /// How it ended; nil if it took too long.
    private func ended(_ input: Spool, _ output: Spool) async throws -> TerminationStatus? {
        input.rewind()
        return try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
            group.addTask {
                try await Subprocess.run(
                    name.contains("/") ? .path(FilePath(name)) : .name(name), arguments: Arguments(arguments),
                    input: .fileDescriptor(
                        FileDescriptor(rawValue: input.descriptor), closeAfterSpawningProcess: false),
                    output: .fileDescriptor(
                        FileDescriptor(rawValue: output.descriptor), closeAfterSpawningProcess: false),
                    error: .discarded
                ).terminationStatus
            }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
