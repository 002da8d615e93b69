import Foundation
import Store
import TestSupport
import Testing

@Suite struct SocketTests {
  private let show: SmallShow
  init() throws { show = try SmallShow() }

  @Test("no way of writing an address leads out of what is published")
  func traversal() async throws {
    try show.folder.write("SECRET", "secret.txt")
    try show.write("SECRET", ".hidden")
    try show.write("SECRET", "sub/secret.txt")
    let outside = show.folder.file("secret.txt")
    let targets = [
      "/../secret.txt", "/../.podcast/catalogue.sqlite", "/..%2fsecret.txt", "/%2e%2e/secret.txt",
      "/%2e%2e%2fsecret.txt",
      "/art/../../secret.txt", "/art/..%5c..%5csecret.txt", "/art/..\\..\\secret.txt", "/..\\secret.txt",
      "/episodes/../../secret.txt/", "/episodes/..%2f../", "/text/../.hidden", "/.hidden", "/%2ehidden", "/./.hidden",
      "//secret.txt", "/\(outside)", outside, "/sub/secret.txt", "/..;/secret.txt", "/..%00/secret.txt",
      "/feed.xml%00.txt", "/%c0%ae%c0%ae/secret.txt", "/%252e%252e/secret.txt", "/..%c0%afsecret.txt",
      "file://\(outside)",
      "http://localhost/../secret.txt", "http://localhost\(outside)", "/media/../../secret.txt", "/media/a/..mp3",
      "/media/a/../../../secret.mp3", "..", ".", "../secret.txt", "/..", "/.", "*", "/feed.xml/../../secret.txt",
    ]
    try await show.serving { port in
      for target in targets {
        let answer = try await Raw.exchange(port, "GET \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(
          answer.hasPrefix("HTTP/1.1 404 ") || answer.hasPrefix("HTTP/1.1 400 "), "\(target): \(answer.prefix(40))")
        #expect(!answer.contains("SECRET") && !answer.contains("SQLite"), "\(target)")
      }
      for bytes in ["/feed\0.xml", "/\u{1}", "/é", "/a b"] {
        let answer = try await Raw.exchange(port, "GET \(bytes) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(!answer.hasPrefix("HTTP/1.1 200 ") && !answer.contains("SECRET"), "\(bytes)")
      }
    }
  }

  @Test("no request hides in another one")
  func smuggling() async throws {
    let hidden = "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    let heads = [
      "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 50",
      "Content-Length: -1", "Content-Length: 5x", "Transfer-Encoding: xchunked", "Transfer-Encoding : chunked",
      "Content-Length: 99999999999999999999999",
    ]
    try await show.serving { port in
      for head in heads {
        let answer = try await Raw.exchange(
          port, "GET /health HTTP/1.1\r\nHost: x\r\n\(head)\r\n\r\n0\r\n\r\n\(hidden)")
        #expect(!answer.contains("Disallow"), "\(head)")
      }
      let body = "POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)"
      let answer = try await Raw.exchange(port, body + "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 405 ") && answer.hasSuffix("ok") && !answer.contains("Disallow"))
    }
  }

  @Test("a request has to say once for whom it is, sound that was heard before included; HTTP/1.0 need not")
  func host() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    try await show.serving { port in
      func status(_ path: String, _ version: String, _ fields: String) async throws -> String {
        let head = "GET \(path) \(version)\r\nRange: bytes=0-9\r\n\(fields)"
        let first = try await Raw.onThread {
          let client = try Raw(port: port)
          client.send(Array("\(head)\r\n".utf8))
          return String(decoding: client.read(12), as: UTF8.self)
        }
        let second = try await Raw.exchange(port, "\(head)Connection: close\r\n\r\n")
        #expect(second.hasPrefix(first), "\(path) \(version) \(fields)")
        return String(first.suffix(3))
      }
      for path in [media, media, "/health", "/p/x/"] {
        for (version, fields) in [("HTTP/1.1", "Host: x\r\n"), ("HTTP/1.0", "")] {
          let status = try await status(path, version, fields)
          #expect(status != "400", "\(path) \(version)")
        }
        for fields in ["", "Host: x\r\nHost: x\r\n", "Host: x\r\nUser-Agent: a\r\nhost: y\r\n"] {
          let status = try await status(path, "HTTP/1.1", fields)
          #expect(status == "400", "\(path) \(fields)")
        }
      }
    }
  }

  @Test("who waits to be told to go on before sending a form is told so")
  func expectation() async throws {
    try show.invite(to: "001-un", SmallShow.sound(1))
    try await show.serving { port in
      let (told, answer, next) = try await Raw.onThread {
        let client = try Raw(port: port)
        let form = "wanted=x&contact=y"
        client.send(
          Array("POST /p/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: \(form.count)\r\n\r\n".utf8))
        let told = client.answer().head
        client.send(Array("\(form)GET /health HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        return (told, client.answer().head, client.answer().body)
      }
      #expect(told == "HTTP/1.1 100 Continue\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 200 ") && next == Array("ok".utf8))
    }
    #expect(try show.catalogue.requests().map(\.wanted.revealed) == ["x"])
  }

  @Test("more header fields than anybody needs are refused")
  func hugeHeaders() async throws {
    try await show.serving { port in
      func answer(_ count: Int) async throws -> String {
        try await Raw.exchange(
          port,
          "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: \(String(repeating: "a", count: count))\r\n\r\n")
      }
      for (count, status) in [(8_000, "200"), (100_000, "431"), (1_000_000, "400"), (8_000, "200")] {
        let answer = try await answer(count)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) ") || (status == "400" && answer.isEmpty), "\(count)")
      }
    }
  }

  @Test("on the wire: no server name, exact lengths, nothing after 304 and HEAD, one connection for many requests")
  func wire() async throws {
    let tag = "\"\(SmallShow.digest(Array(SmallShow.feed.utf8)))\""
    let requests =
      "HEAD /feed.xml HTTP/1.1\r\nHost: x\r\n\r\nGET /feed.xml HTTP/1.1\r\nHost: x\r\nIf-None-Match: \(tag)\r\n\r\n"
      + "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    try await show.serving { port in
      let answer = try await Raw.exchange(port, requests)
      let parts = answer.components(separatedBy: "HTTP/1.1 ").dropFirst()
      #expect(parts.map { $0.prefix(3) } == ["200", "304", "200"])
      #expect(parts.prefix(2).allSatisfy { $0.hasSuffix("\r\n\r\n") } && answer.hasSuffix("\r\n\r\nok"))
      #expect(answer.contains("Content-Length: \(SmallShow.feed.utf8.count)\r\n"))
      #expect(!answer.lowercased().contains("server:") && !answer.lowercased().contains("hummingbird"))
      let old = try await Raw.exchange(port, "GET /health HTTP/1.0\r\nConnection: close\r\n\r\n")
      #expect(old.hasSuffix("\r\n\r\nok"))
    }
  }

  @Test("on a connection that stays open, an episode that is withdrawn is gone with the next request")
  func withdrawnMeanwhile() async throws {
    let media = try show.publish("001-un", SmallShow.sound(1))
    let path = show.catalogue.path
    try await show.serving { port in
      let answer = try await Raw.onThread {
        let client = try Raw(port: port)
        client.send(Array("GET \(media) HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9\r\n\r\n".utf8))
        let first = client.read(12)
        _ = try Catalogue(path: path).withdraw("001-un", at: Date())
        client.send(Array("GET \(media) HTTP/1.1\r\nHost: x\r\nRange: bytes=10-19\r\nConnection: close\r\n\r\n".utf8))
        return String(decoding: first + client.read(), as: UTF8.self)
      }
      #expect(answer.hasPrefix("HTTP/1.1 206 ") && answer.contains("HTTP/1.1 410 "))
    }
  }

  @Test("listeners who read nothing hold nobody up, and take little memory")
  func slowReaders() async throws {
    let piece = SmallShow.sound(1, count: 1_000_000)
    let sound = (0..<20).flatMap { _ in piece }
    let media = try show.publish("001-un", sound)
    let request = Array("GET \(media) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
    try await show.serving { port in
      let before = Self.residentMegabytes
      let still = try await Raw.onThread {
        try (0..<100).map { _ in
          let client = try Raw(port: port, receiveBuffer: 4_096)
          client.send(request)
          return client
        }
      }
      let whole = try await Raw.onThread {
        let client = try Raw(port: port)
        client.send(request)
        return client.read()
      }
      #expect(whole.hasSuffix(sound))
      // Other tests run meanwhile; if all were read for who reads nothing, it would be 2,000.
      #expect(Self.residentMegabytes - before < 1_000)
      let late = try await Raw.onThread { still[50].read() }
      #expect(late.hasSuffix(sound))
    }
  }

  @Test("a connection on which nothing moves is closed, also in the midst of an answer")
  func still() async throws {
    let sound = SmallShow.sound(1, count: 8_000_000)
    let media = try show.publish("001-un", sound)
    try await show.serving(idle: .seconds(3)) { port in
      let start = Date()
      async let silent = Raw.onThread { try Raw(port: port, patience: 300).read().count }
      let stuck = try await Raw.onThread { [show] in
        let client = try Raw(port: port, receiveBuffer: 4_096)
        client.send(Array("GET \(media) HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        let first = client.read(1).count
        // It says so when it has given up.
        while show.logged.isEmpty, Date().timeIntervalSince(start) < 250 { usleep(100_000) }
        return first + client.read().count
      }
      #expect(stuck > 0 && stuck < sound.count)
      #expect(try await silent == 0)
      #expect(Date().timeIntervalSince(start) < 290)
    }
  }

  private static var residentMegabytes: Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
    return (pages.flatMap { $0.count > 1 ? Int($0[1]) : nil } ?? 0) * 4_096 / 1_000_000
  }
}

extension [UInt8] {
  /// As fast in a debug build.
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { Data(self).suffix(end.count) == Data(end) }
}
