import Foundation
import NIOCore
import Publish
import Serve
import ShowModel
import Store
import TestSupport
import Testing

/// Sound that was asked for before is answered without the library, on the event loop: the answers must be the same.
@Suite struct AtOnceTests {
  private let show: SmallShow
  private let bytes = SmallShow.sound(1)
  private let revision: Publication.Revision
  private let link: GivenLink
  private var sound: String { show.sound(link, "001-un", revision) }

  init() throws {
    show = try SmallShow()
    revision = try show.invite(to: "001-un", bytes)
    link = try show.grant(.episode("001-un"), expires: Date() + 3_600)
  }

  private static func request(_ path: String, _ fields: String...) -> [UInt8] {
    Array("GET \(path) HTTP/1.1\r\nHost: x\r\n\(fields.map { "\($0)\r\n" }.joined())\r\n".utf8)
  }

  private func atOnce(_ request: [UInt8], at site: Site? = nil) -> (head: String, body: [UInt8])? {
    request.withUnsafeBytes(PlainRequest.init).flatMap { (site ?? show.site).answerAtOnce($0, peer: "127.0.0.1") }
      .map { (String(buffer: $0.head), Array(($0.body ?? ByteBuffer()).readableBytesView)) }
  }

  /// After the library answered it. The system may have taken the sound out of memory meanwhile: the library brings it back.
  private func atOnceAfter(_ path: String, _ request: [UInt8]) async throws -> (head: String, body: [UInt8])? {
    for _ in 0..<20 {
      guard try await show.get(path).status == 200 else { return nil }
      if let answer = atOnce(request) { return answer }
    }
    return nil
  }

  /// Its lines in order, but for the time.
  private static func lines(_ head: String) -> [String] {
    head.lowercased().components(separatedBy: "\r\n").filter { !$0.hasPrefix("date:") && !$0.hasPrefix("connection:") }
      .sorted()
  }

  @Test("it is answered at once from the second time on, and as it was the first time")
  func same() async throws {
    let open = try show.publish("002-deux", SmallShow.sound(2))
    let ranges = [
      "0-9", "0-0", "0-1", "100000-165535", "-5", "-65536", "299999-", "300000-900000", "299990-299995", "00-09",
    ]
    try await show.serving { port in
      for path in [sound, open] {
        for range in ranges {
          let request = Self.request(path, "Range: bytes=\(range)", "User-Agent: Player/1")
          // A field that the library alone reads.
          let slow = Self.request(path, "Range: bytes=\(range)", "User-Agent: Player/1", "TE: trailers")
          let (first, second) = try await Raw.onThread {
            let client = try Raw(port: port)
            client.send(slow)
            let first = client.answer()
            client.send(request)
            return (first, client.answer())
          }
          let direct = try #require(await atOnceAfter(path, request), "\(path) \(range)")
          #expect(Self.lines(first.head) == Self.lines(second.head) && first.body == second.body, "\(path) \(range)")
          #expect(Self.lines(first.head) == Self.lines(direct.head) && first.body == direct.body, "\(path) \(range)")
          #expect(second.head.hasPrefix("HTTP/1.1 206 Partial Content\r\n") && second.head.contains("\r\nDate: "))
        }
      }
    }
    let logged = show.logged
    #expect(!logged.contains { $0.contains(link.token.id) } && logged.contains { $0.contains(" GET /p/ 206 10 ") })
  }

