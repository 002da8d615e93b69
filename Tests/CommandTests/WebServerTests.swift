import Foundation
import TestSupport
import Testing

/// nginx in front, as `podcast nginx` sets it up.
@Suite(.serialized) struct WebServerTests {
  private let show: SampleShow
  private let folder: Folder

  init() throws {
    show = try SampleShow.withBothPublished()
    folder = show.command.folder
  }

  /// The printed configuration, with a certificate, ports and logs of this test.
  private func configuration(port: Int, server: String...) throws -> String {
    let ended = try show.run(["nginx"] + server)
    #expect(ended.status == 0 && ended.errorText.isEmpty)
    try folder.run(
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days",
      "1",
      "-subj", "/CN=podcast.example.org")
    let live = "/etc/letsencrypt/live/podcast.example.org"
    let site = ended.outputText.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("listen [::]") }.joined(separator: "\n")
      .replacing("\(live)/fullchain.pem", with: folder.file("cert.pem"))
      .replacing("\(live)/privkey.pem", with: folder.file("key.pem"))
      .replacing("listen 443", with: "listen 127.0.0.1:\(port)").replacing(
        "listen 80", with: "listen 127.0.0.1:\(port + 1)"
      )
      .replacing("/var/log/nginx/", with: folder.path + "/")
    try folder.write(site, "site.conf")
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.file($0));" }
    let user = getuid() == 0 ? "user root;" : ""
    return try folder.write(
      """
      \(user) daemon off; pid \(folder.file("nginx.pid")); error_log \(folder.file("error.log"));
      events {} http { \(paths.joined(separator: " ")) include \(folder.file("site.conf")); }
      """, "nginx.conf")
  }

  private func curl(_ port: Int, _ path: String, _ arguments: String...) throws -> String {
    let words = ["-sk", "--max-time", "20", "-o", folder.file("got"), "-w", "%{http_code}"] + arguments
    return try Tool.run("/usr/bin/env", ["curl"] + words + ["https://127.0.0.1:\(port)\(path)"]).outputText
  }

  @Test(
    "nginx takes what is printed, and a path that it would misread is refused",
    .enabled(if: Tools.here("nginx", "openssl")))
  func accepted() throws {
    let file = try configuration(port: 443)
    let ended = try Tool.run("/usr/bin/env", ["nginx", "-t", "-c", file])
    #expect(ended.status == 0, "\(ended.errorText)")
    try folder.run("cp", "-a", "show", "a; b")
    let refused = try show.command.start(["nginx", "--show", "a; b"]).wait()
    #expect(refused.status == 64 && refused.output.isEmpty && refused.errorText.contains("Move the show"))
  }

  @Test(
    "through nginx, sound plays as long as it may, in parts as well, and no log names a link",
    .enabled(if: Tools.here("nginx", "openssl", "curl")), arguments: [false, true])
  func listened(bySocket: Bool) async throws {
    let file = folder.file("serve.sock")
    let (server, address) =
      bySocket
      ? try await show.serve("--accel", "--quiet", "--socket", file) : try await show.serve("--accel", "--quiet")
    let place = bySocket ? ["--socket", file] : ["--port", String(address.split(separator: ":").last ?? "")]
    let port = 32_000 - Int(ProcessInfo.processInfo.processIdentifier % 5_000) * 2
    let nginx = try Tool("/usr/bin/env", ["nginx", "-c", configuration(port: port, server: place[0], place[1])])
    while try curl(port, "/health") != "200", nginx.isRunning { try await Task.sleep(for: .milliseconds(50)) }
    let granted = try show.run(["link", "grant", "001-un", "--to", "x"])
    let token = try #require(show.tokens(granted).first)
    #expect(try curl(port, "/p/\(token)/feed.xml") == "200")
    let feed = try #require(folder.text("got"))
    let sound = String(try #require(feed.firstMatch(of: /url="https:\/\/podcast\.example\.org([^"]+\.mp3)"/)).output.1)
    let publicSound = "/\(try #require(show.enclosures.first { $0.path.contains("001-un") }).path)"
    let whole = try show.command.data("show/public\(publicSound)")
    for path in [sound, publicSound] {
      #expect(try curl(port, path) == "200")
      #expect(try show.command.data("got") == whole, "\(path)")
      #expect(try curl(port, path, "-r", "100-199") == "206")
      #expect(try show.command.data("got") == Array(whole[100..<200]))
    }
    let head = try Tool.run(
      "/usr/bin/env", ["curl", "-skI", "https://127.0.0.1:\(port)\(sound)"]
    ).outputText.lowercased()
    for line in [
      "x-robots-tag: noindex, nofollow", "cache-control: private, no-cache", "referrer-policy: no-referrer",
      "x-content-type-options: nosniff", "strict-transport-security: max-age=31536000", "content-type: audio/mpeg",
    ] { #expect(head.contains("\n\(line)\r"), "\(line)") }
    for path in [
      "/.builds/", "/.allowed", "/.podcast/catalogue.sqlite", "/media/../show.yaml", "/p/..%2f..%2fshow.yaml",
    ] {
      #expect(["400", "403", "404"].contains(try curl(port, path, "--path-as-is")), "\(path)")
    }
    #expect(try show.run("link", "revoke", String(token.prefix(8))).status == 0)
    #expect(try curl(port, sound) == "410")
    #expect(try curl(port, sound, "-r", "100-199") == "410")
    #expect(try show.run("withdraw", "001-un").status == 0)
    #expect(try curl(port, publicSound) == "410")
    for tool in [nginx, server] {
      tool.send(signal: SIGTERM)
      try tool.wait()
    }
    let secrets = [token, String(sound.split(separator: "/")[1])]
    #expect(try folder.files(holding: secrets) == ["got"] || folder.files(holding: secrets).isEmpty)
    #expect(folder.text("podcast.log")?.contains(" GET /p/ 206 ") == true)
  }

  @Test(
    "through nginx, a link for one download gives one, whatever is said of bytes that somebody has already",
    .enabled(if: Tools.here("nginx", "openssl", "curl")))
  func oneDownload() async throws {
    let file = folder.file("serve.sock")
    let (server, _) = try await show.serve("--accel", "--quiet", "--socket", file)
    let port = 34_000 - Int(ProcessInfo.processInfo.processIdentifier % 3_000) * 2
    let nginx = try Tool("/usr/bin/env", ["nginx", "-c", configuration(port: port, server: "--socket", file)])
    while try curl(port, "/health") != "200", nginx.isRunning { try await Task.sleep(for: .milliseconds(50)) }
    let granted = try show.run("link", "grant", "001-un", "--to", "x", "--max-downloads", "1")
    let token = try #require(show.tokens(granted).first)
    #expect(try curl(port, "/p/\(token)/feed.xml") == "200")
    let feed = try #require(folder.text("got"))
    let address = try #require(feed.firstMatch(of: /url="https:\/\/podcast\.example\.org([^"]+\.mp3)"/))
    let sound = String(address.output.1)
    #expect(try curl(port, sound, "-r", "0-1", "-D", folder.file("head")) == "206")
    let head = try #require(folder.text("head")).replacing("\r\n", with: "\n").lowercased()
    let tag = try #require(head.firstMatch(of: /\netag: (\S+)\n/)?.output.1)
    #expect(try curl(port, sound, "-I") == "200")
    let date = try #require(
      folder.text("got")?.replacing("\r\n", with: "\n").firstMatch(of: /(?i)\nlast-modified: (.+)\n/)?.output.1)
    func downloads() throws -> String {
      let text = try show.run("link", "list", "--json").outputText
      return String(text.firstMatch(of: /"downloads"\s*:\s*(\d+)/)?.output.1 ?? "")
    }
    for field in ["If-None-Match: \(tag)", "If-Modified-Since: \(date)"] {
      #expect(try curl(port, sound, "-H", field) == "304", "\(field)")
    }
    for field in ["If-Range: \(tag)", "If-Range: \(date)"] {
      #expect(try curl(port, sound, "-r", "0-1", "-H", field) == "206", "\(field)")
    }
    #expect(try downloads() == "0")
    // The tag that “podcast serve” itself gives to sound.
    let path = try #require(show.enclosures.first { $0.path.contains("001-un") }).path
    let digest = String(decoding: try folder.run("sha256sum", "show/public/\(path)").prefix(64), as: UTF8.self)
    let own = "If-Range: \"\(digest)\""
    #expect(try curl(port, sound, "-r", "0-1", "-H", own, "-A", "one") == "200")
    #expect(try downloads() == "1")
    for agent in ["two", "three"] {
      #expect(try curl(port, sound, "-r", "0-1", "-H", own, "-A", agent) == "410")
    }
    for tool in [nginx, server] {
      tool.send(signal: SIGTERM)
      try tool.wait()
    }
  }

  @Test(
    "while the server is away, no log of nginx names a link that somebody asks for",
    .enabled(if: Tools.here("nginx", "openssl", "curl")))
  func away() async throws {
    let port = 36_000 - Int(ProcessInfo.processInfo.processIdentifier % 1_000) * 2
    let token = try #require(show.tokens(show.run("link", "grant", "001-un", "--to", "x")).first)
    for place in [["--socket", folder.file("none.sock")], ["--port", "1"]] {
      let nginx = try Tool(
        "/usr/bin/env", ["nginx", "-c", configuration(port: port, server: place[0], place[1])])
      while try curl(port, "/health") != "502", nginx.isRunning { try await Task.sleep(for: .milliseconds(50)) }
      for path in ["/p/\(token)/", "/p/\(token)/feed.xml", "/p/\(token)/001-un.mp3"] {
        #expect(try curl(port, path) == "502")
      }
      _ = try Tool.run("/usr/bin/env", ["curl", "-s", "http://127.0.0.1:\(port + 1)/p/\(token)/"])
      nginx.send(signal: SIGTERM)
      try nginx.wait()
      #expect(folder.text("podcast.log")?.contains(" GET /p/ 502 ") == true)
      #expect(try folder.files(holding: [token]).isEmpty)
    }
  }

  @Test("the configuration of nginx names each folder that its user may not enter")
  func closedFolders() throws {
    func rights() throws -> [String] {
      try show.run("nginx").outputText.matches(of: /setfacl -m u:www-data:x (\S+)/).map { String($0.output.1) }
    }
    let top = URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().path
    let files = FileManager.default
    for (rights, folder) in [(0o711, top), (0o755, "\(top)/show")] {
      try files.setAttributes([.posixPermissions: rights], ofItemAtPath: folder)
    }
    let before = try rights()
    #expect(before.last == "\(top)/show/.podcast" && !before.contains(top) && !before.contains("\(top)/show"))
    try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: top)
    #expect(try rights() == before.dropLast() + [top, "\(top)/show/.podcast"])
    try files.setAttributes([.posixPermissions: 0o750], ofItemAtPath: "\(top)/show")
    #expect(try rights() == before.dropLast() + [top, "\(top)/show", "\(top)/show/.podcast"])
  }

  @Test("the unit of systemd runs as the owner of the show, also where root asks for it")
  func owner() throws {
    #expect(try show.run("systemd").outputText.contains("\nUser=\(NSUserName())\n"))
    guard getuid() == 0 else { return }
    try folder.run("chown", "daemon", "show")
    #expect(try show.run("systemd").outputText.contains("\nUser=daemon\n"))
  }

  @Test("the unit of systemd names the show, and quotes what systemd would misread")
  func systemd() throws {
    let unit = try show.run("systemd", "--accel", "--port", "9000")
    #expect(unit.status == 0 && unit.outputText.contains("\" serve --show \""))
    let socket = try show.run("systemd", "--accel", "--socket", "/run/podcast/serve.sock")
    #expect(socket.outputText.contains("--socket /run/podcast/serve.sock --accel\n"))
    #expect(socket.outputText.contains("\nRuntimeDirectory=podcast\n") && !unit.outputText.contains("Runtime"))
    #expect(unit.outputText.contains("--port 9000 --accel\n") && unit.outputText.contains("/show/.podcast\"\n"))
  }

  @Test("systemd finds no fault in its unit", .enabled(if: Tools.here("systemd-analyze")))
  func systemdVerifies() throws {
    for arguments in [[], ["--accel"], ["--accel", "--socket", "/run/podcast/serve.sock"]] {
      let unit = try show.run(["systemd"] + arguments)
      let path = try show.command.folder.write(unit.output, "podcast.service")
      let ended = try Tool.run("/usr/bin/env", ["systemd-analyze", "verify", "--man=no", path])
      #expect(unit.status == 0 && ended.status == 0)
      #expect(ended.output.isEmpty && ended.errors.isEmpty, "\(ended.errorText)")
    }
  }
}
