import Foundation
import ShowModel

/// Links and requests, for programs. Times are ISO 8601 in GMT.
enum LinkJSON {
  private struct Links: Encodable {
    let version = 1
    let links: [Link]
  }

  private struct Link: Encodable {
    let id, state: String
    /// Its slug; nil: all.
    let episode: String?
    let granted: Date
    let expires, revoked: Date?
    let replacedBy: String?
    let downloads: Int
    let maxDownloads: Int?
    let name, reason: String?

    init(_ link: PrivateLink, showsNames: Bool, at now: Date) {
      (id, state, episode) = (link.id, link.state(at: now).rawValue, link.scope.slug)
      (granted, expires, revoked) = (link.granted, link.expires, link.revoked)
      (replacedBy, downloads, maxDownloads) = (link.replacedBy, link.downloads, link.maxDownloads)
      (name, reason) = showsNames ? (link.name.revealed, link.reason?.revealed) : (nil, nil)
    }
  }

  private struct Requests: Encodable {
    let version = 1
    let requests: [Request]
  }

  private struct Request: Encodable {
    let number: Int64
    let date: Date
    let wanted, name, contact, message: String
    let answered: Date?
    let answer, link: String?

    init(_ request: LinkRequest) {
      (number, date) = (request.number, request.date)
      (wanted, name) = (request.wanted.revealed, request.name.revealed)
      (contact, message) = (request.contact.revealed, request.message.revealed)
      (answered, answer, link) = (request.answered, request.answer?.rawValue, request.link)
    }
  }

  static func list(_ links: [PrivateLink], showsNames: Bool, at now: Date) throws -> [UInt8] {
    try bytes(Links(links: links.map { Link($0, showsNames: showsNames, at: now) }))
  }

  static func requests(_ requests: [LinkRequest]) throws -> [UInt8] {
    try bytes(Requests(requests: requests.map(Request.init)))
  }

  private static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try [UInt8](encoder.encode(value)) + [0x0a]
  }
}
