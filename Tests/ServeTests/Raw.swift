import Foundation
import Serve

/// A client that sends what it is told, byte for byte: no library between a test and the server.
final class Raw: Sendable {
  private let socket: Int32

  /// - Parameters:
  ///   - receiveBuffer: how much the kernel takes for a client that does not read.
  ///   - patience: how long it waits for each piece of an answer, in seconds.
  init(port: Int, receiveBuffer: Int32? = nil, patience seconds: Int = 60) throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer { setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, 4) }
    var patience = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
  }

  deinit { close(socket) }

  func send(_ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      done += count
    }
  }

  /// Until the server closes, or there are `count` bytes.
  func read(_ count: Int = .max) -> [UInt8] {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while all.count < count {
      let got = recv(socket, &piece, min(piece.count, count - all.count), 0)
      guard got > 0 else { break }
      all += piece[..<got]
    }
    return all
  }

  /// One answer: its head, with the empty line, and as many bytes as that says.
  func answer() -> (head: String, body: [UInt8]) {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      let next = read(1)
      guard !next.isEmpty else { break }
      head += next
    }
    let text = String(decoding: head, as: UTF8.self)
    let length = text.lowercased().firstMatch(of: /\r\ncontent-length: (\d+)\r\n/).flatMap { Int($0.output.1) } ?? 0
    return (text, read(length))
  }

  /// Sends, and reads until the server closes. On a thread that may wait.
  static func exchange(_ port: Int, _ text: String) async throws -> String {
    try await onThread {
      let client = try Raw(port: port)
      client.send(Array(text.utf8))
      return String(decoding: client.read(), as: UTF8.self)
    }
  }

  static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
  }
}

extension SmallShow {
  /// Listens on a free port while `body` runs.
  func serving(idle: Duration? = nil, _ body: (_ port: Int) async throws -> Void) async throws {
    let (ports, found) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      let app = WebServer.application(site, at: .port(0, host: "127.0.0.1"), idle: idle ?? .seconds(120)) { address in
        found.yield(URL(string: address)?.port ?? 0)
      }
      group.addTask { try await app.run() }
      for await port in ports {
        try await body(port)
        break
      }
      group.cancelAll()
    }
  }
}
