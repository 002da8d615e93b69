import NIOCore

/// Closes a connection on which nothing moves any more: nothing is asked for, or nothing of an answer is taken. Who
/// comes back asks for the rest of it.
final class StillConnection: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
    context.close(promise: nil)
  }
}
