import Core
import FoundationEssentials
import HTML
import Synchronization

/// 手続の案内 as linked data: schema.org GovernmentService in JSON-LD.
struct ServiceData {
    let town: Town
    /// The address that residents type, without a slash at its end.
    let origin: String
    let shelf: ServiceShelf

    /// One procedure by itself.
    func document(_ known: ProcedureKnowledge) throws -> [UInt8] {
        let service = service(known)
        return try shelf.bytes(of: service) { try encode(Document(context: Self.context, content: service)) }
    }

    /// Every procedure.
    func catalogue(_ all: [ProcedureKnowledge]) throws -> [UInt8] {
        let graph = all.map(service)
        return try encode(Graph(context: Self.context, graph: graph))
    }

    /// The same for a page: a data block, which is not run. Nothing in it can end the block.
    func embedded(_ known: ProcedureKnowledge) throws -> HTML {
        let bytes = try document(known)
        return #"<script type="application/ld+json">\#(HTML(trusted: bytes))</script>"#
    }

    private static let context = "https://schema.org"

    /// As JSON in which no character means anything to HTML: they stand as `\u003c` and the like.
    private func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try [UInt8](encoder.encode(value)).reduce(into: []) { bytes, byte in
            switch byte {
            case UInt8(ascii: "<"): bytes += #"\u003c"#.utf8
            case UInt8(ascii: ">"): bytes += #"\u003e"#.utf8
            case UInt8(ascii: "&"): bytes += #"\u0026"#.utf8
            default: bytes.append(byte)
            }
        }
    }

    private func service(_ known: ProcedureKnowledge) -> Service {
        let card = known.card
        let address = origin + Link.procedure(card.id).address
        return Service(
            id: address, url: address, identifier: card.id, name: worded(card.name),
            description: worded(card.summary), serviceType: card.events.map { $0.name[.ja] },
            provider: office(card.section),
            areaServed: Area(name: worded(town.name), identifier: town.code),
            audience: card.audience.map { Audience(audienceType: worded($0)) },
            availableChannel: channels(known, address),
            hoursAvailable: Hours(description: worded(town.contact.hours)),
            subjectOf: card.legalBasis.map { [Legislation(name: $0)] })
    }

    private func office(_ section: String) -> Office {
        let telephone = town.sections.first { $0.id == section }?.telephone ?? town.contact.telephone
        return Office(
            name: worded(town.sectionName(section)), address: town.contact.address, telephone: telephone,
            parentOrganization: .init(name: worded(town.name), identifier: town.code))
    }

    private func channels(_ known: ProcedureKnowledge, _ address: String) -> [Channel] {
        let office = office(known.card.section)
        let days = known.measured?.median
        let places = known.card.knownPlaces(isOnlineHere: known.start != nil)
        return places.flatMap { place -> [Channel] in
            var channel = Channel(name: worded(place.label))
            switch place {
            case .online:
                let portals = known.card.portals.map {
                    Channel(name: [Words(language: "ja", value: $0.name)], serviceUrl: $0.address?.address)
                }
                guard known.start != nil else { return portals.isEmpty ? [channel] : portals }
                channel.serviceUrl = address
                channel.processingTime = days.map { "P\($0)D" }
                channel.availableLanguage = town.languages.map(\.tag).reduce(into: []) { tags, tag in
                    if !tags.contains(tag) { tags.append(tag) }
                }
                return [channel] + portals
            case .counter: channel.serviceLocation = office
            case .post: channel.servicePostalAddress = town.contact.address
            case .telephone: channel.servicePhone = ContactPoint(telephone: office.telephone)
            case .store: break
            }
            return [channel]
        }
    }

    /// The words of each language that has its own. やさしい日本語 is Japanese as well and stands in the page.
    private func worded(_ text: Text) -> [Words] {
        town.languages.filter { $0 != .easy && text.missing(in: [$0]).isEmpty }.map {
            Words(language: $0.tag, value: text[$0])
        }
    }
}

