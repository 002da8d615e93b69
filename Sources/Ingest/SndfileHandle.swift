import CSndfile
import PCM

/// The bytes that libsndfile reads through its virtual I/O, with an offset of their own.
private final class VirtualFile {
  let bytes: any RandomAccessBytes
  var offset: sf_count_t = 0
  var failed = false

  init(_ bytes: any RandomAccessBytes) { self.bytes = bytes }

  func seek(_ distance: sf_count_t, _ whence: Int32) -> sf_count_t {
    let base: sf_count_t =
      switch whence {
      case Int32(SF_SEEK_CUR): offset
      case Int32(SF_SEEK_END): bytes.size
      default: 0
      }
    let (target, overflow) = base.addingReportingOverflow(distance)
    guard !overflow, target >= 0 else { return -1 }
    offset = target
    return target
  }

  func read(_ target: UnsafeMutableRawPointer, _ count: sf_count_t) -> sf_count_t {
    guard count > 0, let count = Int(exactly: count) else { return 0 }
    let got = bytes.read(into: UnsafeMutableRawBufferPointer(start: target, count: count), at: offset)
    guard got >= 0 else {
      failed = true
      return 0
    }
    offset += sf_count_t(got)
    return sf_count_t(got)
  }

  static func from(_ pointer: UnsafeMutableRawPointer) -> VirtualFile {
    Unmanaged<VirtualFile>.fromOpaque(pointer).takeUnretainedValue()
  }
}

/// One libsndfile handle for reading, and the bytes under it.
final class SndfileHandle {
  let info: SF_INFO
  private let file: VirtualFile
  private var handle: OpaquePointer?

  /// Why libsndfile would not open a file.
  enum Refusal: Error {
    case unrecognised, malformed, unsupported, medium
  }

  /// `sf_open_virtual` on `bytes`, which this keeps.
  init(_ bytes: any RandomAccessBytes) throws(Refusal) {
    file = VirtualFile(bytes)
    var callbacks = SF_VIRTUAL_IO(
      get_filelen: { $0.map { VirtualFile.from($0).bytes.size } ?? 0 },
      seek: { distance, whence, user in user.map { VirtualFile.from($0).seek(distance, whence) } ?? -1 },
      read: { target, count, user in
        guard let target, let user else { return 0 }
        return VirtualFile.from(user).read(target, count)
      },
      write: { _, _, _ in 0 },
      tell: { $0.map { VirtualFile.from($0).offset } ?? 0 })
    var info = SF_INFO()
    handle = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(file).toOpaque())
    self.info = info
    guard handle != nil else { throw file.failed ? .medium : Self.refusal(sf_error(nil)) }
  }

  deinit { close() }

  /// `sf_readf_float`: full scale is ±1, integers are divided by the power of two that makes it so.
  /// - Parameter room: whole frames.
  /// - Returns: frames, 0 at the end.
  func read(into room: UnsafeMutableBufferPointer<Float>) -> Int {
    guard let handle, let target = room.baseAddress, info.channels > 0 else { return 0 }
    return max(0, Int(sf_readf_float(handle, target, sf_count_t(room.count / Int(info.channels)))))
  }

  /// Whether reading failed for another reason than the end.
  var hasFailed: Bool { file.failed || handle.map { sf_error($0) != SF_ERR_NO_ERROR } ?? true }
  var mediumFailed: Bool { file.failed }

  func close() {
    if let handle { sf_close(handle) }
    handle = nil
  }

  private static func refusal(_ number: Int32) -> Refusal {
    switch number {
    case Int32(SF_ERR_UNRECOGNISED_FORMAT): .unrecognised
    case Int32(SF_ERR_UNSUPPORTED_ENCODING): .unsupported
    default: .malformed
    }
  }
}
