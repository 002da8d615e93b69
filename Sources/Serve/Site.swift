import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import Store

/// The public half of a show, over HTTP: everything that is published, and nothing else.
///
/// What can be had is decided anew for each request, so that what any program withdraws is gone with the next one.
package struct Site: Sendable {
  private let library: Library
  private let log: AccessLog?
  /// Threads that may wait for a disk or a database.
  private let threads = NIOThreadPool.singleton

  /// - Parameters:
  ///   - folder: `public/` of the show.
  ///   - log: gets one line for each request; nil for none.
  package init(_ catalogue: Catalogue, folder: String, log: AccessLog? = nil) {
    library = Library(catalogue, SiteFolder(path: folder))
    self.log = log
  }

  /// Never throws: what goes wrong is answered 503, and nothing is sent that was not decided on.
  package func answer(_ request: HTTPRequest) async -> Response {
    let start = ContinuousClock.now
    let address = SiteAddress(request.path ?? "")
    let reply = await reply(to: request, address)
    let entry = AccessLog.Entry(request.method, address, reply.status, start)
    return response(reply, isHead: request.method == .head) { log?.write(entry, bytes: $0) }
  }

  private func reply(to request: HTTPRequest, _ address: SiteAddress) async -> Reply {
    guard Self.size(of: request) <= Limits.headerBytes else { return Reply(.requestHeaderFieldsTooLarge) }
    guard request.method == .get || request.method == .head else {
      return Reply(.methodNotAllowed, fields: [.allow: "GET, HEAD"])
    }
    let acceptsGzip = Conditions(request.headerFields).acceptGzip
    do {
      let finding = try await threads.runIfActive { try library.find(address, acceptsGzip: acceptsGzip) }
      return Reply(finding, to: request)
    } catch { return .unavailable }
  }

  private static func size(of request: HTTPRequest) -> Int {
    request.headerFields.reduce(request.path?.utf8.count ?? 0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count }
  }

  /// - Parameter done: called once, with the bytes of the body that were sent.
  private func response(_ reply: Reply, isHead: Bool, done: @escaping @Sendable (Int) -> Void) -> Response {
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
      return Response(status: reply.status, headers: fields, body: stream(file, range, done))
    }
  }

  /// One piece at a time; the next is read when the connection has taken the one before.
  private func stream(
    _ file: OpenedFile, _ range: Range<Int64>, _ done: @escaping @Sendable (Int) -> Void
  ) -> ResponseBody {
    ResponseBody(contentLength: range.count) { writer in
      var offset = range.lowerBound
      defer { done(Int(offset - range.lowerBound)) }
      while offset < range.upperBound {
        let (from, count) = (offset, min(Limits.pieceBytes, Int(range.upperBound - offset)))
        try await writer.write(try await threads.runIfActive { try file.read(at: from, count: count) })
        offset += Int64(count)
      }
      try await writer.finish(nil)
    }
  }
}

extension Site: HTTPResponder {
  package func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    await answer(request.head)
  }
}
