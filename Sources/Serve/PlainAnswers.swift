import NIOCore

/// Answers plain requests that can be answered at once, on the event loop of the connection, and leaves all others to the
/// library: most requests are for sound, and a change of threads alone would take longer than the answer.
///
/// Answers go out in the order of the requests: from the first one on that is left to the library, it gets all, until it
/// has answered them and is at the beginning of a request again. So it does while the listener does not take what was sent:
/// the library knows how to wait.
final class PlainAnswers: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let site: Site
  private let library: TurnCounter
  /// Whether the library got nothing, or its last bytes were the end of a request.
  private var isAtStart = true
  /// Whether the library got anything of what was just read.
  private var isLeft = false
  /// The network address of who asks, once it was looked up.
  private var peer: String??

  init(_ site: Site, _ library: TurnCounter) { (self.site, self.library) = (site, library) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    while bytes.readableBytes > 0 {
      guard isAtStart, library.isQuiet, context.channel.isWritable,
        let plain = bytes.withUnsafeReadableBytes(PlainRequest.init),
        let answer = site.answerAtOnce(plain, peer: address(context))
      else { return leave(bytes, context) }
      bytes.moveReaderIndex(forwardBy: plain.byteCount)
      send(answer, context)
    }
  }

  /// Where the library got nothing, it need not know.
  func channelReadComplete(context: ChannelHandlerContext) {
    if isLeft { context.fireChannelReadComplete() }
    isLeft = false
  }

  /// Before the server ends, what is being sent is sent.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.value.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
      context.value.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
  }

  /// A head can't go on behind its empty line: when the library is quiet again after that, it is at the start of a request.
  private func leave(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    isLeft = true
    isAtStart = bytes.readableBytesView.suffix(4).elementsEqual("\r\n\r\n".utf8)
    context.fireChannelRead(wrapInboundOut(bytes))
  }

  private func address(_ context: ChannelHandlerContext) -> String? {
    let known = peer ?? context.remoteAddress?.ipAddress
    peer = .some(known)
    return known
  }

  private func send(_ answer: Site.WholeAnswer, _ context: ChannelHandlerContext) {
    guard let body = answer.body else { return context.writeAndFlush(wrapOutboundOut(answer.head), promise: nil) }
    context.write(wrapOutboundOut(answer.head), promise: nil)
    context.writeAndFlush(wrapOutboundOut(body), promise: nil)
  }
}
