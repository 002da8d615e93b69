import Foundation

/// How far a file is written, for those who wait to look at it.
final class WritingProgress {
  private let condition = NSCondition()
  private var isReplaced = false
  private var copied: Int64 = 0
  private var hasFailed = false

  /// Runs `body`, which writes what is replaced.
  func replacing<Value>(_ body: () throws -> Value) rethrows -> Value {
    let value = try orFailing(body)
    tell { isReplaced = true }
    return value
  }

  /// Runs `body`, which copies what stays up to `end`, a place in the old file.
  func copying<Value>(upTo end: Int64, _ body: () throws -> Value) rethrows -> Value {
    let value = try orFailing(body)
    tell { copied = end }
    return value
  }

  /// Waits until all before `end` is written.
  /// - Returns: false where it never will be.
  func wait(for end: Int64) -> Bool {
    condition.withLock {
      while !hasFailed, !isReplaced || copied < end { condition.wait() }
      return !hasFailed
    }
  }

  private func orFailing<Value>(_ body: () throws -> Value) rethrows -> Value {
    do { return try body() } catch {
      tell { hasFailed = true }
      throw error
    }
  }

  private func tell(_ change: () -> Void) {
    condition.withLock {
      change()
      condition.broadcast()
    }
  }
}
