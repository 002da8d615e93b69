import Foundation
import HTTPTypes
import NIOCore
import Publish
import Store
import Synchronization

/// Sound that somebody may hear, and what is said of it, as it was decided.
final class Admission: Sendable {
  /// What it was decided about: other bytes under the same name are not admitted.
  let state: OpenedFile.State
  let folder: SiteFolder
  let name: String
  let download: Download
  /// The path that the log shows.
  let logged: String
  /// Fields of a head that are the same for the whole and for each part, as they are sent.
  let fields: [UInt8]
  /// What a web server in front is told, where that one sends it; it adds the date itself.
  let toFront: ByteBuffer?

  init(_ file: OpenedFile, _ download: Download, isSentByFront: Bool, logged: String, fields: [UInt8]) {
    (state, folder, name, self.download) = (file.state, file.folder, file.name, download)
    (self.logged, self.fields) = (logged, fields)
    let answer = Array("HTTP/1.1 200 OK\r\n".utf8) + fields + Array("Content-Length: 0\r\n\r\n".utf8)
    toFront = isSentByFront ? ByteBuffer(bytes: answer) : nil
  }
}

/// Who may hear what, as long as the catalogue says that nothing in it has changed since it was decided: it is asked that
/// on each request, so that what any program takes back is gone with the next one. All else is decided anew.
final class Admissions: Sendable {
  private struct Known {
    /// The last one of the catalogue.
    var change: Catalogue.Change?
    var admissions: [String: Admission] = [:]
  }

  private let catalogue: Catalogue
  private let known = Mutex(Known())

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// - Parameters:
  ///   - target: of the request line, as it was sent.
  ///   - date: of the request.
  /// - Returns: nil for what is decided anew.
  func admission(to target: String, at date: Date) -> Admission? {
    guard let change = catalogue.lastChangeAtOnce() else { return nil }
    let admission = known.withLock { known in
      if known.change != change { known = Known(change: change) }
      return known.admissions[target]
    }
    guard let admission, admission.download.end.map({ date < $0 }) ?? true else { return nil }
    return admission
  }

  /// - Parameters:
  ///   - sound: what was found. All that is no sound, or that a link opens only so many times, is decided each time.
  ///   - change: the last one before it was decided.
  func add(
    _ sound: Representation, to request: HTTPRequest, _ address: SiteAddress, _ front: Site.Front,
    decidedAfter change: Catalogue.Change
  ) {
    guard let target = request.path, Self.isPlain(target), let download = sound.download,
      !download.isLimited, case .file(let file, _) = sound.content
    else { return }
    let isKnown = known.withLock { known in
      if known.change != change || known.admissions.count >= Limits.admissions { known = Known(change: change) }
      return known.admissions[target] != nil
    }
    guard !isKnown else { return }
    let isSentByFront = front == .accelerator && sound.internalName != nil
    let admission = Admission(
      file, download, isSentByFront: isSentByFront, logged: address.logged, fields: Self.fields(sound, address, front))
    known.withLock { known in
      if known.change == change { known.admissions[target] = admission }
    }
  }

  /// Whether it is the one way to write an address: of the others there is no end.
  private static func isPlain(_ target: String) -> Bool {
    target.utf8.first == UInt8(ascii: "/") && target.utf8.count <= Limits.addressBytes
      && !target.utf8.contains { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
  }

  /// Those of the whole, as they are in ``Site``'s other answers, without its length.
  private static func fields(_ sound: Representation, _ address: SiteAddress, _ front: Site.Front) -> [UInt8] {
    var reply = Reply(.found(sound), to: HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil))
    if front == .accelerator { reply.leaveToAccelerator() }
    if case .ofLink = address { reply.keepPrivate() }
    return reply.fields.flatMap { Array("\($0.name.rawName): \($0.value)\r\n".utf8) }
  }
}
