import Foundation
import PCM
import Synchronization

/// Encodes parts of a sound on several cores, and gives them back in order.
final class PartEncoding {
  /// One part, being encoded.
  private final class Job: Sendable {
    let count, leadIn: Int
    private let samples: Mutex<[Float]>
    private let result = Mutex<Result<EncodedPart, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ samples: [Float], count: Int, leadIn: Int) {
      self.samples = Mutex(samples)
      (self.count, self.leadIn) = (count, leadIn)
    }

    func encode(_ how: Attempt, _ settings: MP3Settings, _ format: SoundFormat, soundFrames: Int) throws -> EncodedPart
    {
      let samples = samples.withLock { $0 }
      let perFrame = soundFrames * format.channels
      let leadIn = min(leadIn, how.leadIn ?? leadIn)
      let count = min(count, how.count ?? count)
      // Some more than what is kept, which is what LAME wants to see ahead.
      let end = min(samples.count, (self.leadIn + count + 2) * perFrame)
      return try EncodedPart(
        samples[((self.leadIn - leadIn) * perFrame)..<end], count: count, dropping: leadIn, settings: settings,
        format: format, usesReservoir: how.usesReservoir)
    }

    func run(_ settings: MP3Settings, _ format: SoundFormat, soundFrames: Int) {
      let made = Result { try encode(Attempt(), settings, format, soundFrames: soundFrames) }
      result.withLock { $0 = made }
      isDone.signal()
    }

    func wait() throws -> EncodedPart {
      isDone.wait()
      guard let made = result.withLock({ $0 }) else { preconditionFailure("a part was given back before it was made") }
      return try made.get()
    }

    /// What was encoded, which is not kept here.
    func handBack() -> [Float] { samples.withLock { swapped(&$0) } }

    private func swapped(_ samples: inout [Float]) -> [Float] {
      var empty: [Float] = []
      swap(&samples, &empty)
      return empty
    }
  }

  /// One way to encode a part.
  struct Attempt {
    /// MP3 frames of real sound in front; nil for all there are.
    var leadIn: Int?
    /// MP3 frames of the part; nil for all of them.
    var count: Int?
    var usesReservoir = true

    /// How the first MP3 frames of a part are encoded where those of ``Attempt/init()`` use more of the slots in front
    /// of them than the part before left: the shorter the lead-in, the less an encoder can have saved in it.
    static let leaner = [
      Attempt(leadIn: 16, count: 64), Attempt(leadIn: 6, count: 64), Attempt(count: 64, usesReservoir: false),
      Attempt(usesReservoir: false),
    ]
  }

  private let settings: MP3Settings
  private let format: SoundFormat
  private let soundFrames: Int
  private let queue = OperationQueue()
  private let most: Int
  private var jobs: [Job] = []
  private var spare: [[Float]] = []
  /// Parts whose first MP3 frames had to be encoded again.
  private(set) var madeLeaner = 0

  /// - Parameters:
  ///   - soundFrames: in an MP3 frame.
  ///   - threads: 1 or more; no more parts than that are held in memory.
  init(_ settings: MP3Settings, format: SoundFormat, soundFrames: Int, threads: Int) {
    (self.settings, self.format, self.soundFrames) = (settings, format, soundFrames)
    queue.maxConcurrentOperationCount = max(1, threads)
    most = max(1, threads)
  }

  /// Whether ``next(in:)`` must be called before another part is added.
  var isFull: Bool { jobs.count >= most }
  var isEmpty: Bool { jobs.isEmpty }

  func add(_ samples: [Float], count: Int, leadIn: Int) {
    let job = Job(samples, count: count, leadIn: leadIn)
    jobs.append(job)
    let (settings, format, soundFrames) = (settings, format, soundFrames)
    queue.addOperation { job.run(settings, format, soundFrames: soundFrames) }
  }

  /// Room for samples that was used before, so that no new memory is asked for with each part.
  func room() -> [Float] {
    var room = spare.popLast() ?? []
    room.removeAll(keepingCapacity: true)
    return room
  }

  /// Waits for the first part that was added and not given back yet.
  /// - Parameter stream: what it must be able to follow; where it can't, its first MP3 frames are
  ///   encoded again, leaner.
  func next(in stream: FrameStream) throws -> EncodedPart {
    let job = jobs.removeFirst()
    let part = try job.wait()
    defer { spare.append(job.handBack()) }
    guard stream.lead([], part.pieces) == nil else { return part }
    madeLeaner += 1
    // An encoder that chose other windows in two runs of the same sound is not known; such a seam would be heard, but
    // nothing would be lost.
    for matchesWindows in [true, false] {
      for attempt in Attempt.leaner {
        let lean = try job.encode(attempt, settings, format, soundFrames: soundFrames)
        if let count = stream.lead(lean.pieces, part.pieces, matchesWindows: matchesWindows) {
          return EncodedPart(Array(lean.pieces[..<count] + part.pieces[count...]))
        }
      }
    }
    throw EncodeError.unsupported("libmp3lame made MP3 frames that do not fit")
  }

  /// Waits until no core is at work any more.
  func abandon() {
    queue.cancelAllOperations()
    queue.waitUntilAllOperationsAreFinished()
    jobs = []
  }
}