/// What was told of each procedure, kept as it was written: to write it takes longer than the rest of a page.
final class ServiceShelf: Sendable {
    private let known = Mutex<[Card.ID: (service: ServiceData.Service, bytes: [UInt8])]>([:])

    func bytes(of service: ServiceData.Service, write: () throws -> [UInt8]) rethrows -> [UInt8] {
        if let entry = known.withLock({ $0[service.identifier] }), entry.service == service { return entry.bytes }
        let bytes = try write()
        known.withLock { $0[service.identifier] = (service, bytes) }
        return bytes
    }
}

extension ServiceData {
    private struct Document: Encodable {
        let context: String
        let content: Service

        private enum Key: String, CodingKey { case context = "@context" }

        func encode(to encoder: any Encoder) throws {
            try content.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(context, forKey: .context)
        }
    }

    private struct Graph: Encodable {
        let context: String
        let graph: [Service]

        private enum CodingKeys: String, CodingKey { case context = "@context", graph = "@graph" }
    }

    struct Words: Encodable, Equatable {
        let language: String
        let value: String

        private enum CodingKeys: String, CodingKey { case language = "@language", value = "@value" }
    }

    struct Service: Encodable, Equatable {
        let type = "GovernmentService"
        let id: String
        let url: String
        let identifier: String
        let name: [Words]
        let description: [Words]
        let serviceType: [String]
        let provider: Office
        let areaServed: Area
        let audience: Audience?
        let availableChannel: [Channel]
        let hoursAvailable: Hours
        let subjectOf: [Legislation]?

        private enum CodingKeys: String, CodingKey {
            case type = "@type", id = "@id"
            case url, identifier, name, description, serviceType, provider, areaServed, audience, availableChannel
            case hoursAvailable, subjectOf
        }
    }

    struct Area: Encodable, Equatable {
        let type = "AdministrativeArea"
        let name: [Words]
        let identifier: String

        private enum CodingKeys: String, CodingKey { case name, identifier, type = "@type" }
    }

    struct Audience: Encodable, Equatable {
        let type = "Audience"
        let audienceType: [Words]

        private enum CodingKeys: String, CodingKey { case audienceType, type = "@type" }
    }

    struct Legislation: Encodable, Equatable {
        let type = "Legislation"
        let name: String

        private enum CodingKeys: String, CodingKey { case name, type = "@type" }
    }

    struct Hours: Encodable, Equatable {
        let type = "OpeningHoursSpecification"
        let description: [Words]

        private enum CodingKeys: String, CodingKey { case description, type = "@type" }
    }

    struct ContactPoint: Encodable, Equatable {
        let type = "ContactPoint"
        let telephone: String

        private enum CodingKeys: String, CodingKey { case telephone, type = "@type" }
    }

    struct Office: Encodable, Equatable {
        struct Parent: Encodable, Equatable {
            let type = "GovernmentOrganization"
            let name: [Words]
            let identifier: String

            private enum CodingKeys: String, CodingKey { case name, identifier, type = "@type" }
        }

        let type = "GovernmentOffice"
        let name: [Words]
        let address: String
        let telephone: String
        let parentOrganization: Parent

        private enum CodingKeys: String, CodingKey {
            case name, address, telephone, parentOrganization
            case type = "@type"
        }
    }

    struct Channel: Encodable, Equatable {
        let type = "ServiceChannel"
        let name: [Words]
        var serviceUrl: String?
        var availableLanguage: [String]?
        var processingTime: String?
        var serviceLocation: Office?
        var servicePostalAddress: String?
        var servicePhone: ContactPoint?

        init(name: [Words], serviceUrl: String? = nil) { (self.name, self.serviceUrl) = (name, serviceUrl) }

        private enum CodingKeys: String, CodingKey {
            case name, serviceUrl, availableLanguage, processingTime, serviceLocation, servicePostalAddress
            case servicePhone
            case type = "@type"
        }
    }
}
