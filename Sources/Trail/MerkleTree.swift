import Crypto

/// The hashes of an append-only tree (RFC 9162, section 2.1).
package enum MerkleTree {
    package typealias Hash = [UInt8]

    /// The hash of an entry: SHA-256 over 0x00 and its content.
    package static func leaf(_ content: some Sequence<UInt8>) -> Hash { Hash(SHA256.hash(data: [0] + content)) }

    /// The hash of a node: SHA-256 over 0x01 and its two children.
    package static func node(_ left: Hash, _ right: Hash) -> Hash { Hash(SHA256.hash(data: [1] + left + right)) }

    /// The hash of a tree without entries.
    package static let emptyRoot = Hash(SHA256.hash(data: []))

    /// The right edge of a growing tree: the roots of its complete subtrees, the largest first. Enough to append and to
    /// know the root, whatever the size.
    package struct Edge: Sendable, Equatable {
        /// How many entries the tree has.
        package private(set) var size: Int
        private var roots: [Hash]

        /// An empty tree.
        package init() { (size, roots) = (0, []) }

        /// The edge as it was stored: the roots one after the other. Nil if the number does not fit the size.
        package init?(size: Int, stored: [UInt8]) {
            guard size >= 0, stored.count == size.nonzeroBitCount * 32 else { return nil }
            self.size = size
            roots = stride(from: 0, to: stored.count, by: 32).map { Hash(stored[$0..<$0 + 32]) }
        }

        /// The roots one after the other, 32 bytes each.
        package var stored: [UInt8] { roots.flatMap { $0 } }

        /// The hash that stands for all entries so far.
        package var root: Hash {
            guard var hash = roots.last else { return emptyRoot }
            for left in roots.dropLast().reversed() { hash = node(left, hash) }
            return hash
        }

        /// Appends an entry.
        package mutating func append(_ leaf: Hash) {
            var hash = leaf
            var rest = size
            while rest & 1 == 1 {
                hash = node(roots.removeLast(), hash)
                rest >>= 1
            }
            roots.append(hash)
            size += 1
        }
    }

    /// The hashes that lead from an entry to the root (RFC 9162, section 2.1.3.1).
    package static func inclusionProof(of index: Int, in leaves: ArraySlice<Hash>) -> [Hash] {
        guard leaves.count > 1 else { return [] }
        let middle = leaves.startIndex + split(leaves.count)
        if index < split(leaves.count) {
            return inclusionProof(of: index, in: leaves[..<middle]) + [root(of: leaves[middle...])]
        }
        return inclusionProof(of: index - split(leaves.count), in: leaves[middle...]) + [root(of: leaves[..<middle])]
    }

    /// True if the proof leads from the entry to the root (RFC 9162, section 2.1.3.2).
    package static func verify(_ leaf: Hash, at index: Int, of size: Int, proof: [Hash], root: Hash) -> Bool {
        guard index >= 0, index < size else { return false }
        var (place, last, hash) = (index, size - 1, leaf)
        for sibling in proof {
            if last == 0 { return false }
            if place & 1 == 1 || place == last {
                hash = node(sibling, hash)
                while place & 1 == 0, place != 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                hash = node(hash, sibling)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// The root of a tree over these leaves.
    package static func root(of leaves: ArraySlice<Hash>) -> Hash {
        var edge = Edge()
        for leaf in leaves { edge.append(leaf) }
        return edge.root
    }

    /// The largest power of two smaller than a number of leaves.
    private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}
