import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Publish
import Serve
import ShowModel
import Store
import Synchronization
import TestSupport

/// A show as the commands leave it on disk, with sound that nobody has to encode.
final class SmallShow: Sendable {
  static let day = Date(timeIntervalSince1970: 1_795_500_000)
  static let feed =
    "<?xml version=\"1.0\"?><rss>" + String(repeating: "<item>Sur la ligne</item>", count: 50) + "</rss>"

  let folder: Folder
  let catalogue: Catalogue
  let site: Site
  let key = LinkKey()
  private let place: PrivatePlace
  let lines = Lines()
  private let log: AccessLog

  /// Many shows are open at once in these tests.
  private static let manyFiles: Void = WebServer.openManyFiles()

  init() throws {
    Self.manyFiles
    folder = try Folder()
    catalogue = try Catalogue(path: folder.file(".podcast/catalogue.sqlite"))
    log = AccessLog { [lines] in lines.add($0) }
    place = PrivatePlace(shelf: folder.file(".podcast/shelf"), builds: folder.file(".podcast/builds"), key: key)
    site = Site(catalogue, folder: folder.file("public"), links: place, log: log)
    try write("<!DOCTYPE html><title>Sur la ligne</title>", "index.html")
    try write(Self.feed, "feed.xml")
    try write("User-agent: *\nDisallow: /p/\n", "robots.txt")
  }

  /// What a log was given.
  final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  var logged: [String] {
    log.finish()
    return lines.all
  }

  func write(_ text: String, _ name: String) throws { try folder.write(text, "public/\(name)") }

  static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }

  static func sound(_ seed: UInt64, count: Int = 300_001) -> [UInt8] {
    var seeded = Seeded(seed)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: seeded.next()) }
  }

  /// Into the catalogue, and where everybody may hear it also into `public/`.
  /// - Returns: the path of the sound.
  @discardableResult
  func publish(_ slug: String, _ bytes: [UInt8], to audience: Audience = .everybody) throws -> String {
    let build = Build(
      slug: slug, soundDigest: "1", rangesDigest: "2", settingsDigest: "3", digest: Self.digest(bytes),
      byteCount: Int64(bytes.count), milliseconds: 1_000, date: Self.day)
    let (publication, _) = try catalogue.publish(build, guid: slug, to: audience, at: Self.day)
    let path = publication.current?.path(slug) ?? ""
    guard audience == .everybody else { return "/\(path)" }
    try folder.write(bytes, "public/\(path)")
    try write("<!DOCTYPE html><title>\(slug)</title>", "episodes/\(slug)/index.html")
    return "/\(path)"
  }

  /// A picture or a text, under the name that it has.
  func add(_ text: String, _ folder: String, _ ending: String) throws -> String {
    let name = "\(folder)/\(Self.digest(Array(text.utf8)).prefix(16)).\(ending)"
    try write(text, name)
    return "/\(name)"
  }

  /// Another server of the same show.
  func site(front: Site.Front = .nothing, over other: Catalogue? = nil) -> Site {
    Site(other ?? catalogue, folder: folder.file("public"), links: place, front: front)
  }

  func get(
    _ path: String, _ fields: HTTPFields = [:], method: HTTPRequest.Method = .get, at site: Site? = nil
  ) async throws -> Answer {
    let request = HTTPRequest(
      method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields)
    return try await Answer((site ?? self.site).answer(request))
  }
}

/// What came back, read to its end.
struct Answer {
  let status: Int
  let fields: HTTPFields
  let body: [UInt8]

  init(_ response: Response) async throws {
    let bytes = Bytes()
    try await response.body.write(bytes)
    (status, fields, body) = (response.status.code, response.headers, bytes.all)
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  private final class Bytes: ResponseBodyWriter, Sendable {
    private let bytes = Mutex<[UInt8]>([])
    var all: [UInt8] { bytes.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
  }
}
