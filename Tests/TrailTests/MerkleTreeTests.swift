import Testing
import Trail

@Suite("証跡の木")
struct MerkleTreeTests {
    /// The entries and roots that implementations of Certificate Transparency (RFC 6962, RFC 9162) check themselves with.
    private static let entries: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
        Array(0x60...0x6F),
    ]
    private static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("根は、規格の見本と同じ")
    func knownRoots() {
        var edge = MerkleTree.Edge()
        for (entry, root) in zip(Self.entries, Self.roots) {
            edge.append(MerkleTree.leaf(entry))
            #expect(edge.root.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == root)
        }
    }

    @Test("どの項目も、どの大きさの木でも、木にあることを証明できる")
    func proofs() {
        let leaves = (0..<70).map { MerkleTree.leaf([UInt8($0)]) }
        for size in 1...leaves.count {
            let tree = leaves[..<size]
            let root = MerkleTree.root(of: tree)
            for index in 0..<size {
                let proof = MerkleTree.inclusionProof(of: index, in: tree)
                #expect(MerkleTree.verify(leaves[index], at: index, of: size, proof: proof, root: root))
                #expect(!MerkleTree.verify(MerkleTree.leaf([200]), at: index, of: size, proof: proof, root: root))
                #expect(!MerkleTree.verify(leaves[index], at: index, of: size, proof: proof + [root], root: root))
                if index + 1 < size {
                    #expect(!MerkleTree.verify(leaves[index], at: index + 1, of: size, proof: proof, root: root))
                }
            }
        }
    }

    @Test("しまった右端から、同じ木が育つ")
    func stored() throws {
        var edge = MerkleTree.Edge()
        for number in 0..<100 {
            let again = try #require(MerkleTree.Edge(size: edge.size, stored: edge.stored))
            #expect(again == edge && again.root == edge.root)
            edge.append(MerkleTree.leaf([UInt8(number)]))
        }
        #expect(MerkleTree.Edge(size: 3, stored: [1, 2, 3]) == nil)
    }
}
