/// What a `Range` field asks for (RFC 9110, 14.2).
enum RangeRequest: Hashable {
  /// No range, several, or what is no range of bytes: the whole is sent.
  case whole
  case part(Range<Int64>)
  /// 416.
  case unsatisfiable

  /// - Parameter length: of what would be sent, in bytes.
  init(_ field: String?, length: Int64) {
    self = .whole
    guard let field, let (first, last) = Self.ends(field) else { return }
    switch (first, last) {
    case (nil, nil): return
    case (nil, let count?): self = Self.last(count, of: length)
    case (let first?, let last): self = Self.from(first, to: last, of: length)
    }
  }

  /// Byte by byte: regular expressions, and lists of parts, take longer here than all else that is done for a request.
  /// - Returns: nil where it is not one range of bytes.
  private static func ends(_ field: String) -> (first: Int64?, last: Int64?)? {
    guard isUnit(field.utf8.prefix(6)) else { return nil }
    var (first, last): (Int64?, Int64?) = (nil, nil)
    var (hasHyphen, isOver) = (false, false)
    for byte in field.utf8.dropFirst(6) where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "\t") {
      switch byte {
      case UInt8(ascii: ","): isOver = isOver || hasHyphen || first != nil
      case _ where isOver: return nil
      case UInt8(ascii: "-") where !hasHyphen: hasHyphen = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if hasHyphen { last = number(last, byte) } else { first = number(first, byte) }
      default: return nil
      }
    }
    return hasHyphen ? (first, last) : nil
  }

  /// What is sent of so many bytes; nil where nothing is.
  func bytes(of length: Int64) -> Range<Int64>? {
    switch self {
    case .whole: 0..<length
    case .part(let range): range
    case .unsatisfiable: nil
    }
  }

  private static func last(_ count: Int64, of length: Int64) -> RangeRequest {
    guard count > 0, length > 0 else { return .unsatisfiable }
    return .part(max(0, length - count)..<length)
  }

  private static func from(_ first: Int64, to last: Int64?, of length: Int64) -> RangeRequest {
    if let last, last < first { return .whole }
    guard first < length else { return .unsatisfiable }
    return .part(first..<min(length, (last ?? Int64.max - 1) + 1))
  }

  /// With one more digit; for more bytes than there could be, as many as there could.
  private static func number(_ before: Int64?, _ digit: UInt8) -> Int64 {
    let (product, isTooMuch) = (before ?? 0).multipliedReportingOverflow(by: 10)
    return isTooMuch ? .max - 1 : min(product, .max - 10) + Int64(digit - UInt8(ascii: "0"))
  }

  private static func isUnit(_ bytes: Substring.UTF8View) -> Bool {
    bytes.elementsEqual("bytes=".utf8) { $0 == $1 || $0 | 0x20 == $1 && (0x41...0x5a).contains($0) }
  }
}
