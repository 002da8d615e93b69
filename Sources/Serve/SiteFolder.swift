import Foundation

/// `public/`. Nothing outside it can be opened through it, and no link in it is ever followed.
struct SiteFolder: Sendable {
  let path: String

  /// One name after the other, each relative to the folder before, so that nobody can exchange one for a link meanwhile
  /// (openat(2), `O_NOFOLLOW`).
  /// - Parameter name: below this folder, without `.` or `..` in it.
  /// - Returns: nil where there is no such regular file.
  /// - Throws: `ServeError` `.cannotRead` where that can't be told, as with too many open files.
  func open(_ name: String) throws -> OpenedFile? {
    let names = name.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    guard let last = names.last, !names.contains(where: { $0.utf8.first == UInt8(ascii: ".") }) else { return nil }
    // Without blocking, so that a pipe under this name can't hold anybody up.
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    guard names.count > 1 else { return try opened(Foundation.open("\(path)/\(last)", flags), name) }
    var folder = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for next in names.dropLast() {
      guard folder >= 0 else { return try nothing(name) }
      let inner = openat(folder, next, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let code = errno
      close(folder)
      folder = inner
      errno = code
    }
    guard folder >= 0 else { return try nothing(name) }
    defer { close(folder) }
    return try opened(openat(folder, last, flags), name)
  }

  /// Of the file that has this name now (lstat(2)). It may be another one than ``open(_:)`` would open, also by way of a
  /// link: only that it is the one that was opened before can be told.
  func state(of name: String) -> OpenedFile.State? {
    var status = stat()
    return lstat("\(path)/\(name)", &status) == 0 ? OpenedFile.State(status) : nil
  }

  private func opened(_ descriptor: Int32, _ name: String) throws -> OpenedFile? {
    try descriptor < 0 ? nothing(name) : OpenedFile(descriptor, name, in: self)
  }

  private func nothing(_ name: String) throws -> OpenedFile? {
    let code = errno
    guard [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(code) else { throw ServeError.cannotRead(name, code: code) }
    return nil
  }
}
