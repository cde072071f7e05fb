import ArgumentParser
import Core
import FoundationEssentials
import Platform

/// `origami backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "バックアップを作ります。町は動かしたままで構いません。",
        subcommands: [MakeKey.self, Make.self], defaultSubcommand: Make.self)

    /// `origami backup key`.
    struct MakeKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key", abstract: "バックアップの鍵の組を作ります。秘密の鍵のファイルは、サーバーの外に置いてください。")

        @Argument(help: "秘密の鍵を書くファイル。")
        var file: String

        func run() async throws {
            try await answering {
                let key = BackupKey.Secret()
                try saying { try key.write(to: file) }
                Output.line("公開の鍵: \(key.publicHalf)")
                Output.line("設定 ORIGAMI_BACKUP_KEY に書くと、origami backup がこの鍵のためにバックアップを作ります。")
                Output.line("\(file) をなくすと、バックアップは開けません。別の場所に写しを置いてください。")
            }
        }
    }

    /// `origami backup FILE`.
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "バックアップを作ります。",
            discussion: "2つのファイルができます。FILE（申請・記録・添付ファイル）と FILE.keys（鍵）です。別の場所に置いてください。")

        @Argument(help: "作るファイル。")
        var file: String

        @Option(help: "公開の鍵。なければ設定 backup.key の鍵を使います。")
        var key: String?

        @Flag(help: "前のバックアップのあとに変わったところだけを書きます（SQLite）。前がなければ、すべてを書きます。")
        var incremental = false

        @Flag(help: "JSON で書き出します。")
        var json = false

        func run() async throws {
            try await answering {
                let settings = try await Start.settings()
                let text = key ?? settings.backupKey
                guard let key = BackupKey.Public(text) else {
                    throw Failure(
                        text.isEmpty
                            ? "公開の鍵がありません。origami backup key で作り、ORIGAMI_BACKUP_KEY か --key に書いてください"
                            : "公開の鍵が正しくありません: \(text)", code: 2)
                }
                let outcome = try await saying {
                    try await Backup(settings).make(to: file, for: key, incremental: incremental, at: .now())
                }
                if json { return try Output.json(outcome) }
                Output.line(
                    "\(file)（\(outcome.previous.map { "\($0) の続き" } ?? "すべて")）: \(outcome.bytes / 1_000_000 + 1) MB、添付ファイル \(outcome.files) 件。書いたとおりに読めることを確かめました"
                )
                Output.line("\(outcome.keysPath): 鍵です。\(file) とは別の場所に置き、古いものは早めに消してください")
            }
        }
    }
}

/// `origami restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "バックアップを、空の場所に戻します。いまあるものは上書きしません。")

    @OptionGroup var source: BackupSource

    func run() async throws {
        try await answering {
            let settings = try await Start.settings()
            let words = try await saying {
                try await Backup(settings).restore(source.files, keys: source.keysPath, with: source.secret())
            }
            Output.line("戻しました: \(words)")
            Output.line("origami doctor で確かめてから、origami serve を始めてください。")
        }
    }
}

/// `origami drill`.
struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "復元の訓練。バックアップを仮の場所に戻し、すべてを確かめ、かかった時間を示します。",
        discussion: "動いている町には触れません。終わると、仮の場所を消します。直すところがあれば終了コードは 1 です。")

    @OptionGroup var source: BackupSource

    @Option(help: "仮の場所を作るフォルダー。")
    var `in`: String = FileManager.default.temporaryDirectory.path

    @Option(help: "PostgreSQL のバックアップを戻す、空のデータベースのアドレス。")
    var database: String?

    @Flag(help: "JSON で書き出します。")
    var json = false

    func run() async throws {
        try await answering {
            let place = "\(`in`)/origami-drill-\(ID<BackupCommand>())"
            var settings = try await Start.settings()
            (settings.data, settings.keys) = (place, place + "/keys")
            settings.bucket = nil
            settings.database = database ?? "sqlite:\(place)/origami.sqlite"
            let (scratch, logger) = (settings, Start.logger(settings))
            let steps = try await saying {
                try await Backup(scratch).drill(
                    source.files, keys: source.keysPath, with: source.secret(), at: .now(), logger: logger)
            }
            if json {
                try Output.json(steps)
            } else {
                for step in steps {
                    Output.line(
                        "\(step.isGood ? "よし" : "×")　\(step.name): \(step.found)（\(Output.seconds(step.seconds)) 秒）")
                }
                Output.line("合わせて \(Output.seconds(steps.reduce(0) { $0 + $1.seconds })) 秒で、ここまで戻せます")
            }
            if !steps.allSatisfy(\.isGood) { throw ExitCode(1) }
        }
    }
}

/// Which backup, and what opens it.
struct BackupSource: ParsableArguments {
    @Argument(help: "バックアップのファイル。変わったところだけのものは、すべてが入ったもののあとに、作った順に並べます。")
    var files: [String]

    @Option(help: "鍵のバックアップのファイル。なければ、最後の FILE の FILE.keys です。")
    var keys: String?

    @Option(help: "秘密の鍵のファイル。")
    var key: String

    var keysPath: String { keys ?? Backup.keysPath(files.last ?? "") }

    func secret() throws -> BackupKey.Secret { try BackupKey.Secret(path: key) }
}

/// Turns a fault of a backup into words for whoever asked.
private func saying<T>(_ work: () async throws -> T) async throws -> T {
    do { return try await work() } catch let fault as BackupFault { throw Failure(fault.description, code: 1) }
}

private func saying<T>(_ work: () throws -> T) throws -> T {
    do { return try work() } catch let fault as BackupFault { throw Failure(fault.description, code: 1) }
}
