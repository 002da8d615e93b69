import NIOCore

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
  let tag: String
  /// Seconds since 1970.
  let modified: Int64
  var isCompressed = false
  /// Whether it would be other bytes for who takes them compressed, or does not.
  var varies = false

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
