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
    // Bytes, not regular expressions: those take longer here than all else that is done for a request.
    guard let bytes = field.map({ Array($0.utf8) }), Self.isUnit(bytes.prefix(6)) else { return }
    let asked = bytes.dropFirst(6).filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      .split(separator: UInt8(ascii: ","))
    let ends = asked.first?.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false) ?? []
    guard asked.count == 1, ends.count == 2, ends.allSatisfy({ $0.allSatisfy(Self.isDigit) }) else { return }
    switch (Self.number(ends[0]), Self.number(ends[1])) {
    case (nil, nil): return
    case (nil, let count?): self = Self.last(count, of: length)
    case (let first?, let last): self = Self.from(first, to: last, of: length)
    }
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

  /// - Returns: nil for no digits; for more than there could be bytes, more than there are.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits.isEmpty ? nil : min(Int64(String(decoding: digits, as: UTF8.self)) ?? .max, .max - 1)
  }

  private static func isUnit(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.elementsEqual("bytes=".utf8) { $0 == $1 || $0 | 0x20 == $1 && (0x41...0x5a).contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
