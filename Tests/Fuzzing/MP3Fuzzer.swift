import Encode
import Foundation
import MPEG
import PCM
import ShowModel

/// Any bytes as MP3 frames: read and written back unchanged; and covered in place, or refused. Never a trap, never an
/// output with something of what was replaced (the audit is part of covering), never one of another length.
///
/// The last eight bytes say what is covered.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMP3(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let all = Array(UnsafeBufferPointer(start: data, count: size))
  guard all.count > 8 else { return 0 }
  let (bytes, choice) = (Array(all.dropLast(8)), Array(all.suffix(8)))
  let count = readAndWriteBack(bytes)
  guard count.frames > 0 else { return 0 }
  lookForEqualFrames(bytes, count.frames)
  for length in [count.sound, count.trimmed, count.sound - count.first, count.trimmed - count.first] where length > 0 {
    cover(bytes, length: length, choice)
  }
  return 0
}

private func readAndWriteBack(_ bytes: [UInt8]) -> (frames: Int, sound: Int, first: Int, trimmed: Int) {
  var (frames, sound, first, offset, trim) = (0, 0, 0, 0, 0)
  var reader = MainDataReader()
  while let frame = Frame(bytes[offset...]) {
    let written = frame.bytes
    guard written == Array(bytes[offset..<(offset + written.count)]) else { abort() }
    _ = reader.mainData(of: frame)
    if frames == 0, let lame = InfoTag(bytes[offset...].prefix(frame.header.frameLength), header: frame.header)?.lame {
      trim = lame.delay + lame.padding
    }
    if frames == 0 { first = frame.header.soundFrames }
    frames += 1
    sound += frame.header.soundFrames
    offset += frame.header.frameLength
  }
  return (frames, sound, first, sound - trim)
}

private func lookForEqualFrames(_ bytes: [UInt8], _ count: Int) {
  guard let header = FrameHeader(bytes) else { return }
  let runs = bytes.withUnsafeBytes { EqualFrames(like: header).runs(in: $0) }
  guard runs.allSatisfy({ $0.lowerBound > 0 && $0.upperBound <= count }) else { abort() }
}

private func cover(_ bytes: [UInt8], length: Int, _ choice: [UInt8]) {
  let start = Int(choice[0]) << 8 | Int(choice[1])
  let end = start + 1 + Int(choice[2]) << 4
  let second = end + Int(choice[3]) << 4
  let covers = [(start, end), (second, second + 1 + Int(choice[4]) << 5)].filter { $0.0 < length }.map { from, to in
    (
      frames: FrameRange(FramePosition(Int64(from)), FramePosition(Int64(min(to, length)))),
      fill: Fill.allCases[Int(choice[5]) % 3]
    )
  }
  guard ftruncate(input, 0) == 0, pwrite(input, bytes, bytes.count, 0) == bytes.count, ftruncate(output, 0) == 0,
    let edit = try? InPlaceEdit(input, from: 0, length: FrameCount(Int64(length)), covers: covers, level: 0.1)
  else { return }
  do {
    try edit.write(to: output, at: 0)
  } catch is Uneditable {
    return
  } catch let error as EncodeError where error.code == .residue {
    abort()
  } catch { return }
  var status = stat()
  guard fstat(output, &status) == 0, Int(status.st_size) <= bytes.count else { abort() }
}

private let input = unnamedFile()
private let output = unnamedFile()

private func unnamedFile() -> Int32 {
  var name = Array("/tmp/mp3-fuzzer-XXXXXX".utf8CString)
  let descriptor = mkstemp(&name)
  unlink(name)
  return descriptor
}
