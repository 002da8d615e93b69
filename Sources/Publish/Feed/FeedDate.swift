import Foundation

/// Dates as RFC 2822 (3.3) writes them, in English and GMT wherever the program runs.
package enum FeedDate {
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  private static let pattern = "Thu, 01 Jan 1970 00:00:00 GMT"
  private static let secondsOfDay = 86_400
  /// 0001-01-01 to 9999-12-31, in seconds since 1970.
  private static let seconds = -62_135_596_800.0...253_402_300_799.0

  /// `Tue, 24 Nov 2026 08:00:00 GMT`; a date outside the years 1 to 9999 is moved to the nearest one inside.
  package static func text(_ date: Date) -> String {
    let moved = min(max(date.timeIntervalSince1970, seconds.lowerBound), seconds.upperBound)
    let (day, time) = Int(moved.rounded(.down)).flooredQuotient(secondsOfDay)
    let (year, month, monthDay) = civil(day)
    // 1 January 1970 was a Thursday.
    let weekday = (day + 4).flooredQuotient(7).remainder
    return String(unsafeUninitializedCapacity: pattern.utf8.count) { text in
      func put(_ word: String, at index: Int) { _ = text[index...].update(from: word.utf8) }
      func put(_ number: Int, at index: Int) {
        (text[index], text[index + 1]) = (0x30 + UInt8(number / 10), 0x30 + UInt8(number % 10))
      }
      _ = text.initialize(from: pattern.utf8)
      put(days[weekday], at: 0)
      put(monthDay, at: 5)
      put(months[month - 1], at: 8)
      put(year / 100, at: 12)
      put(year % 100, at: 14)
      put(time / 3_600, at: 17)
      put(time / 60 % 60, at: 20)
      put(time % 60, at: 23)
      return pattern.utf8.count
    }
  }

  /// - Returns: nil for what is no date of RFC 2822, or one that no calendar has, such as 30 February.
  package static func date(_ text: String) -> Date? {
    var words = text.split(separator: " ")
    let weekday = words.first?.hasSuffix(",") == true ? words.removeFirst().dropLast() : nil
    guard words.count == 5, let day = number(words[0], 1...2), let month = months.firstIndex(of: String(words[1])),
      let year = number(words[2], 4...4), let time = seconds(ofTime: words[3]), let zone = seconds(ofZone: words[4])
    else { return nil }
    let count = dayCount(year, month + 1, day)
    guard civil(count) == (year, month + 1, day) else { return nil }
    if let weekday, days[(count + 4).flooredQuotient(7).remainder] != String(weekday) { return nil }
    return Date(timeIntervalSince1970: Double(count * secondsOfDay + time - zone))
  }

  private static func number(_ text: Substring, _ lengths: ClosedRange<Int>) -> Int? {
    lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// 24-hour; in seconds.
  private static func seconds(ofTime text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { number($0, 2...2) }
    guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1],
      let second = parts.count == 3 ? parts[2] : 0, hour < 24, minute < 60, second <= 60
    else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  /// East of GMT, in seconds. Of the old names those that everybody reads the same way.
  private static func seconds(ofZone text: Substring) -> Int? {
    if ["GMT", "UT", "UTC", "Z"].contains(text) { return 0 }
    guard let sign = text.first, "+-".contains(sign), let number = number(text.dropFirst(), 4...4),
      number % 100 < 60
    else { return nil }
    return (sign == "-" ? -60 : 60) * (number / 100 * 60 + number % 100)
  }

  /// Days since 1970 in the Gregorian calendar, whose years begin in March here so that a leap day comes last.
  private static func dayCount(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let (era, inEra) = year.flooredQuotient(400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + inEra * 365 + inEra / 4 - inEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, day) = (days + 719_468).flooredQuotient(146_097)
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (era * 400 + year + (month > 2 ? 0 : 1), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }
}

extension Int {
  /// Whose remainder is never negative.
  fileprivate func flooredQuotient(_ divisor: Int) -> (quotient: Int, remainder: Int) {
    let remainder = ((self % divisor) + divisor) % divisor
    return ((self - remainder) / divisor, remainder)
  }
}
