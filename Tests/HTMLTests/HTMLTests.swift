import HTML
import Testing

@Suite("HTML")
struct HTMLTests {
    @Test("文字は、文書の中でも属性の中でも、ただの文字になる")
    func escaping() {
        let text = "<script>alert('\"&\")</script>"
        let html: HTML = #"<p title="\#(text)">\#(text)</p>"#
        #expect(!html.text.dropFirst(3).dropLast(4).contains("<"))
        #expect(
            html.text
                == #"<p title="&lt;script&gt;alert(&#39;&quot;&amp;&quot;)&lt;/script&gt;">&lt;script&gt;alert(&#39;&quot;&amp;&quot;)&lt;/script&gt;</p>"#
        )
    }

    @Test("マークアップはマークアップのまま、並べても、条件で選んでもよい")
    func markup() {
        let rows: [HTML] = ["a<b", "c"].map { "<li>\($0)</li>" }
        let nothing: HTML? = nil
        let isLate = rows.count == 2
        let html: HTML = "<ul>\(rows)</ul>\(nothing)\(isLate ? "<b>late</b>" : "<i>soon</i>")\(3)"
        #expect(html.text == "<ul><li>a&lt;b</li><li>c</li></ul><b>late</b>3")
    }

    @Test("属性は、あるときだけ書かれる")
    func attributes() {
        let attributes = Attributes().with("class", "a\"b").with("id", ifPresent: nil).with("checked", when: true)
            .with("disabled", when: false)
        let html: HTML = "<input\(attributes)>"
        #expect(html.text == #"<input class="a&quot;b" checked="">"#)
    }

    @Test(
        "アドレスに入る値は、一つの区切りを出ない",
        arguments: [
            ("a/b", "/x/a%2Fb"), ("..", "/x/.."), ("?q=1#f", "/x/%3Fq%3D1%23f"), ("犬", "/x/%E7%8A%AC"),
            ("a b", "/x/a%20b"),
        ])
    func links(_ value: String, _ address: String) {
        #expect(("/x/\(value)" as Link).address == address)
    }

    @Test(
        "よそへのリンクは、https だけ",
        arguments: [
            "javascript:alert(1)", "http://example.jp", "https://", "https://a\"b", "//example.jp", "https://a b",
        ])
    func elsewhere(_ address: String) {
        #expect(Link(https: address) == nil)
        #expect(Link(https: "https://example.jp/a?b=c#d") != nil)
    }

    @Test("図には名前と説明があり、棒の長さは割合。言葉は言葉のまま")
    func charts() {
        let bars = Chart("x", title: "件数 <1>", summary: "a & b").bars([.init("窓口", 5, "5件"), .init("紙", 20, "20件")])
            .text
        #expect(bars.contains(#"aria-labelledby="x-title x-summary""#) && bars.contains("件数 &lt;1&gt;"))
        #expect(bars.contains(#"y="23" width="25%""#) && bars.contains(#"y="67" width="100%""#))
        let lines = Chart("y", title: "", summary: "").lines(
            [.init("a", [0, nil, 30, 40])], over: ["1", "2", "3", "4"]
        ).text
        #expect(lines.ranges(of: "<circle").count == 3 && lines.ranges(of: "<line x1").count == 1)
    }
}
