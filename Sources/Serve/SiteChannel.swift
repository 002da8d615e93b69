import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// A connection: HTTP/1.1 of the library, and in front of it what is answered at once.
struct SiteChannel: ServerChildChannel {
  private let http: HTTP1Channel
  private let site: Site
  private let idle: Duration

  /// - Parameter idle: how long nothing may move on it.
  init(_ site: Site, idle: Duration, responder: @escaping HTTPChannelHandler.Responder) {
    (self.site, self.idle) = (site, idle)
    http = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [TurnCounter()],
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: Limits.decodedHeaderBytes, maxHeaderListSize: Limits.decodedHeaderBytes)))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http.setup(channel: channel, logger: logger).flatMapThrowing { value in
      try channel.syncOptions?.setOption(.writeBufferWaterMark, value: Limits.unsentBytes)
      let pipeline = channel.pipeline.syncOperations
      let library = try pipeline.handler(type: TurnCounter.self)
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(HeadRules(library), position: .after(decoder))
      try pipeline.addHandlers(
        [StillConnection(idle: idle, library), PlainAnswers(site, library)], position: .first)
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await http.handle(value: value, logger: logger) }
}

/// Knows whether the library owes answers.
final class TurnCounter: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var owed = 0
  private var isInsideRequest = false

  /// Whether each request that began has come to its end, and was answered.
  var isQuiet: Bool { owed == 0 && !isInsideRequest }
  /// Whether it has all of what it is asked, and owes an answer.
  var isAwaited: Bool { owed > 0 && !isInsideRequest }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: (owed, isInsideRequest) = (owed + 1, true)
    case .body: break
    case .end: isInsideRequest = false
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { owed -= 1 }
    context.write(data, promise: promise)
  }
}
