import Foundation

/// The values of a form (URL Standard, 5.1). Of a name that comes twice, the first one counts.
struct FormValues {
  private var values: [String: String] = [:]

  init(_ bytes: [UInt8]) {
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.text(parts[0])
      if values[name] == nil { values[name] = Self.text(parts.count > 1 ? parts[1] : []) }
    }
  }

  /// Without spaces around it; empty where there is none.
  subscript(_ name: String) -> String { values[name] ?? "" }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var (result, rest): ([UInt8], ArraySlice<UInt8>) = ([], bytes)
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { fallthrough }
        result.append(value)
        rest = rest.dropFirst(2)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
