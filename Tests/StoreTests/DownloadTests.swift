import Foundation
import ShowModel
import Store
import TestSupport
import Testing

@Suite struct DownloadTests {
  private let folder: Folder
  private let catalogue: Catalogue
  private static let day = Date(timeIntervalSince1970: 1_795_500_000)
  private static let minute: Int64 = 720_000

  init() throws {
    folder = try Folder()
    catalogue = try Catalogue(path: folder.file(".podcast/catalogue.sqlite"))
    try catalogue.grant(
      PrivateLink(
        id: "aaaaaaaa", scope: .feed, name: PrivateText("Technicienne 7"), granted: Self.day, maxDownloads: 2),
      tokenDigest: "d")
  }

  private func piece(
    _ bytes: Int64, link: String? = "aaaaaaaa", slug: String = "042-reseau", app: String = "x", after hours: Double = 0
  ) -> DownloadPiece {
    DownloadPiece(
      link: link, slug: slug, revision: 1, app: app, bytes: bytes, minuteBytes: Self.minute,
      date: Self.day.addingTimeInterval(hours * 3_600))
  }

  private var counted: Int { get throws { try catalogue.link("aaaaaaaa")?.downloads ?? -1 } }

  @Test("pieces add up; a download counts from a minute of sound on, and once")
  func addsUp() throws {
    try catalogue.record([piece(2), piece(Self.minute - 3)])
    #expect(try counted == 0)
    try catalogue.record([piece(1, after: 1)])
    #expect(try counted == 1)
    try catalogue.record([piece(40 * Self.minute, after: 2), piece(Self.minute, after: 23.9)])
    #expect(try counted == 1)
  }

  @Test("another app, another episode or the next day is another download")
  func another() throws {
    try catalogue.record([
      piece(Self.minute), piece(Self.minute, app: "y"), piece(Self.minute, slug: "043-suite"),
      piece(Self.minute, after: 24), piece(Self.minute, after: 47),
    ])
    #expect(try counted == 4)
    #expect(try catalogue.downloads(of: "042-reseau") == DownloadCounts(open: 0, links: ["aaaaaaaa": 3]))
    #expect(try catalogue.downloads(of: "001-none") == DownloadCounts(open: 0, links: [:]))
  }

  @Test("public downloads are counted beside those of links")
  func open() throws {
    try catalogue.record([
      piece(Self.minute, link: nil, app: "1"), piece(Self.minute, link: nil, app: "2"),
      piece(5, link: nil, app: "3"), piece(Self.minute),
    ])
    #expect(try catalogue.downloads(of: "042-reseau") == DownloadCounts(open: 2, links: ["aaaaaaaa": 1]))
  }

  @Test("at its last download a link is used up; that download may come to its end, no other begins")
  func usedUp() throws {
    try catalogue.record([piece(Self.minute), piece(Self.minute, slug: "043-suite"), piece(4, slug: "044-fin")])
    #expect(try catalogue.link("aaaaaaaa")?.state(at: Self.day) == .usedUp)
    func mayGoOn(_ slug: String, _ app: String = "x", after hours: Double = 1) throws -> Bool {
      try catalogue.isCounted(link: "aaaaaaaa", slug: slug, app: app, at: Self.day.addingTimeInterval(hours * 3_600))
    }
    #expect(try mayGoOn("042-reseau") && mayGoOn("043-suite"))
    #expect(try !mayGoOn("044-fin") && !mayGoOn("042-reseau", "y") && !mayGoOn("042-reseau", after: 24))
  }

  @Test("of the last download of a link, one app gets all; others get nothing, and nothing is kept of them")
  func left() throws {
    for slug in ["042-reseau", "043-suite"] {
      #expect(try catalogue.recordIfLeft(piece(Self.minute, slug: slug)))
    }
    #expect(try catalogue.recordIfLeft(piece(40 * Self.minute)))
    for piece in [piece(Self.minute, app: "y"), piece(1, app: "y"), piece(1, slug: "044-fin"), piece(1, after: 24)] {
      #expect(try !catalogue.recordIfLeft(piece))
    }
    #expect(try counted == 2)
    #expect(try !catalogue.recordIfLeft(piece(1, link: "zzzzzzzz")))
  }

  @Test("of many who ask at the same moment, as many get a download as are left")
  func atOnce() async throws {
    let path = catalogue.path
    let given = try await withThrowingTaskGroup(of: Bool.self) { group in
      for app in 0..<8 {
        let piece = piece(Self.minute, app: "\(app)")
        group.addTask { try Catalogue(path: path).recordIfLeft(piece) }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(try given == 2 && counted == 2)
  }

  @Test("pieces of less than a minute, each of another app, are downloads together")
  func manyApps() throws {
    func given(_ apps: Range<Int>, after hours: Double = 0) throws -> Int {
      try apps.filter { try catalogue.recordIfLeft(piece(Self.minute / 4, app: "\($0)", after: hours)) }.count
    }
    #expect(try given(0..<3) == 3 && counted == 0)
    #expect(try given(3..<4) == 1 && counted == 1)
    #expect(try given(4..<7) == 3 && counted == 1)
    // The one that made the minute full may go on, and is no part of the next.
    #expect(try catalogue.recordIfLeft(piece(9 * Self.minute, app: "3")) && counted == 1)
    #expect(try given(7..<20) == 1 && counted == 2)
    #expect(try given(20..<30, after: 1) == 0 && counted == 2)
  }

  @Test("what other apps had the day before, or of another episode, counts for nothing")
  func apart() throws {
    for (app, slug, hours) in [("a", "042-reseau", 0.0), ("b", "043-suite", 24), ("c", "042-reseau", 24.1)] {
      #expect(try catalogue.recordIfLeft(piece(Self.minute - 1, slug: slug, app: app, after: hours)))
    }
    #expect(try counted == 0)
    #expect(try catalogue.recordIfLeft(piece(1, app: "d", after: 25)) && counted == 1)
  }

  @Test("what did not become a download within a day is forgotten when the next one is recorded; counted ones stay")
  func forgotten() throws {
    for link in [nil, "aaaaaaaa"] {
      try catalogue.record([piece(Self.minute - 1, link: link, app: "x"), piece(Self.minute, link: link, app: "y")])
    }
    try catalogue.record([piece(1, link: nil, app: "z", after: 24)])
    // It would have been whole.
    for link in [nil, "aaaaaaaa"] { try catalogue.record([piece(1, link: link, app: "x", after: 23)]) }
    #expect(try catalogue.downloads(of: "042-reseau") == DownloadCounts(open: 1, links: ["aaaaaaaa": 1]))
  }

  @Test("absurd numbers of bytes change nothing but what they belong to")
  func absurd() throws {
    try catalogue.record([piece(.max), piece(.max), piece(.min), piece(.min, app: "y"), piece(1, app: "y")])
    #expect(try counted == 1)
    try catalogue.record([])
    #expect(try counted == 1)
  }

  @Test("several that record at once lose nothing")
  func together() async throws {
    let path = catalogue.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for app in ["a", "b", "c"] {
        let catalogue = try Catalogue(path: path)
        let pieces = (0..<10).map { _ in piece(Self.minute / 40, app: app) }
        group.addTask { for _ in 0..<4 { try catalogue.record(pieces) } }
      }
      try await group.waitForAll()
    }
    #expect(try counted == 3)
  }
}
