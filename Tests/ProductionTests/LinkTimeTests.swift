import Foundation
import Production
import TestSupport
import Testing

@Suite struct LinkTimeTests {
  /// 2026-11-24 16:00 GMT.
  private static let now = Date(timeIntervalSince1970: 1_795_536_000)
  private static let paris = TimeZone(identifier: "Europe/Paris") ?? .gmt

  private func hours(_ text: String, in zone: TimeZone = .gmt) -> Double? {
    LinkTime.end(text, after: Self.now, in: zone).map { $0.timeIntervalSince(Self.now) / 3_600 }
  }

  @Test("hours, days and weeks count from now on; a day lasts until its end, where the editor is")
  func ends() {
    #expect(hours("12h") == 12 && hours("30d") == 720 && hours("30j") == 720 && hours("2W") == 336)
    #expect(hours("2026-11-24") == 8 && hours("2026-11-24", in: Self.paris) == 7)
    // Summer time ends on the way back: that day has 23 hours.
    #expect(hours("2027-03-28", in: Self.paris) == hours("2027-03-27", in: Self.paris).map { $0 + 23 })
    #expect(hours("2028-02-29") != nil)
  }

  @Test(
    "what is past, never was or can't be meant is no end",
    arguments: [
      "", "0", "0d", "d", "-1d", "1.5d", "30", "30 d", "30m", "2026-11-23", "2026-02-30", "2027-02-29", "2026-13-01",
      "2026-00-10", "26-12-31", "31/12/2026", "2026-12-31T10:00", "99999w", "9999-12-31", "2026-12-31\n", "١d",
    ])
  func refused(text: String) { #expect(LinkTime.end(text, after: Self.now, in: .gmt) == nil) }

  @Test("an overlap may be none")
  func overlap() {
    #expect(LinkTime.duration("0") == 0 && LinkTime.duration("7d") == 604_800 && LinkTime.duration("7") == nil)
  }
}
