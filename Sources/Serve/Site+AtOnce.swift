import Foundation
import HTTPTypes
import NIOCore

extension Site {
  /// As it is sent: a head, and what follows it.
  package struct WholeAnswer: Sendable {
    package let head: ByteBuffer
    /// nil where nothing follows.
    package let body: ByteBuffer?
  }

  /// Sound that somebody was admitted to and still is, no more than a piece of it, where that is in memory. It is called on
  /// the event loop of a connection, that others share: it waits for nothing.
  /// - Returns: nil for all else, also for each refusal: ``answer(_:body:peer:on:)`` decides about those, and nothing was
  ///   counted or logged.
  package func answerAtOnce(_ plain: PlainRequest, peer: String?) -> WholeAnswer? {
    let (start, asker) = (ContinuousClock.now, asker(plain.userAgent, plain.realIP, peer))
    guard let admission = admissions.admission(to: plain.target, at: asker.date) else { return nil }
    let length = admission.state.size
    let range = RangeRequest(plain.range, length: length)
    guard let bytes = range.bytes(of: length), let answer = answer(range, bytes, admission) else { return nil }
    if let piece = admission.download.piece(bytes, at: asker.date, by: asker) { counter.add(piece) }
    note(.get, admission.logged, answer.status, since: start)(answer.whole.body?.readableBytes ?? 0)
    return answer.whole
  }

  /// - Returns: nil where it can't be sent at once.
  private func answer(
    _ range: RangeRequest, _ bytes: Range<Int64>, _ admission: Admission
  ) -> (whole: WholeAnswer, status: HTTPResponse.Status)? {
    if let toFront = admission.toFront {
      guard admission.folder.state(of: admission.name) == admission.state else { return nil }
      return (WholeAnswer(head: toFront, body: nil), .ok)
    }
    guard bytes.count <= Limits.pieceBytes, let file = try? admission.folder.open(admission.name),
      file.state == admission.state, let body = file.readAtOnce(at: bytes.lowerBound, count: bytes.count)
    else { return nil }
    let status: HTTPResponse.Status = range == .whole ? .ok : .partialContent
    return (WholeAnswer(head: head(status, admission, bytes), body: body), status)
  }

  /// RFC 9112, 4 and 5.
  private func head(_ status: HTTPResponse.Status, _ admission: Admission, _ bytes: Range<Int64>) -> ByteBuffer {
    var head = ByteBuffer()
    head.reserveCapacity(admission.fields.count + 256)
    head.writeStaticString(status == .ok ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n")
    head.writeBytes(admission.fields)
    if status == .partialContent {
      head.writeString("Content-Range: bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(admission.state.size)\r\n")
    }
    head.writeString("Content-Length: \(bytes.count)\r\nDate: \(HTTPDate.now())\r\n\r\n")
    return head
  }
}
