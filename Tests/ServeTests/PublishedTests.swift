import Foundation
import HTTPTypes
import Testing

@Suite struct PublishedTests {
  private let show: SmallShow
  init() throws { show = try SmallShow() }

  @Test("everything that is published is there, with its type, its length and a date")
  func everything() async throws {
    let sound = SmallShow.sound(1)
    let media = try show.publish("001-un", sound)
    let expected: [(path: String, type: String, bytes: [UInt8])] = [
      ("/", "text/html; charset=utf-8", Array("<!DOCTYPE html><title>Sur la ligne</title>".utf8)),
      ("/feed.xml", "application/rss+xml; charset=utf-8", Array(SmallShow.feed.utf8)),
      ("/robots.txt", "text/plain; charset=utf-8", Array("User-agent: *\nDisallow: /p/\n".utf8)),
      ("/episodes/001-un/", "text/html; charset=utf-8", Array("<!DOCTYPE html><title>001-un</title>".utf8)),
      (try show.add("P", "art", "png"), "image/png", [0x50]), (try show.add("J", "art", "jpg"), "image/jpeg", [0x4a]),
      (try show.add("{}", "text/001-un", "json"), "application/json+chapters", Array("{}".utf8)),
      (try show.add("WEBVTT", "text/001-un", "vtt"), "text/vtt; charset=utf-8", Array("WEBVTT".utf8)),
      (try show.add("1", "text/001-un", "srt"), "application/x-subrip; charset=utf-8", [0x31]),
      (try show.add("a", "text/001-un", "txt"), "text/plain; charset=utf-8", [0x61]), (media, "audio/mpeg", sound),
    ]
    for file in expected {
      let answer = try await show.get(file.path)
      #expect(answer.status == 200 && answer.body == file.bytes, "\(file.path)")
      #expect(answer.fields[.contentType] == file.type)
      #expect(answer.fields[.contentLength] == String(file.bytes.count))
      #expect(answer.fields[.eTag] == "\"\(SmallShow.digest(file.bytes))\"")
      #expect(answer.fields[.lastModified]?.hasSuffix(" GMT") == true && answer.fields[.acceptRanges] == "bytes")
    }
    #expect(try await show.get(media).fields[.lastModified] == "Tue, 24 Nov 2026 06:00:00 GMT")
  }

  @Test("a query and the form of an address with a host change nothing")
  func forms() async throws {
    for path in ["/feed.xml?source=app", "http://localhost/feed.xml", "HTTPS://x:1/feed.xml?a#b", "/feed.xml#top"] {
      #expect(try await show.get(path).status == 200, "\(path)")
    }
  }

  @Test("HEAD says what GET would, and sends nothing")
  func head() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    for path in ["/", "/feed.xml", "/health", "/episodes/001-un/", media, "/none", "/episodes/001-un"] {
      let (get, head) = (try await show.get(path), try await show.get(path, method: .head))
      #expect(head.status == get.status && head.fields == get.fields && head.body.isEmpty, "\(path)")
      #expect(head.fields[.contentLength] == String(get.body.count))
    }
    let ranged = try await show.get(media, [.range: "bytes=0-9"], method: .head)
    #expect(ranged.status == 200 && ranged.fields[.contentLength] == "300001")
  }

  @Test("any other method is refused with what is allowed")
  func methods() async throws {
    for method in [HTTPRequest.Method.post, .put, .delete, .options, .patch, .trace] {
      let answer = try await show.get("/feed.xml", method: method)
      #expect(answer.status == 405 && answer.fields[.allow] == "GET, HEAD", "\(method)")
    }
  }

  @Test("/health is ok as long as the catalogue can be read; without it nothing is given away")
  func health() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    #expect(try await show.get("/health").text == "ok")
    try show.catalogue.close()
    for path in ["/health", media, "/episodes/001-un/"] {
      let answer = try await show.get(path)
      #expect(answer.status == 503 && answer.fields[.retryAfter] == "5", "\(path)")
    }
  }

  @Test("each answer says how browsers and caches are to treat it, and nothing of the server")
  func security() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    for path in ["/", "/feed.xml", media, "/none", "/health", "/p/token"] {
      let fields = try await show.get(path).fields
      let caching = path.hasPrefix("/p/") ? "private, no-cache" : "no-cache"
      #expect(fields[.xContentTypeOptions] == "nosniff" && fields[.cacheControl] == caching, "\(path)")
      #expect(HTTPField.Name("Referrer-Policy").flatMap { fields[$0] } == "no-referrer")
      #expect(fields[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; img-src 'self'") == true)
      #expect(fields[.contentSecurityPolicy]?.hasSuffix("frame-ancestors 'none'") == true)
      #expect(fields[.server] == nil)
    }
  }

  @Test("the feed is compressed for who takes it so, under another tag")
  func gzip() async throws {
    let plain = try await show.get("/feed.xml")
    let small = try await show.get("/feed.xml", [.acceptEncoding: "deflate, gzip;q=0.5"])
    #expect(small.fields[.contentEncoding] == "gzip" && small.body.count < plain.body.count / 4)
    #expect(small.fields[.contentLength] == String(small.body.count))
    try show.folder.write(small.body, "feed.gz")
    #expect(try show.folder.run("gzip", "-dc", "feed.gz") == plain.body)
    #expect(small.fields[.eTag] != plain.fields[.eTag] && small.fields[.eTag]?.hasPrefix("\"") == true)
    for answer in [plain, small] { #expect(answer.fields[.vary] == "Accept-Encoding") }
    let same: HTTPFields = [.acceptEncoding: "gzip", .ifNoneMatch: small.fields[.eTag] ?? ""]
    #expect(try await show.get("/feed.xml", same).status == 304)
    for refusal in ["gzip;q=0", "identity", "gzip; q=0.0", "br"] {
      #expect(try await show.get("/feed.xml", [.acceptEncoding: refusal]).body == plain.body, "\(refusal)")
    }
    let media = try show.publish("001-un", SmallShow.sound(1))
    #expect(try await show.get(media, [.acceptEncoding: "gzip"]).fields[.contentEncoding] == nil)
    try show.write("<rss/>", "feed.xml")
    let new = try await show.get("/feed.xml", [.acceptEncoding: "gzip"])
    try show.folder.write(new.body, "feed.gz")
    #expect(try show.folder.run("gzip", "-dc", "feed.gz") == Array("<rss/>".utf8))
  }
}
