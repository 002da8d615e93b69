import Foundation
import HTTPTypes
import ShowModel
import Store

/// What counts one listener's download of one sound.
struct Download: Sendable {
  private let revision: Int
  private let slug: String
  private let link: String?
  private let asker: Asker
  private let sound: Range<Int64>
  private let minuteBytes: Int64
  /// Whether the link opens only so many downloads: then each request counts before anything is sent.
  let isLimited: Bool
  /// From then on the link opens nothing.
  let end: Date?

  init(
    _ revision: Publication.Revision, of slug: String, by link: PrivateLink?, _ asker: Asker, tagBytes: Int64
  ) {
    (self.revision, self.slug, self.link, self.asker) = (revision.number, slug, link?.id, asker)
    sound = min(tagBytes, revision.byteCount)..<revision.byteCount
    let bytes = Double(sound.upperBound - sound.lowerBound)
    minuteBytes = Int64(bytes * min(1, 60_000 / Double(max(1, revision.milliseconds))))
    (isLimited, end) = (link?.maxDownloads != nil, link?.expires)
  }

  /// - Parameters:
  ///   - range: of the file's bytes.
  ///   - other: who asks now, where that is somebody else.
  /// - Returns: nil for what only tries whether the server has ranges, for what holds no sound, and for robots without a
  ///   link.
  func piece(_ range: Range<Int64>, at date: Date, by other: Asker? = nil) -> DownloadPiece? {
    let (heard, asker) = (range.clamped(to: sound), other ?? asker)
    guard range != 0..<2, !heard.isEmpty, link != nil || !asker.isRobot else { return nil }
    let app = link == nil ? asker.listener : asker.app
    return DownloadPiece(
      link: link, slug: slug, revision: revision, app: app, bytes: Int64(heard.count), minuteBytes: minuteBytes,
      date: date)
  }
}

extension OpenedFile {
  /// How many bytes of an MP3 an ID3v2 tag in front of the sound takes (ID3v2.4.0, 3.1).
  func tagBytes() throws -> Int64 {
    guard state.size > 10 else { return 0 }
    let head = Array(try read(at: 0, count: 10).readableBytesView)
    guard head.prefix(3) == Array("ID3".utf8)[...] else { return 0 }
    return 10 + head[6...].reduce(0) { $0 << 7 | Int64($1 & 0x7f) }
  }
}
