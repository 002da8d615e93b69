import HTTPTypes
import NIOCore
import Publish

/// What is answered, before it is sent.
struct Reply: Sendable {
  var status: HTTPResponse.Status
  var fields: HTTPFields
  var content: Representation.Content
  private(set) var download: Download?
  private(set) var internalName: String?
  /// Whether the download was counted already.
  var isCounted = false

  /// - Parameter text: for a person who sees it; the reason phrase where nil.
  init(_ status: HTTPResponse.Status, _ text: String? = nil, fields: HTTPFields = [:]) {
    self.status = status
    self.fields = Self.always
    self.fields[.contentType] = "text/plain; charset=utf-8"
    for field in fields { self.fields[field.name] = field.value }
    content = .bytes(ByteBuffer(string: text ?? "\(status.reasonPhrase)\n"))
  }

  /// - Parameter page: in HTML.
  init(page: [UInt8], _ status: HTTPResponse.Status, fields: HTTPFields = [:]) {
    self.init(status, fields: fields)
    write(page)
  }

  private mutating func write(_ page: [UInt8]) {
    (content, fields[.contentType]) = (.bytes(ByteBuffer(bytes: page)), Representation.type(of: ".html"))
  }

  init(_ finding: Library.Finding, to request: HTTPRequest) {
    switch finding {
    case .found(let representation): self.init(representation, to: request)
    case .moved(let path): self.init(.movedPermanently, fields: [.location: path])
    case .gone: self.init(.gone)
    case .explained(let finding, let page):
      self.init(finding, to: request)
      write(page)
    case .unknown: self.init(.notFound)
    case .missing: self = .unavailable
    case .healthy: self.init(.ok, "ok")
    }
  }

  static let unavailable = Reply(.serviceUnavailable, fields: [.retryAfter: "5"])

  private init(_ representation: Representation, to request: HTTPRequest) {
    let conditions = Conditions(request.headerFields)
    (status, content, fields) = (.ok, representation.content, Self.always)
    internalName = representation.internalName
    fields[.eTag] = representation.tag
    if let modified = representation.modified { fields[.lastModified] = HTTPDate.text(modified) }
    if representation.varies { fields[.vary] = "Accept-Encoding" }
    guard !conditions.isUnchanged(representation) else {
      (status, content) = (.notModified, .bytes(ByteBuffer()))
      return
    }
    fields[.contentType] = representation.type
    fields[.acceptRanges] = "bytes"
    if representation.isCompressed { fields[.contentEncoding] = "gzip" }
    // A range is of a GET alone (RFC 9110, 14.2).
    if request.method == .get { download = representation.download }
    guard request.method == .get, conditions.allowsPart(representation) else { return }
    take(RangeRequest(request.headerFields[.range], length: content.count))
  }

  /// No search engine, and no cache that several people share.
  mutating func keepPrivate() {
    fields[.cacheControl] = "private, no-cache"
    if fields[.accelRedirect] == nil { fields[.robotsTag] = Accelerator.robots }
  }

  /// Leaves the sending of private sound, and ranges of it, to the web server in front, with the few fields that it takes
  /// over; it adds the others itself.
  mutating func leaveToAccelerator() {
    guard let internalName, status == .ok || status == .partialContent else { return }
    (status, content) = (.ok, .bytes(ByteBuffer()))
    fields = [
      .contentType: fields[.contentType] ?? "", .cacheControl: fields[.cacheControl] ?? "",
      .accelRedirect: Accelerator.folder + internalName,
    ]
  }

  private mutating func take(_ range: RangeRequest) {
    switch range {
    case .whole: break
    case .part(let part):
      fields[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(content.count)"
      (status, content) = (.partialContent, content.part(part))
    case .unsatisfiable:
      let fields = self.fields
      download = nil
      self = Reply(.rangeNotSatisfiable, fields: [.contentRange: "bytes */\(content.count)", .acceptRanges: "bytes"])
      self.fields[.eTag] = fields[.eTag]
    }
  }

  /// Caches may keep what they got, and must ask each time whether it still counts: what is withdrawn is gone at once.
  private static let always: HTTPFields = {
    var fields: HTTPFields = [.cacheControl: "no-cache", .xContentTypeOptions: "nosniff"]
    fields[.contentSecurityPolicy] = "\(SitePages.contentSecurityPolicy); frame-ancestors 'none'"
    fields[.referrerPolicy] = "no-referrer"
    return fields
  }()
}
