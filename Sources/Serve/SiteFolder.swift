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
    let names = name.split(separator: "/").map(String.init)
    guard let last = names.last, !names.contains(where: { $0.hasPrefix(".") }) else { return nil }
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
    // Without blocking, so that a pipe under this name can't hold anybody up.
    let descriptor = openat(folder, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return try nothing(name) }
    return OpenedFile(descriptor, path: name)
  }

  private func nothing(_ name: String) throws -> OpenedFile? {
    let code = errno
    guard [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(code) else { throw ServeError.cannotRead(name, code: code) }
    return nil
  }
}
