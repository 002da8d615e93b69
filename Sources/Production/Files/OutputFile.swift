import CLinux
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
  private var temporaryName: String? {
    didSet { if let oldValue, temporaryName == nil { Interruption.forget(oldValue) } }
  }
  /// What stands under the name since ``publish()``, where nothing stood there before.
  private var added: FileIdentity?

  /// - Parameters:
  ///   - replacing: whether a file that is there already may be replaced.
  ///   - inputs: files that are being read: none of them is ever replaced, by whatever name.
  /// - Throws: `ProductionError` `.outputExists`, `.outputIsInput`, `.noStandardOutput`, `.cannotCreate`.
  package init(path: String, replacing: Bool, inputs: [FileIdentity]) throws {
    self.path = path
    self.replacing = replacing
    folder = path.parentFolder
    guard path != "-" else { throw ProductionError.noStandardOutput() }
    if let present = FileIdentity(path: path) {
      guard !inputs.contains(where: { $0.isSameFile(as: present) }) else { throw ProductionError.outputIsInput(path) }
      guard replacing else { throw ProductionError.outputExists(path) }
      guard !Self.isFolder(path) else { throw ProductionError.cannotCreate(path, code: EISDIR) }
    }
    guard !path.isEmpty, !path.hasSuffix("/") else { throw ProductionError.cannotCreate(path, code: EISDIR) }
    descriptor = open(folder, Self.withoutName | O_RDWR | O_CLOEXEC, 0o666)
    if descriptor < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(errno) {
      let name = Self.hiddenName(in: folder)
      descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o666)
      temporaryName = name
    }
    guard descriptor >= 0 else {
      let code = errno
      temporaryName.map(Interruption.forget)
      throw ProductionError.cannotCreate(path, code: code)
    }
  }

  deinit { discard() }

  /// Has all of it on disk, so that a full one is noticed before any output of the run has its name.
  package func flush() throws {
    guard fsync(descriptor) == 0 else { throw failed() }
  }

  /// Flushes to disk and gives the file its name.
  package func publish() throws {
    try flush()
    let identity = FileIdentity(descriptor: descriptor)
    if try takesFreeName() { added = identity } else { try replace() }
    flushFolder()
    close(descriptor)
    descriptor = -1
  }

  /// Takes the name away again, where nothing was replaced and the file is still the one that was published.
  package func withdraw() {
    defer { added = nil }
    guard let added, FileIdentity(path: path) == added else { return }
    unlink(path)
    flushFolder()
  }

  /// Nothing is left of it. Does nothing after ``publish()``.
  package func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let name = temporaryName { unlink(name) }
    temporaryName = nil
  }

  /// - Returns: false where the name is taken by a file that may be replaced.
  private func takesFreeName() throws -> Bool {
    let status = temporaryName.map(renameWithoutReplacing) ?? link(as: path)
    if status != 0, replacing, errno == EEXIST { return false }
    guard status == 0 else { throw failed() }
    temporaryName = nil
    return true
  }

  private func replace() throws {
    if temporaryName == nil {
      let name = Self.hiddenName(in: folder)
      guard link(as: name) == 0 else {
        defer { Interruption.forget(name) }
        throw failed()
      }
      temporaryName = name
    }
    guard let name = temporaryName, rename(name, path) == 0 else { throw failed() }
    temporaryName = nil
  }

  private func link(as name: String) -> Int32 {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW)
  }

  /// FAT knows no links, some network file systems no such renaming: whichever there is.
  private func renameWithoutReplacing(_ name: String) -> Int32 {
    let status = renameat2(AT_FDCWD, name, AT_FDCWD, path, UInt32(RENAME_NOREPLACE))
    guard status != 0, [EINVAL, ENOSYS].contains(errno) else { return status }
    guard Foundation.link(name, path) == 0 else { return -1 }
    unlink(name)
    return 0
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

  private static func hiddenName(in folder: String) -> String {
    let name = folder + "/.podcast-\(UUID().uuidString).part"
    Interruption.remember(name)
    return name
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
