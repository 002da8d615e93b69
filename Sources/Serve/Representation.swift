import Crypto
import Foundation
import NIOCore
import ShowModel

/// Bytes that may be sent, and what is said of them.
struct Representation: Sendable {
  enum Content: Sendable {
    case file(OpenedFile, Range<Int64>)
    case bytes(ByteBuffer)

    var count: Int64 {
      switch self {
      case .file(_, let range): range.upperBound - range.lowerBound
      case .bytes(let bytes): Int64(bytes.readableBytes)
      }
    }

    /// - Parameter range: inside it.
    func part(_ range: Range<Int64>) -> Content {
      switch self {
      case .file(let file, let whole):
        .file(file, whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
      case .bytes(let bytes):
        .bytes(bytes.getSlice(at: bytes.readerIndex + Int(range.lowerBound), length: range.count) ?? ByteBuffer())
      }
    }
  }

  let content: Content
  let type: String
  /// A strong one: it stands for these very bytes.
  var tag: String
  /// Seconds since 1970; nil for what is made for each request.
  var modified: Int64?
  var isCompressed = false
  /// Whether it would be other bytes for who takes them compressed, or does not.
  var varies = false
  /// The name of a private file for a web server that sends it in our place.
  var internalName: String?
  var download: Download?

  /// The type is part of what a feed, a player or a browser goes by: it never depends on what the bytes look like.
  static func type(of path: String) -> String {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "xml": "application/rss+xml; charset=utf-8"
    case "mp3": "audio/mpeg"
    case "png": "image/png"
    case "jpg": "image/jpeg"
    case "json": "application/json+chapters"
    case "vtt": "text/vtt; charset=utf-8"
    case "srt": "application/x-subrip; charset=utf-8"
    default: "text/plain; charset=utf-8"
    }
  }
}

extension Representation {
  /// The bytes of a file as they are.
  init(_ file: OpenedFile, _ path: String, _ digest: String, varies: Bool = false) {
    self.init(
      content: .file(file, 0..<file.state.size), type: Self.type(of: path), tag: "\"\(digest)\"",
      modified: file.state.modified, varies: varies)
  }

  /// Sound.
  init(_ file: OpenedFile, _ revision: Publication.Revision) {
    self.init(
      content: .file(file, 0..<file.state.size), type: Self.type(of: ".mp3"), tag: "\"\(revision.digest)\"",
      modified: Int64(revision.published.timeIntervalSince1970))
  }

  /// What was made for one request.
  init(made bytes: [UInt8], type: String, varies: Bool = false) {
    let digest = Hexadecimal.text(Array(SHA256.hash(data: bytes)))
    self.init(
      content: .bytes(ByteBuffer(bytes: bytes)), type: type, tag: "\"\(digest)\"", modified: nil, varies: varies)
  }

  /// As nginx knows it, which sends the file in our place and has only its time and its size to go by: what is said of sound
  /// that somebody has already is judged here as it is there.
  func asFrontKnowsIt() -> Representation {
    guard case .file(let file, _) = content, internalName != nil || download != nil else { return self }
    var copy = self
    let (time, size) = (file.state.modified, file.state.size)
    (copy.tag, copy.modified) = ("\"\(String(time, radix: 16))-\(String(size, radix: 16))\"", time)
    return copy
  }

  static func page(_ bytes: [UInt8]) -> Representation {
    Representation(made: bytes, type: type(of: ".html"))
  }

  /// In the gzip format, of bytes that are in memory.
  func compressed() throws -> Representation {
    guard case .bytes(let bytes) = content else { return self }
    return Representation(
      content: .bytes(ByteBuffer(bytes: try Gzip.compress(bytes))), type: type, tag: "\(tag.dropLast())-gzip\"",
      modified: modified, isCompressed: true, varies: true)
  }
}
