import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import Publish
import Store

/// A show over HTTP: to everybody what is published to everybody, to who has a private link what that opens, and nothing
/// else.
///
/// What can be had is decided anew for each request, so that what any program takes back is gone with the next one.
package struct Site: Sendable {
  private let library: Library
  private let desk: RequestDesk
  let admissions: Admissions
  let counter: DownloadCounter
  private let listeners = Listeners()
  private let log: AccessLog?
  let front: Front
  /// Threads that may wait for a disk or a database.
  private let threads = NIOThreadPool.singleton

  /// What stands between this server and its listeners.
  package enum Front: Sendable {
    case nothing
    /// A web server that sends private sound in our place (`X-Accel-Redirect`), and says who asks in `X-Real-IP`.
    case accelerator
  }

  /// - Parameters:
  ///   - folder: `public/` of the show.
  ///   - log: gets one line for each request; nil for none.
  package init(
    _ catalogue: Catalogue, folder: String, links: PrivatePlace, front: Front = .nothing, log: AccessLog? = nil
  ) {
    library = Library(catalogue, SiteFolder(path: folder), links)
    desk = RequestDesk(catalogue)
    admissions = Admissions(catalogue)
    counter = DownloadCounter(catalogue)
    (self.front, self.log) = (front, log)
  }

  /// Returns when everything was counted and logged. It blocks.
  package func finish() {
    counter.finish()
    log?.finish()
  }

  /// Never throws: what goes wrong is answered 503, and nothing is sent that was not decided on.
  /// - Parameters:
  ///   - peer: the network address that the request came from.
  ///   - loop: of its connection.
  package func answer(
    _ request: HTTPRequest, body: RequestBody? = nil, peer: String? = nil, on loop: (any EventLoop)? = nil
  ) async -> Response {
    let start = ContinuousClock.now
    let address = SiteAddress(request.path ?? "")
    var reply = await reply(to: request, body, address, peer)
    if case .ofLink = address { reply.keepPrivate() }
    return response(
      reply, isHead: request.method == .head, loop,
      done: note(request.method, address.logged, reply.status, since: start))
  }

  /// - Parameter path: as the log may show it.
  /// - Returns: what writes the line in the log, when it is told how many bytes of a body were sent.
  func note(
    _ method: HTTPRequest.Method, _ path: @autoclosure () -> String, _ status: HTTPResponse.Status,
    since start: ContinuousClock.Instant
  ) -> @Sendable (Int) -> Void {
    guard let log else { return { _ in } }
    let entry = AccessLog.Entry(method, path(), status, start)
    return { log.write(entry, bytes: $0) }
  }

  private func reply(
    to request: HTTPRequest, _ body: RequestBody?, _ address: SiteAddress, _ peer: String?
  ) async -> Reply {
    guard request.authority != nil else { return Reply(.badRequest) }
    guard Self.size(of: request) <= Limits.headerBytes else { return Reply(.requestHeaderFieldsTooLarge) }
    let fields = request.headerFields
    let asker = asker(fields[.userAgent], fields[.realIP], peer)
    if case .ofLink(.request) = address, request.method == .post { return await take(body, from: asker) }
    guard request.method == .get || request.method == .head else {
      return Reply(.methodNotAllowed, fields: [.allow: "GET, HEAD"])
    }
    let acceptsGzip = Conditions(request.headerFields).acceptGzip
    do {
      return try await threads.runIfActive {
        if case .check = address, front == .accelerator { return try check(request, asker) }
        let change = try library.lastChange()
        let finding = try library.find(address, asker, acceptsGzip: acceptsGzip)
        if case .found(let sound) = finding { admissions.add(sound, to: request, address, front, decidedAfter: change) }
        var reply = Reply(front == .accelerator ? finding.asFrontKnowsIt : finding, to: request)
        try count(&reply, at: asker.date)
        if front == .accelerator { reply.leaveToAccelerator() }
        if request.method == .get { try readShort(&reply) }
        return reply
      }
    } catch { return .unavailable }
  }

  /// - Returns: 204 where what the web server in front asks about may be sent, 403 otherwise.
  private func check(_ request: HTTPRequest, _ asker: Asker) throws -> Reply {
    let asked = request.headerFields[.askedAddress]
    guard case .sound(let slug, let path)? = asked.map(SiteAddress.init),
      case .found(let found) = try library.find(.sound(slug: slug, path: path), asker, acceptsGzip: false)
    else { return Reply(.forbidden) }
    let (sound, conditions) = (found.asFrontKnowsIt(), Conditions(request.headerFields))
    if request.headerFields[.askedMethod] == "GET", !conditions.isUnchanged(sound), let download = sound.download {
      let range = conditions.allowsPart(sound) ? request.headerFields[.range] : nil
      let bytes = RangeRequest(range, length: sound.content.count).bytes(of: sound.content.count)
      if let bytes, let piece = download.piece(bytes, at: asker.date) { counter.add(piece) }
    }
    return Reply(.noContent, "")
  }

  /// - Parameter realIP: what the web server in front says of the address; others are not believed.
  func asker(_ userAgent: String?, _ realIP: String?, _ peer: String?) -> Asker {
    Asker(listeners, userAgent, from: front == .accelerator ? realIP ?? peer : peer, at: Date())
  }

  // MARK: The request form

  private func take(_ body: RequestBody?, from asker: Asker) async -> Reply {
    guard let body, let form = try? await body.collect(upTo: Limits.formBytes) else {
      return Reply(.contentTooLarge)
    }
    do {
      return try await threads.runIfActive {
        guard let pages = try library.links.pages() else { return Reply(.notFound) }
        return switch try desk.take(Array(form.readableBytesView), from: asker.peer, at: asker.date) {
        case .taken: Reply(page: pages.thanks(), .ok)
        case .incomplete: Reply(page: pages.incomplete(), .badRequest)
        case .tooMany: Reply(page: pages.tooMany(), .tooManyRequests, fields: [.retryAfter: "3600"])
        }
      }
    } catch { return .unavailable }
  }

  // MARK: Downloads

  /// What counts before it is sent: where a link opens only so many downloads, and where another server sends it.
  private func count(_ reply: inout Reply, at date: Date) throws {
    guard let download = reply.download, case .file(_, let range) = reply.content,
      let piece = download.piece(range, at: date)
    else { return }
    if download.isLimited {
      guard try counter.addNow(piece) else {
        reply = Reply(.gone)
        return
      }
    } else if front == .accelerator, reply.internalName != nil {
      counter.add(piece)
    } else {
      return
    }
    reply.isCounted = true
  }

  private func count(_ reply: Reply, sent: Range<Int64>) {
    guard !reply.isCounted, let piece = reply.download?.piece(sent, at: Date()) else { return }
    counter.add(piece)
  }

  // MARK: Sending

  /// What is no longer than a piece goes out in one.
  private func readShort(_ reply: inout Reply) throws {
    guard case .file(let file, let range) = reply.content, range.count <= Limits.pieceBytes else { return }
    count(reply, sent: range)
    reply.content = .bytes(try file.read(at: range.lowerBound, count: range.count))
  }

  static func size(of request: HTTPRequest) -> Int {
    request.headerFields.reduce(request.path?.utf8.count ?? 0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
  }

  /// - Parameter done: called once, with the bytes of the body that were sent.
  private func response(
    _ reply: Reply, isHead: Bool, _ loop: (any EventLoop)?, done: @escaping @Sendable (Int) -> Void
  ) -> Response {
    var fields = reply.fields
    if reply.status != .notModified { fields[.contentLength] = String(reply.content.count) }
    guard !isHead, reply.content.count > 0 else {
      done(0)
      return Response(status: reply.status, headers: fields)
    }
    switch reply.content {
    case .bytes(let bytes):
      done(bytes.readableBytes)
      return Response(status: reply.status, headers: fields, body: ResponseBody(byteBuffer: bytes))
    case .file(let file, let range):
      let body = stream(file, range, loop) { end in
        count(reply, sent: range.lowerBound..<end)
        done(Int(end - range.lowerBound))
      }
      return Response(status: reply.status, headers: fields, body: body)
    }
  }

  /// One piece at a time; the next is read when the connection has taken the one before.
  /// - Parameter done: called once, with the place in the file where sending ended.
  private func stream(
    _ file: OpenedFile, _ range: Range<Int64>, _ loop: (any EventLoop)?, _ done: @escaping @Sendable (Int64) -> Void
  ) -> ResponseBody {
    ResponseBody(contentLength: range.count) { writer in
      var offset = range.lowerBound
      defer { done(offset) }
      while offset < range.upperBound {
        let (from, count) = (offset, min(Limits.pieceBytes, Int(range.upperBound - offset)))
        try await writer.write(try await threads.runIfActive { try file.read(at: from, count: count) })
        offset += Int64(count)
        // The writer takes pieces until the connection has seen the first of them; so that one who reads nothing does not
        // fill the memory, each waits until it was seen.
        try await loop?.submit {}.get()
      }
      try await writer.finish(nil)
    }
  }
}

extension Site: HTTPResponder {
  package func respond(to request: Request, context: SiteContext) async throws -> Response {
    await answer(request.head, body: request.body, peer: context.peer, on: context.loop)
  }
}

/// One request of a connection.
package struct SiteContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The network address that it came from.
  let peer: String?
  let loop: any EventLoop

  package init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = source.channel.remoteAddress?.ipAddress
    loop = source.channel.eventLoop
  }
}
