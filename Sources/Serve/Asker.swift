import Foundation

/// Who asks, as far as that counts. What takes time is found out when it is asked for.
struct Asker: Sendable {
  private let listeners: Listeners
  private let userAgent: String
  private let address: String?
  let date: Date

  /// - Parameter address: of the network, that the request came from.
  init(_ listeners: Listeners, _ userAgent: String?, from address: String?, at date: Date) {
    (self.listeners, self.userAgent, self.address, self.date) = (listeners, userAgent ?? "", address, date)
  }

  /// Tells apps of one listener apart.
  var app: String { listeners.app(userAgent) }
  /// Tells listeners without a link apart.
  var listener: String { listeners.open(address, userAgent, at: date) }
  /// Tells senders of forms apart.
  var peer: String { listeners.peer(address, at: date) }
  var isRobot: Bool { Listeners.isRobot(userAgent) }
}
