import Foundation
import ShowModel

/// A file that appears under its name whole, or not at all.
///
/// It is written without a name (`O_TMPFILE`, open(2)), so that nothing is left of it however the program ends, and
/// gets its name when it is whole and on disk. Where the file system knows no such files, it has a hidden name beside
/// its place until then.
package final class OutputFile {
  package let path: String
  /// Empty, readable and writable, seekable; closed by ``publish()`` and ``discard()``.
  package private(set) var descriptor: Int32
  /// `O_TMPFILE` of Linux, a macro that Swift does not see.
  private static let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY

  private let replacing: Bool
  private let folder: String
  private var temporaryName: String?

  /// - Parameters:
  ///   - replacing: whether a file that is there already may be replaced.
  ///   - inputs: files that are being read: none of them is ever replaced, by whatever name.
  /// - Throws: `ProductionError` `.outputExists`, `.outputIsInput`, `.cannotCreate`.
  package init(path: String, replacing: Bool, inputs: [FileIdentity]) throws {
    self.path = path
    self.replacing = replacing
    let parent = (path as NSString).deletingLastPathComponent
    folder = parent.isEmpty ? "." : parent
    if let present = FileIdentity(path: path) {
      guard !inputs.contains(where: { $0.isSameFile(as: present) }) else { throw ProductionError.outputIsInput(path) }
      guard replacing else { throw ProductionError.outputExists(path) }
      guard !Self.isFolder(path) else { throw ProductionError.cannotCreate(path, code: EISDIR) }
    }
    guard !path.isEmpty, !path.hasSuffix("/") else { throw ProductionError.cannotCreate(path, code: EISDIR) }
    descriptor = open(folder, Self.withoutName | O_RDWR | O_CLOEXEC, 0o666)
    if descriptor < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) {
      let name = folder + "/.podcast-\(UUID().uuidString).part"
      descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o666)
      temporaryName = descriptor < 0 ? nil : name
    }
    guard descriptor >= 0 else { throw ProductionError.cannotCreate(path, code: errno) }
  }

  deinit { discard() }

  /// Flushes to disk and gives the file its name.
  package func publish() throws {
    guard fsync(descriptor) == 0 else { throw failed() }
    if temporaryName == nil, replacing {
      temporaryName = try linked(as: folder + "/.podcast-\(UUID().uuidString).part")
    }
    if let name = temporaryName {
      guard replacing ? rename(name, path) == 0 : renameWithoutReplacing(name) else { throw failed() }
      temporaryName = nil
    } else {
      _ = try linked(as: path)
    }
    flushFolder()
    close(descriptor)
    descriptor = -1
  }

  /// Nothing is left of it. Does nothing after ``publish()``.
  package func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let name = temporaryName { unlink(name) }
    temporaryName = nil
  }

  private func linked(as name: String) throws -> String {
    guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else {
      throw failed()
    }
    return name
  }

  /// `link` fails where the new name is taken, `rename` does not.
  private func renameWithoutReplacing(_ name: String) -> Bool {
    guard link(name, path) == 0 else { return false }
    unlink(name)
    return true
  }

  private func failed() -> ProductionError {
    let code = errno
    discard()
    return code == EEXIST ? .outputExists(path) : .cannotCreate(path, code: code)
  }

  /// So that the name survives a power cut as well. A file system that can't do it is no error.
  private func flushFolder() {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
