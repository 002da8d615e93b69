import NIOCore
import NIOHTTP1

/// What HTTP/1.1 asks of a server about the head of a request, and the library leaves out.
final class HeadRules: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let library: TurnCounter

  init(_ library: TurnCounter) { self.library = library }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    Self.checkHost(&head)
    let expected = head.headers[canonicalForm: "expect"]
    if head.version == .http1_1, library.isQuiet, expected.contains(where: Self.isWaiting) {
      let answer = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(answer)), promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  /// Where it is not said once for whom the request is, it is not said at all afterwards, and ``Site`` refuses it (RFC 9112,
  /// 3.2). HTTP/1.0 does not know of it.
  private static func checkHost(_ head: inout HTTPRequestHead) {
    let count = head.headers["host"].count
    if count > 1 { head.headers.remove(name: "host") }
    if count == 0, head.version != .http1_1 { head.headers.add(name: "host", value: "") }
  }

  /// Whether the client sends its body when it was told to go on (RFC 9110, 10.1.1).
  private static func isWaiting(_ expectation: Substring) -> Bool { expectation.lowercased() == "100-continue" }
}