  @Test("what nobody asked for before, refusals, conditions and more than a piece are left to the library")
  func left() async throws {
    let range = "Range: bytes=0-9"
    #expect(atOnce(Self.request(sound, range)) == nil)
    #expect(try await atOnceAfter(sound, Self.request(sound, range)) != nil)
    #expect(atOnce(Self.request(sound)) == nil && atOnce(Self.request(sound, "Range: bytes=0-65536")) == nil)
    #expect(
      atOnce(Self.request(sound, "Range: bytes=300001-")) == nil && atOnce(Self.request(sound + "?", range)) == nil)
    for field in [
      "If-Range: \"a\"", "If-None-Match: *", "if-modified-since: x", "Connection: close", "Range: bytes=1-2",
    ] {
      #expect(atOnce(Self.request(sound, range, field)) == nil, "\(field)")
    }
    let limited = try show.grant(.episode("001-un"), maxDownloads: 1)
    let path = show.sound(limited, "001-un", revision)
    #expect(try await show.get(path).status == 200)
    #expect(atOnce(Self.request(path, range)) == nil)
    for path in [link.page, link.feed, "/feed.xml", "/health", "/nothing"] {
      _ = try await show.get(path)
      #expect(atOnce(Self.request(path)) == nil, "\(path)")
    }
  }

  @Test("an address is remembered in the one way in which it was given out")
  func spellings() async throws {
    let range = "Range: bytes=0-9"
    let long = String(repeating: "a", count: 300)
    for path in ["\(sound)#", "\(sound)#\(long)", "\(sound)?\(long)", "http://\(long)\(sound)"] {
      #expect(try await show.get(path).status == 200)
      for _ in 0..<3 { #expect(atOnce(Self.request(path, range)) == nil, "\(path)") }
    }
    #expect(try await atOnceAfter(sound, Self.request(sound, range)) != nil)
  }

  @Test("what any program takes back is gone with the next request on the same connection")
  func takenBack() async throws {
    let catalogue = show.catalogue
    let (path, id, sound) = (catalogue.path, link.token.id, sound)
    let again = try show.grant(.episode("001-un"))
    let open = try show.publish("002-deux", SmallShow.sound(2))
    let others = [show.sound(again, "001-un", revision), open]
    try await show.serving { port in
      try await Raw.onThread {
        let client = try Raw(port: port)
        func status(_ path: String) -> String {
          client.send(Self.request(path, "Range: bytes=0-9"))
          return String(client.answer().head.dropFirst(9).prefix(3))
        }
        for path in [sound] + others { for _ in 0..<3 { #expect(status(path) == "206") } }
        try Catalogue(path: path).revoke(id, at: Date())
        #expect(status(sound) == "410" && status(others[0]) == "206" && status(others[0]) == "206")
        _ = try Catalogue(path: path).withdraw("001-un", at: Date())
        #expect(status(others[0]) == "410" && status(others[1]) == "206" && status(others[1]) == "206")
        _ = try catalogue.withdraw("002-deux", at: Date())
        #expect(status(others[1]) == "410")
      }
    }
  }

  @Test("the moment a link expires it opens nothing, and bytes that are not those that were published are never sent")
  func ends() async throws {
    let end = Date() + 2
    let short = try show.grant(.episode("001-un"), expires: end)
    let path = show.sound(short, "001-un", revision)
    let request = Self.request(path, "Range: bytes=0-9")
    #expect(try await atOnceAfter(path, request) != nil || Date() >= end)
    try await Task.sleep(for: .seconds(end.timeIntervalSinceNow + 0.05))
    #expect(atOnce(request) == nil)
    #expect(try await show.get(path).status == 410)

    let other = Self.request(sound, "Range: bytes=0-9")
    #expect(try await atOnceAfter(sound, other)?.body == Array(bytes[..<10]))
    let file = ".podcast/builds/\(revision.digest).mp3"
    var changed = bytes
    changed[5] ^= 1
    try show.folder.write(changed, file)
    #expect(atOnce(other) == nil)
    #expect(try await show.get(sound).status == 503)
    try FileManager.default.removeItem(atPath: show.folder.file(file))
    #expect(atOnce(other) == nil)
  }

  @Test("a web server in front is told at once what to send, as long as it is there")
  func front() async throws {
    let site = show.site(front: .accelerator)
    let request = Self.request(sound, "Range: bytes=0-9", "X-Real-IP: 192.0.2.7")
    let first = try await show.get(sound, [.range: "bytes=0-9"], at: site)
    let answer = try #require(atOnce(request, at: site))
    #expect(answer.body.isEmpty && answer.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.head.contains("X-Accel-Redirect: /.builds/\(revision.digest).mp3\r\n"))
    var lines = first.fields.map { "\($0.name.rawName): \($0.value)".lowercased() }
    lines += ["http/1.1 200 ok", "", ""]
    #expect(Self.lines(answer.head) == lines.sorted())
    try show.catalogue.revoke(link.token.id, at: Date())
    #expect(atOnce(request, at: site) == nil)
  }

  @Test("answers come in the order of the requests, however those are cut and mixed")
  func order() async throws {
    func piece(_ place: Int) -> [UInt8] { Self.request(sound, "Range: bytes=\(place)-\(place + 9)") }
    let body = "GET / HTTP/1.1\r\n\r\n"
    let requests: [(bytes: [UInt8], status: String, body: [UInt8])] = [
      (piece(0), "206", Array(bytes[0..<10])), (Self.request("/health"), "200", Array("ok".utf8)),
      (piece(10), "206", Array(bytes[10..<20])), (piece(20), "206", Array(bytes[20..<30])),
      (
        Array("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8), "405",
        Array("Method Not Allowed\n".utf8)
      ),
      (piece(30), "206", Array(bytes[30..<40])), (Self.request(sound), "200", bytes),
      (piece(40), "206", Array(bytes[40..<50])),
    ]
    let all = requests.flatMap(\.bytes)
    var seeded = Seeded(7)
    let cuts = (0..<20).map { _ in Set((0..<3).map { _ in Int(seeded.next() % UInt64(all.count)) }).sorted() }
    _ = try await show.get(sound)
    try await show.serving { port in
      for cut in cuts {
        let answers = try await Raw.onThread {
          let client = try Raw(port: port)
          var start = 0
          for end in cut + [all.count] {
            client.send(Array(all[start..<end]))
            if end < all.count { usleep(3_000) }
            start = end
          }
          return requests.map { _ in client.answer() }
        }
        for (answer, request) in zip(answers, requests) {
          #expect(answer.head.hasPrefix("HTTP/1.1 \(request.status) ") && answer.body == request.body, "\(cut)")
        }
      }
    }
  }

  @Test("who asks and asks and reads nothing is not answered on and on, and gets all when it reads")
  func greedy() async throws {
    let request = Self.request(sound, "Range: bytes=0-65535")
    let (count, expected) = (1_200, bytes[..<65_536])
    _ = try await show.get(sound)
    try await show.serving { port in
      let client = try Raw(port: port, receiveBuffer: 4_096)
      async let sending: Void = Raw.onThread { for _ in 0..<count { client.send(request) } }
      try await Task.sleep(for: .seconds(1))
      // What the system takes for it, and little more.
      #expect(show.logged.count < count / 4)
      let isRight = try await Raw.onThread {
        let first = client.answer()
        let length = first.head.utf8.count + expected.count
        return first.body[...] == expected
          && (1..<count).allSatisfy { _ in client.read(length).suffix(expected.count) == expected }
      }
      try await sending
      #expect(isRight)
    }
  }

  @Test("a request that is changed at random is read as the library reads it, or left to it")
  func mutations() async throws {
    var seeded = Seeded(11)
    let request = Self.request(sound, "Range: bytes=0-9", "User-Agent: Player/1 (x)", "Accept: */*")
    let odd = Array("\r\n\t :\0\u{7f}-/?#GETHP1.0,;\"=".utf8) + [0x80, 0xff]
    _ = try await show.get(sound)
    try await show.serving { port in
      for _ in 0..<250 {
        var changed = request
        for _ in 0...(seeded.next() % 2) {
          let place = Int(seeded.next() % UInt64(changed.count))
          let byte = odd[Int(seeded.next() % UInt64(odd.count))]
          switch seeded.next() % 3 {
          case 0: changed[place] = byte
          case 1: changed.insert(byte, at: place)
          default: changed.remove(at: place)
          }
        }
        guard let plain = changed.withUnsafeBytes(PlainRequest.init), let answer = atOnce(changed) else { continue }
        #expect(plain.byteCount <= changed.count)
        // The same head, in the library's hands by one more field.
        let sent = Array(changed[..<(plain.byteCount - 2)]) + Array("TE: trailers\r\nConnection: close\r\n\r\n".utf8)
        let (library, whole) = try await Raw.onThread {
          let client = try Raw(port: port)
          client.send(sent)
          return (client.answer(), String(decoding: sent, as: UTF8.self))
        }
        #expect(
          Self.lines(library.head) == Self.lines(answer.head) && library.body == answer.body,
          "\(whole.debugDescription)")
      }
    }
  }
}
