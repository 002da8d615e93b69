extension MediaTime: CustomStringConvertible {
  /// As people read it: `1:02.500`, `1:00:02.500`; to the millisecond, or finer where the time is.
  package var description: String {
    let total = nanoseconds.magnitude
    let (minutes, seconds) = (total / 60_000_000_000, total / 1_000_000_000 % 60)
    let clock =
      minutes >= 60
      ? "\(minutes / 60):\(Self.digits(minutes % 60, 2)):\(Self.digits(seconds, 2))"
      : "\(minutes):\(Self.digits(seconds, 2))"
    return (nanoseconds < 0 ? "-" : "") + clock + "." + Self.fraction(total % 1_000_000_000)
  }

  /// In seconds with as many decimals as it takes, three at the least: `62.500`.
  package var decimalSeconds: String {
    let total = nanoseconds.magnitude
    return (nanoseconds < 0 ? "-" : "") + "\(total / 1_000_000_000)." + Self.fraction(total % 1_000_000_000)
  }

  private static func digits(_ value: UInt64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func fraction(_ nanoseconds: UInt64) -> String {
    var text = digits(nanoseconds, 9)
    while text.count > 3, text.last == "0" { text.removeLast() }
    return text
  }
}
