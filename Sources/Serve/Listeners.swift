import Crypto
import Foundation
import ShowModel
import Synchronization

/// Tells listeners and apps apart for as long as that counts, without keeping who they are: addresses are only ever
/// part of a digest whose key is in memory, and is another one each day.
final class Listeners: Sendable {
  private static let day = 86_400.0

  /// Digests of the last apps.
  private let apps = Mutex<[String: String]>([:])
  private let daily = Mutex<(day: Int, key: SymmetricKey)>((0, SymmetricKey(size: .bits256)))

  /// Of who has no link: address and app.
  func open(_ peer: String?, _ userAgent: String, at date: Date) -> String {
    digest("\(peer ?? "")\n\(userAgent)", at: date)
  }

  /// Of an address alone.
  func peer(_ peer: String?, at date: Date) -> String { digest(peer ?? "", at: date) }

  private func digest(_ text: String, at date: Date) -> String {
    let day = Int(date.timeIntervalSince1970 / Self.day)
    let key = daily.withLock { daily in
      if daily.day != day { daily = (day, SymmetricKey(size: .bits256)) }
      return daily.key
    }
    return Self.start(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
  }

  /// Of who has a link: only the app, since the link tells the rest.
  func app(_ userAgent: String) -> String {
    if let known = apps.withLock({ $0[userAgent] }) { return known }
    let app = Self.digest(userAgent)
    apps.withLock { apps in
      if apps.count >= Limits.apps { apps = [:] }
      apps[userAgent] = app
    }
    return app
  }

  private static func digest(_ userAgent: String) -> String {
    Self.start(SHA256.hash(data: Array(userAgent.utf8)))
  }

  /// Programs that fetch for no listener: they are not counted (IAB Podcast Measurement 2.1, filtering).
  static func isRobot(_ userAgent: String) -> Bool {
    let agent = userAgent.lowercased()
    return ["bot", "crawl", "spider", "preview", "facebookexternalhit", "slurp", "monitor"].contains(
      where: agent.contains)
  }

  private static func start(_ bytes: some Sequence<UInt8>) -> String {
    Hexadecimal.text(Array(bytes.prefix(8)))
  }
}
