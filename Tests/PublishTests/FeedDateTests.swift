import Foundation
import Publish
import TestSupport
import Testing

@Suite struct FeedDateTests {
  @Test(
    "dates are written as RFC 2822 has them",
    arguments: [
      (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_795_507_199.9, "Tue, 24 Nov 2026 07:59:59 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
      (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"), (1e300, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
  func text(seconds: Double, text: String) {
    #expect(FeedDate.text(Date(timeIntervalSince1970: seconds)) == text)
  }

  @Test("every second from year 1 to 9999 comes back from its text")
  func roundTrip() {
    var random = Seeded(5)
    for _ in 0..<20_000 {
      let date = Date(timeIntervalSince1970: Double(Int.random(in: -62_135_596_800...253_402_300_799, using: &random)))
      #expect(FeedDate.date(FeedDate.text(date)) == date)
    }
  }

  @Test(
    "other ways to write the same moment are read",
    arguments: [
      "Tue, 24 Nov 2026 08:00:00 +0000", "24 Nov 2026 08:00 GMT", "Tue, 24 Nov 2026 09:00:00 +0100",
      "Tue, 24 Nov 2026 03:30:00 -0430",
    ])
  func others(text: String) { #expect(FeedDate.date(text) == Date(timeIntervalSince1970: 1_795_507_200)) }

  @Test(
    "what is no date is none",
    arguments: [
      "", "2026-11-24T08:00:00Z", "Mon, 24 Nov 2026 08:00:00 GMT", "mar., 24 nov. 2026 08:00:00 GMT",
      "Tue, 24 Nov 26 08:00:00 GMT", "Tue, 24 Nov 2026 8:00:00 PM GMT", "30 Feb 2026 08:00:00 GMT",
      "Tue, 24 Nov 2026 24:00:00 GMT", "Tue, 24 Nov 2026 08:00:00", "Tue, 24 Nov 2026 08:00:00 CET",
    ])
  func none(text: String) { #expect(FeedDate.date(text) == nil) }
}
