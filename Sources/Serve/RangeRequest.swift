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
    guard let field, let unit = field.prefixMatch(of: /(?i)bytes=/) else { return }
    let parts = field[unit.range.upperBound...].split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
    let asked = parts.filter { !$0.isEmpty }
    guard asked.count == 1, let match = asked[0].wholeMatch(of: /([0-9]*)-([0-9]*)/)?.output else { return }
    switch (Self.number(match.1), Self.number(match.2)) {
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
  private static func number(_ digits: Substring) -> Int64? {
    digits.isEmpty ? nil : min(Int64(digits) ?? .max, .max - 1)
  }
}
