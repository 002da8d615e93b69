import Foundation
import HTTPTypes
import Hummingbird
import ShowModel
import Testing

@Suite struct RequestFormTests {
  private let show: SmallShow
  init() throws {
    show = try SmallShow()
    try show.invite(to: "001-un", SmallShow.sound(1))
  }

  private func send(_ form: String, from peer: String = "192.0.2.1") async throws -> Answer {
    let request = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/p/")
    return try await Answer(
      show.site.answer(request, body: RequestBody(buffer: ByteBuffer(string: form)), peer: peer))
  }

  @Test("the form says nothing of what exists, and works without anything but HTML")
  func form() async throws {
    let page = try await show.get("/p/")
    #expect(
      page.status == 200 && page.text.contains("<form method=\"post\"") && page.text.contains("Demander un épisode"))
    #expect(!page.text.contains("001") && !page.text.contains("<script"))
    for name in ["wanted", "name", "contact", "message"] {
      #expect(page.text.contains("<label for=\"\(name)\">") && page.text.contains("name=\"\(name)\""))
    }
  }

  @Test("what was written is kept as it was, and the answer is the same whatever was asked for")
  func kept() async throws {
    let one = try await send("wanted=001-un&name=Zo%C3%A9+%26+%3Cb%3E&contact=06+12%0D%0A34&message=a%25zz%3Db%")
    let other = try await send("wanted=something+else&contact=x")
    #expect(one.status == 200 && one.body == other.body && one.text.contains("Votre demande est notée"))
    let kept = try show.catalogue.requests()
    #expect(kept.map(\.wanted.revealed) == ["001-un", "something else"])
    #expect(kept[0].name.revealed == "Zoé & <b>" && kept[0].contact.revealed == "06 12\r\n34")
    #expect(kept[0].message.revealed == "a%zz=b%")
  }

  @Test("what is missing, too long or too much is refused, and not kept")
  func refused() async throws {
    for form in ["", "wanted=x", "contact=x", "wanted=+&contact=x", "&&&=", "wanted"] {
      #expect(try await send(form).status == 400, "\(form)")
    }
    #expect(try await send("wanted=x&contact=y&message=" + String(repeating: "a", count: 20_000)).status == 413)
    for index in 0..<8 {
      #expect(try await send("wanted=x&contact=y").status == (index < 5 ? 200 : 429), "\(index)")
    }
    #expect(try await send("wanted=x&contact=y", from: "192.0.2.2").status == 200)
    #expect(try show.catalogue.requests().count == 6)
  }

  @Test("nothing but the form can be sent")
  func elsewhere() async throws {
    for path in ["/", "/p", "/p/x/", "/feed.xml"] {
      #expect(try await show.get(path, method: .post).status == 405, "\(path)")
    }
  }
}
