import HTTPTypes
import TestSupport
import Testing

@Suite struct RangeTests {
  private static let count = 300_001
  private let show: SmallShow
  private let sound = SmallShow.sound(1)
  private let path: String

  init() throws {
    show = try SmallShow()
    path = try show.publish("001-un", sound)
  }

  @Test(
    "a part is sent as asked for",
    arguments: [
      ("bytes=0-0", 0..<1), ("bytes=0-99", 0..<100), ("bytes=65535-65536", 65_535..<65_537),
      ("bytes=100-", 100..<count), ("bytes=-1", count - 1..<count), ("bytes=-999999999", 0..<count),
      ("bytes=0-999999999", 0..<count), ("bytes=300000-300000", count - 1..<count), ("BYTES=1-2", 1..<3),
      ("bytes= 1 - 2", 1..<3), ("bytes=1-2,", 1..<3), ("bytes=0-99999999999999999999999", 0..<count),
      ("bytes=-99999999999999999999999", 0..<count),
    ])
  func parts(field: String, expected: Range<Int>) async throws {
    let answer = try await show.get(path, [.range: field])
    #expect(answer.status == 206 && answer.body == Array(sound[expected]))
    #expect(answer.fields[.contentRange] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/\(Self.count)")
    #expect(answer.fields[.contentLength] == String(expected.count))
    #expect(answer.fields[.eTag] == "\"\(SmallShow.digest(sound))\"" && answer.fields[.contentType] == "audio/mpeg")
  }

  @Test(
    "several ranges, and what is no range, give the whole",
    arguments: [
      "bytes=0-1,5-6", "bytes=5-4", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "items=0-1", "bytes=+1-2", "0-1",
      "bytes=1-2-3", "bytes=0x1-2", "bytes=١-٢",
    ])
  func wholes(field: String) async throws {
    let answer = try await show.get(path, [.range: field])
    #expect(answer.status == 200 && answer.body == sound && answer.fields[.contentRange] == nil)
  }

  @Test(
    "what begins past the end is told the length",
    arguments: ["bytes=300001-", "bytes=300001-300002", "bytes=-0", "bytes=99999999999999999999999-"])
  func past(field: String) async throws {
    let answer = try await show.get(path, [.range: field])
    #expect(answer.status == 416 && answer.fields[.contentRange] == "bytes */\(Self.count)")
    #expect(answer.body.count < 100)
  }

  @Test("a part is sent only to who has the rest of the same bytes")
  func ifRange() async throws {
    let whole = try await show.get(path)
    let (tag, date) = (whole.fields[.eTag] ?? "", whole.fields[.lastModified] ?? "")
    for (condition, status) in [
      (tag, 206), (date, 206), ("\"other\"", 200), ("W/\(tag)", 200), ("Tue, 24 Nov 2026 06:00:01 GMT", 200),
      ("Tue, 24 Nov 2026 05:59:59 GMT", 200), ("nonsense", 200),
    ] {
      let answer = try await show.get(path, [.range: "bytes=9-", .ifRange: condition])
      #expect(answer.status == status && answer.body == (status == 206 ? Array(sound[9...]) : sound), "\(condition)")
    }
  }

  @Test("who has it already is told so, by tag before date")
  func notModified() async throws {
    let tag = try await show.get(path).fields[.eTag] ?? ""
    let (same, later, before) = (
      "Tue, 24 Nov 2026 06:00:00 GMT", "Wed, 25 Nov 2026 00:00:00 GMT", "Mon, 23 Nov 2026 00:00:00 GMT"
    )
    let cases: [(HTTPFields, Int)] = [
      ([.ifNoneMatch: tag], 304), ([.ifNoneMatch: "W/\(tag)"], 304), ([.ifNoneMatch: "\"a\", \(tag)"], 304),
      ([.ifNoneMatch: "*"], 304), ([.ifNoneMatch: "\"a\""], 200), ([.ifModifiedSince: same], 304),
      ([.ifModifiedSince: later], 304), ([.ifModifiedSince: before], 200), ([.ifModifiedSince: "yesterday"], 200),
      ([.ifNoneMatch: "\"a\"", .ifModifiedSince: later], 200), ([.ifNoneMatch: tag, .ifModifiedSince: before], 304),
      ([.ifNoneMatch: tag, .range: "bytes=0-1"], 304), ([.ifModifiedSince: "Tue, 99 Nov 2026 06:00:00 GMT"], 200),
    ]
    for (fields, status) in cases {
      for method in [HTTPRequest.Method.get, .head] {
        let answer = try await show.get(path, fields, method: method)
        #expect(answer.status == status, "\(fields)")
        #expect(answer.fields[.eTag] == tag && answer.fields[.lastModified] == same)
        if status == 304 { #expect(answer.body.isEmpty && answer.fields[.contentType] == nil) }
      }
    }
  }

  @Test("downloaded in parts of any size, it is the same file")
  func resumed() async throws {
    var seeded = Seeded(7)
    var got: [UInt8] = []
    while got.count < sound.count {
      let last = got.count + Int.random(in: 0..<90_000, using: &seeded)
      got += try await show.get(path, [.range: "bytes=\(got.count)-\(last)"]).body
    }
    #expect(got == sound)
  }
}
