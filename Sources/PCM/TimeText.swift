/// Times as people and programs write them, read digit by digit: no binary fraction is ever in between.
package enum TimeText {
  package enum Rounding { case down, up }

  /// Seconds, `m:s` or `h:m:s`, with a decimal point or comma. Past nanoseconds a start is rounded down, an end up.
  /// - Returns: nil for anything else, and past ``MediaTime/longest``.
  package static func parse(_ text: some StringProtocol, rounding: Rounding) -> MediaTime? {
    let parts = Array(text.utf8).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let last = parts.last else { return nil }
    let pieces = last.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    guard pieces.count <= 2, let seconds = whole(Array(pieces[0])), parts.count == 1 || seconds < 60 else { return nil }
    var total = seconds
    for (index, part) in parts.dropLast().reversed().enumerated() {
      guard let value = whole(Array(part)), index == parts.count - 2 || value < 60 else { return nil }
      total += value * (index == 0 ? 60 : 3_600)
    }
    guard total <= MediaTime.longest.nanoseconds / 1_000_000_000 else { return nil }
    let fraction = pieces.count == 2 ? self.fraction(Array(pieces[1]), rounding) : 0
    return fraction.map { MediaTime(nanoseconds: total * 1_000_000_000 + $0) }
  }

  /// Up to nine digits.
  package static func whole(_ digits: [UInt8]) -> Int64? {
    guard (1...9).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private static func fraction(_ digits: [UInt8], _ rounding: Rounding) -> Int64? {
    guard (1...40).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    let kept = digits.prefix(9) + repeatElement(UInt8(ascii: "0"), count: max(0, 9 - digits.count))
    let isCut = digits.dropFirst(9).contains { $0 != UInt8(ascii: "0") }
    return whole(Array(kept)).map { $0 + (isCut && rounding == .up ? 1 : 0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
