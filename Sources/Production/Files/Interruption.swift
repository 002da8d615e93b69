import Foundation
import Synchronization

/// Takes back names that are not yet an output's own when the program is asked to end: by Ctrl-C, by `kill`, by a
/// terminal that closes. Files without a name need none of this.
package enum Interruption {
  /// What a signal handler may touch: C strings in memory that is never freed, and no lock.
  private final class Names: Sendable {
    static let room = 256
    // Safe: only `lock`'s holder writes a slot, whole at once; the handler only reads slots, and no string is ever freed.
    nonisolated(unsafe) let slots = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: room)
    let lock = Mutex<Void>(())

    init() { slots.initialize(repeating: nil, count: Self.room) }
  }

  private static let names = Names()

  /// Called once, before anything is written. A signal that is ignored, as under `nohup`, stays so.
  package static func watch() {
    _ = names.slots
    for number in [SIGINT, SIGTERM, SIGHUP] {
      guard let old = signal(number, Self.handle) else { continue }
      if unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
    }
  }

  /// Before `name` is created.
  static func remember(_ name: String) {
    names.lock.withLock { _ in
      guard let free = (0..<Names.room).first(where: { names.slots[$0] == nil }) else { return }
      names.slots[free] = strdup(name)
    }
  }

  /// Once `name` is gone. Its memory stays: the handler may be reading it.
  static func forget(_ name: String) {
    names.lock.withLock { _ in
      for index in 0..<Names.room {
        if let slot = names.slots[index], strcmp(slot, name) == 0 { names.slots[index] = nil }
      }
    }
  }

  /// Only calls that signal-safety(7) allows. Ends as the signal would have ended the program.
  private static let handle: @convention(c) (Int32) -> Void = { number in
    for index in 0..<Names.room {
      if let name = names.slots[index] { unlink(name) }
    }
    signal(number, SIG_DFL)
    raise(number)
  }
}
