import Foundation
import ShowModel

/// A message for a mail program to open as a draft (RFC 5322): the editor fills in to whom it goes, and sends it.
package enum MailMessage {
  /// Of a line with an encoded word, its name in front included (RFC 2047, 2): 76 characters, of which `Subject: ` and
  /// `=?utf-8?B??=` take 21, so that 13 groups of three bytes have room.
  private static let wordBytes = 39
  /// Of a line of quoted-printable, without its end (RFC 2045, 6.7).
  private static let lineLength = 76

  /// - Parameter sender: of the show; without an address where it has none.
  /// - Returns: ASCII, with CRLF at the ends of lines.
  package static func bytes(_ message: LinkMessage, from show: Show, at date: Date) -> [UInt8] {
    let headers = [
      "Date: \(FeedDate.text(date).replacingOccurrences(of: "GMT", with: "+0000"))",
      "From: \(sender(show))",
      "Subject: \(words(message.subject))",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      // Outlook and others open it as a draft then.
      "X-Unsent: 1",
    ]
    return Array((headers.joined(separator: "\r\n") + "\r\n\r\n" + quotedPrintable(message.text)).utf8)
  }

  /// A mailbox, or a group without one (RFC 6854) where the show has no address.
  private static func sender(_ show: Show) -> String {
    let name = words(OneLine.text(show.author))
    guard let email = show.email?.revealed,
      email.wholeMatch(of: /[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]+@[A-Za-z0-9.-]+/) != nil
    else { return "\(name):;" }
    return "\(name) <\(email)>"
  }

  /// Encoded words of RFC 2047, always: so no text can be taken for anything else.
  private static func words(_ text: String) -> String {
    var (words, word): ([[UInt8]], [UInt8]) = ([], [])
    for scalar in OneLine.text(text).unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if word.count + bytes.count > wordBytes {
        words.append(word)
        word = []
      }
      word += bytes
    }
    return (words + [word]).map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  private static func quotedPrintable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { encodedLine(Array($0.utf8)) }
      .joined(separator: "\r\n")
  }

  private static func encodedLine(_ bytes: [UInt8]) -> String {
    var (lines, line) = ("", "")
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      var token = token(byte, isFirst: line.isEmpty, isLast: isLast)
      if line.utf8.count + token.utf8.count > lineLength - (isLast ? 0 : 1) {
        lines += "\(line)=\r\n"
        line = ""
        token = self.token(byte, isFirst: true, isLast: isLast)
      }
      line += token
    }
    return lines + line
  }

  /// A dot alone would end a message on its way, and “From ” begin another one in a mailbox.
  private static func token(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> String {
    let isRisky = isFirst && (byte == 0x2e || byte == 0x46)
    let isPlain = (0x21...0x7e).contains(byte) && byte != 0x3d && !isRisky || byte == 0x20 && !isLast
    return isPlain ? String(UnicodeScalar(byte)) : encoded(byte)
  }

  private static func encoded(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "=0\(digits)" : "=\(digits)"
  }
}
