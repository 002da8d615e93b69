import Foundation
import PCM
import Synchronization

/// Encodes parts of a sound on several cores, and gives them back in order.
final class PartEncoding {
  /// One part, being encoded.
  private final class Job: Sendable {
    let samples: [Float]
    let count, leadIn: Int
    private let result = Mutex<Result<EncodedPart, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ samples: [Float], count: Int, leadIn: Int) {
      (self.samples, self.count, self.leadIn) = (samples, count, leadIn)
    }

    func encode(_ settings: MP3Settings, _ format: SoundFormat, usesReservoir: Bool = true) throws -> EncodedPart {
      try EncodedPart(
        samples, count: count, dropping: leadIn, settings: settings, format: format, usesReservoir: usesReservoir)
    }

    func run(_ settings: MP3Settings, _ format: SoundFormat) {
      let made = Result { try encode(settings, format) }
      result.withLock { $0 = made }
      isDone.signal()
    }

    func wait() throws -> EncodedPart {
      isDone.wait()
      guard let made = result.withLock({ $0 }) else { preconditionFailure("a part was given back before it was made") }
      return try made.get()
    }
  }

  private let settings: MP3Settings
  private let format: SoundFormat
  private let queue = OperationQueue()
  private let most: Int
  private var jobs: [Job] = []

  /// - Parameter threads: 1 or more; one part more than that is held in memory.
  init(_ settings: MP3Settings, format: SoundFormat, threads: Int) {
    (self.settings, self.format) = (settings, format)
    queue.maxConcurrentOperationCount = max(1, threads)
    most = max(1, threads) + 1
  }

  /// Whether ``next(_:)`` must be called before another part is added.
  var isFull: Bool { jobs.count >= most }
  var isEmpty: Bool { jobs.isEmpty }

  func add(_ samples: [Float], count: Int, leadIn: Int) {
    let job = Job(samples, count: count, leadIn: leadIn)
    jobs.append(job)
    let (settings, format) = (settings, format)
    queue.addOperation { job.run(settings, format) }
  }

  /// Waits for the first part that was added and not given back yet.
  /// - Parameter fits: whether it can follow as it is; otherwise it is encoded again, leaner: without a reservoir, so
  ///   that its first MP3 frames need no room in front of them.
  func next(_ fits: (EncodedPart) -> Bool) throws -> EncodedPart {
    let job = jobs.removeFirst()
    let part = try job.wait()
    return fits(part) ? part : try job.encode(settings, format, usesReservoir: false)
  }

  /// Waits until no core is at work any more.
  func abandon() {
    queue.cancelAllOperations()
    queue.waitUntilAllOperationsAreFinished()
    jobs = []
  }
}
