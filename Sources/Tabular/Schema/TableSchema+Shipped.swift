extension TableSchema {
    /// The schemas that the program carries, as YAML by their ids. They are ours, made after published rules, until the official
    /// lists are read in.
    package static let shipped: [String: String] = [
        "resident-sample": String(decoding: PackageResources.resident_sample_yaml, as: UTF8.self),
        "addressee-sample": String(decoding: PackageResources.addressee_sample_yaml, as: UTF8.self),
        "child-allowance-sample": String(decoding: PackageResources.child_allowance_sample_yaml, as: UTF8.self),
    ]
}
