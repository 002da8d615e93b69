import Foundation

/// A picture for an output, reduced to what draws it.
///
/// A photo tells where and by whom it was taken, a drawing who saved it, and both may carry a thumbnail of what was cut
/// away: none of it is kept. A colour profile is not kept either, since it has a name and a comment.
package struct Artwork: Hashable, Sendable {
  package let bytes: [UInt8]

  var mediaType: String { bytes.starts(with: PNGPicture.signature) ? "image/png" : "image/jpeg" }

  /// - Parameter path: of a JPEG or PNG; its bytes say which, not its name.
  /// - Throws: `EncodeError` `.badArtwork`.
  package init(path: String) throws {
    do { try self.init(Self.read(path)) } catch let error as EncodeError { throw error.at(path) }
  }

  package init(_ file: [UInt8]) throws {
    guard file.count <= EncodeLimits.artworkBytes else { throw EncodeError.artworkTooLarge() }
    if file.starts(with: JPEGPicture.signature) {
      bytes = try JPEGPicture.essentials(of: file)
    } else if file.starts(with: PNGPicture.signature) {
      bytes = try PNGPicture.essentials(of: file)
    } else {
      throw EncodeError.artworkUnknown()
    }
  }

  /// Opened without waiting, so that a named pipe can't hold the program up.
  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw EncodeError.artworkUnreadable(path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw EncodeError.artworkUnreadable(path, code: EISDIR)
    }
    guard status.st_size <= EncodeLimits.artworkBytes else { throw EncodeError.artworkTooLarge() }
    do {
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      return Array(try handle.read(upToCount: EncodeLimits.artworkBytes + 1) ?? Data())
    } catch { throw EncodeError.artworkUnreadable(path, code: EIO) }
  }
}
