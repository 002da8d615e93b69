import Foundation
import HTTPTypes

/// Who asks, as far as that counts. What takes time is found out when it is asked for.
struct Asker: Sendable {
  private let listeners: Listeners
  private let request: HTTPRequest
  private let address: String?
  let date: Date

  /// - Parameter address: of the network, that the request came from.
  init(_ listeners: Listeners, _ request: HTTPRequest, from address: String?, at date: Date) {
    (self.listeners, self.request, self.address, self.date) = (listeners, request, address, date)
  }

  /// Tells apps of one listener apart.
  var app: String { Listeners.app(request) }
  /// Tells listeners without a link apart.
  var listener: String { listeners.open(address, request, at: date) }
  /// Tells senders of forms apart.
  var peer: String { listeners.peer(address, at: date) }
  var isRobot: Bool { Listeners.isRobot(request) }
}
