import PCM
import Redact
import ShowModel

/// Any bytes as a list of ranges: read or refused, never a trap; what is read can be written in every format and read
/// again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRanges(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let options = RangeFileOptions(videoRate: VideoRate(count.isMultiple(of: 2) ? "25" : "29.97"))
  for name in ["x.csv", "x.txt", "x.edl"] {
    guard let list = try? RangeFile.read(bytes, name: name, options: options) else { continue }
    for format in RangeFormat.allCases where format != .cue || list.ranges.allSatisfy(isShort) {
      guard let bytes = try? RangeFile.write(list.ranges, as: format, options: options),
        let back = try? RangeFile.read(bytes, name: "x.\(format.fileExtension)", options: options)
      else { fatalError("\(format) can't be read back") }
      precondition(back.ranges.count == list.ranges.count, "\(format) loses ranges")
    }
  }
  return 0
}

/// Cue points can't count further, and say so.
private func isShort(_ range: RedactionRange) -> Bool { range.time.upperBound <= MediaTime(milliseconds: 40_000_000) }
