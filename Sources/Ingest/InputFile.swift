import Glibc

/// A regular file, open for reading. Whoever holds it closes it.
struct InputFile {
  let descriptor: Int32
  let bytes: FileBytes

  /// Opens without waiting on a FIFO or a device, and refuses them.
  static func open(_ path: String, _ errors: SoundErrors) throws(IngestError) -> InputFile {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw errors.cannotOpen(ENOENT) }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw errors.cannotOpen(errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = errno
      Glibc.close(descriptor)
      throw errors.inputOutput(number)
    }
    if let kind = kind(status.st_mode) {
      Glibc.close(descriptor)
      throw errors.notAFile(kind)
    }
    return InputFile(
      descriptor: descriptor, bytes: FileBytes(descriptor: descriptor, size: Int64(status.st_size)))
  }

  func close() { Glibc.close(descriptor) }

  /// What it is, unless a regular file.
  private static func kind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
