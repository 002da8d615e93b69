import NIOCore

/// Closes a connection on which nothing moves any more: nothing is asked for, or nothing of an answer is taken. Who
/// comes back asks for the rest of it. Where it is this server that makes the other side wait, nothing is closed.
///
/// It looks now and then whether something moved, which costs the requests next to nothing.
final class StillConnection: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let looks = 4

  private let pause: TimeAmount
  private let library: TurnCounter
  /// Whether anything was read or written since the last look.
  private var isMoved = false
  /// Bytes that the connection had not taken at the last look.
  private var unsent = 0
  /// How many looks in a row have found nothing moved.
  private var stillLooks = 0
  private var next: Scheduled<Void>?

  /// - Parameter idle: how long nothing may move.
  init(idle: Duration, _ library: TurnCounter) { (pause, self.library) = (TimeAmount(idle / Self.looks), library) }

  func handlerAdded(context: ChannelHandlerContext) { lookLater(context) }
  func handlerRemoved(context: ChannelHandlerContext) { next?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    next?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    isMoved = true
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    isMoved = true
    context.write(data, promise: promise)
  }

  private func lookLater(_ context: ChannelHandlerContext) {
    let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    next = context.eventLoop.scheduleTask(in: pause) {
      let (handler, context) = here.value
      handler.look(context)
    }
  }

  private func look(_ context: ChannelHandlerContext) {
    let unsent = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    let isAwaited = library.isAwaited && unsent == 0
    stillLooks = isMoved || isAwaited || unsent != self.unsent ? 0 : stillLooks + 1
    (isMoved, self.unsent) = (false, unsent)
    if stillLooks < Self.looks { lookLater(context) } else { context.close(promise: nil) }
  }
}
