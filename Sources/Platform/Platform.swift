package import Applications
package import Core
package import Database
package import Governance
package import Identity
package import Logging
package import Ordinances
package import Register
package import Safeguards
package import ServiceLifecycle
package import SystemStandards
package import Trail
package import Web

#if canImport(Glibc)
    import Glibc
#endif

/// The house put together: one database, one list of rooms, one site.
package struct Platform: Sendable {
    package let settings: Settings
    package let database: Database
    package let vault: Vault
    package let trail: Trail
    package let town: Town
    package let applications: Applications
    package let identity: Identity
    package let register: Register
    package let standards: SystemStandards
    package let ordinances: Ordinances
    package let governance: Governance
    package let safeguards: Safeguards
    private let keys: Database
    private let now: @Sendable () -> Moment
    private let logger: Logger

    /// Every room with pages, in the order of the desk's menu.
    package var rooms: [any RoutedFeature] {
        [applications, register, governance, identity, standards, ordinances, safeguards]
    }

    /// Opens an installation that was made before.
    /// - Parameters:
    ///   - audit: looks at every write; for tests.
    ///   - migrating: whether the tables are brought up to date; otherwise they have to be.
    ///   - now: the clock.
    /// Throws ``Missing`` if there is no town yet, or what is wrong with the keys or the database.
    package init(
        _ settings: Settings, audit: Database.Audit? = nil, migrating: Bool = true,
        now: @escaping @Sendable () -> Moment = Moment.now,
        logger: Logger
    ) async throws {
        (self.settings, self.now, self.logger) = (settings, now, logger)
        if migrating, access(settings.data, F_OK) == 0, access(settings.data, W_OK | X_OK) != 0 {
            throw Missing.room(settings.data)
        }
        try Move.requireHere(settings)
        let keyFiles = try Keys(folder: settings.keys, beside: settings.database)
        keys = try await keyFiles.database()
        vault = Vault(townKey: keyFiles.town, keys: keys)
        trail = try Trail(key: keyFiles.trail)
        database = try await Database(settings.database, audit: audit)
        guard try await !Move.isUnfinished(in: database) else { throw Missing.move }
        if migrating {
            try await database.migrate(Self.migrations)
        } else {
            let done = try await database.migrations()
            guard Self.migrations.allSatisfy({ done.contains($0.name) }) else { throw Missing.tables }
        }
        guard let town = try await database.read({ try Town.find(in: $0) }) else { throw Missing.town }
        guard try await vault.fitsItsKeys() else { throw Missing.townKey }
        let head = try await database.read { try Trail.newestHead(in: $0) }
        guard head.map(trail.signed) ?? true else { throw Missing.trailKey }
        self.town = town
        identity = Identity(database: database)
        let staff = Self.staff
        applications = Applications(
            database: database, vault: vault, town: town, staff: staff,
            files: FileStore(settings), scanner: FileScanner(settings),
            mail: Mailer(settings, within: Mailer.timeLimit).map { MailWay(mailer: $0, origin: settings.origin) },
            post: OutsidePost(settings), keptElsewhere: SystemStandards.contents)
        register = Register(
            database: database, town: town, vault: vault, staff: Staff.directory, origin: settings.origin,
            online: applications.onlineWay, numbers: applications.caseNumbers,
            systems: CardLinks(of: SystemStandards.systems), ordinances: CardLinks(of: Ordinances.ordinances),
            governance: CardLinks(of: Governance.links), stories: Governance.voiceStories)
        standards = SystemStandards(
            database: database, vault: vault, town: town, staff: staff, files: FileStore(settings),
            scanner: FileScanner(settings), post: OutsidePost(settings), data: settings.data, origin: settings.origin)
        ordinances = Ordinances(database: database, town: town, staff: staff)
        let known = register
        governance = Governance(
            database: database, vault: vault, town: town, staff: staff,
            measures: register.measures + Ordinances.measures + SystemStandards.measures,
            numbers: applications.caseNumbers, publicNumbers: { try known.publicNumbers($0, on: $1, in: $2) },
            voices: .kept, mailer: Mailer(settings, within: Mailer.timeLimit), origin: settings.origin)
        safeguards = Safeguards(
            database: database, trail: trail, staff: staff,
            eventNames: [
                register.eventNames, identity.eventNames, applications.eventNames,
                standards.eventNames, ordinances.eventNames, governance.eventNames,
                [
                    "town.saved": "町の設定", Lifetime.event: "予告のない停止からの再開",
                    Worker.hindered: "データベースやディスクが戻ったこと",
                ],
            ]
            .reduce(into: [:]) { $0.merge($1) { first, _ in first } })
        guard migrating else { return }
        let (applications, register, governance) = (applications, register, governance)
        try await database.write { transaction in
            try applications.scheduleSweep(at: now(), in: transaction)
            try applications.scheduleMeasures(at: now(), in: transaction)
            try register.scheduleLevels(at: now(), in: transaction)
            try governance.scheduleRounds(at: now(), in: transaction)
        }
    }

    /// 職員名簿, which knows other systems by their names, too: the trail has both.
    private static let staff = StaffDirectory(
        officer: Staff.directory.officer, officers: Staff.directory.officers,
        names: { transaction in
            try Staff.directory.names(transaction).merging(Applications.machineNames(in: transaction)) { first, _ in
                first
            }
            .merging(SystemStandards.clientNames(in: transaction)) { first, _ in first }
        },
        colleagues: Staff.directory.colleagues)

    /// All tables, in the order they came.
    package static let migrations =
        Trail.migrations + EventLog.migrations + JobQueue.migrations + Town.migrations + Session.migrations
        + Register.migrations + Identity.migrations + Applications.migrations + Register.laterMigrations
        + Applications.laterMigrations + Register.newestMigrations + EventWatch.migrations
        + Register.clearingMigrations + Applications.newestMigrations + JobQueue.endMigrations
        + Applications.foldMigrations + SystemStandards.migrations + Ordinances.migrations + Governance.migrations

    /// Why an installation cannot be opened, with the mend.
    package enum Missing: Error, CustomStringConvertible {
        case town
        case townKey
        case trailKey
        case tables
        case move
        case moved(String)
        case room(String)

        package var description: String {
            switch self {
            case .town: "町のデータがまだありません。先に origami init --town towns/<町> を実行してください"
            case .room(let folder): "\(folder) に書き込めません。所有者と、ディスクが読み取り専用になっていないかを確かめてください"
            case .moved(let path): "この町は引っ越しました（\(path) は引っ越す前のものです）。ORIGAMI_DATABASE を引っ越し先のアドレスにしてください"
            case .move: "このデータベースへの引っ越しが終わっていません。origami move をもう一度実行してください。続きから始まります"
            case .tables: "データベースが、このプログラムより古い形です。バックアップを取ってから、origami init --town … を実行してください"
            case .trailKey: "trail.key が、この記録の署名の鍵ではありません。正しい鍵をバックアップから戻してください"
            case .townKey: "town.key が、このデータの鍵ではありません。正しい鍵をバックアップから戻してください"
            }
        }
    }

    /// All pages.
    package var site: Site {
        var site = Site(
            Site.Surroundings(
                database: database, town: town, settings: settings, staff: Staff.directory,
                machines: applications.machines, now: now, logger: logger))
        for room in rooms { site.add(room) }
        applications.addDescription(to: &site)
        return site
    }

    /// Does the jobs and sequences the trail.
    package var worker: Worker {
        Worker(database: database, trail: trail, handlers: rooms.flatMap(\.jobs), now: now, logger: logger)
    }

    /// Everything that `serve` runs, and what has to be closed afterwards.
    /// - Parameter onListening: told once pages are served.
    package func services(metrics: Prometheus, onListening: @escaping @Sendable () -> Void) -> [any Service] {
        let server = WebServer(site, logger: logger)
        Task { if await server.listening.port() != nil { onListening() } }
        let lifetime = lifetime("serve")
        let operations = OperationsServer(database: database, metrics: metrics, settings: settings, logger: logger)
        return settings.worker ? [lifetime, worker, operations, server] : [lifetime, operations, server]
    }

    /// What `work` runs.
    package var workServices: [any Service] { [lifetime("work"), worker] }

    private func lifetime(_ role: String) -> Lifetime {
        Lifetime(database: database, folder: settings.data, role: role, now: now, logger: logger)
    }

    /// Lets running work finish and closes the databases.
    package func close() async {
        await database.close()
        await keys.close()
    }
}
