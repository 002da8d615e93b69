import CQRencode

/// A QR code (ISO/IEC 18004) of a short text, such as an address.
package struct QRCode: Hashable, Sendable {
  /// Light modules that a scanner needs around it (ISO/IEC 18004, 9.1).
  package static let quietZone = 4

  /// Of one side, in modules, without the quiet zone.
  package let width: Int
  private let dark: [Bool]

  /// With error correction of level M: 15 % of it may be unreadable.
  /// - Returns: nil for no text, and for one of more than 2,331 bytes.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, let code = QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_M) else {
      return nil
    }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard width > 0, let data = code.pointee.data else { return nil }
    self.width = width
    // Its lowest bit says whether a module is dark (qrencode.h).
    dark = (0..<width * width).map { data[$0] & 1 == 1 }
  }

  /// - Parameters: any; outside of it all is light.
  package func isDark(column: Int, row: Int) -> Bool {
    (0..<width).contains(column) && (0..<width).contains(row) && dark[row * width + column]
  }

  /// Black on white, with its quiet zone.
  package func svg() -> String {
    let side = width + 2 * Self.quietZone
    var path = ""
    for row in 0..<width {
      for column in 0..<width where isDark(column: column, row: row) {
        path += "M\(column + Self.quietZone) \(row + Self.quietZone)h1v1h-1z"
      }
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" width="\(side * 8)" height="\(side * 8)" \
      shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path d="\(path)"/></svg>

      """
  }
}
