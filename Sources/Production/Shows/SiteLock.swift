import Foundation
import ShowFolder

/// One command at a time changes what is published: the feed of one must not be written over by an older one of another.
enum SiteLock {
  /// Waits until no other command holds it. The kernel lets go of it however a program ends (flock(2)).
  static func held<Value>(in folder: ShowFolder, _ body: () throws -> Value) throws -> Value {
    let path = "\(folder.privateFolder)/site.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ProductionError.cannotCreate(path, code: errno) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw ProductionError.cannotCreate(path, code: errno) }
    }
    return try body()
  }
}
