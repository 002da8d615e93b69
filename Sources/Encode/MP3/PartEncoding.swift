import Foundation
import PCM
import Synchronization

/// Encodes parts of a sound on several cores, and gives back in order what one encoder makes of all of it.
///
/// Each part has an encoder of its own, which begins a lead-in before the part. The encoder of the part before goes on
/// into it until both agree (``Agreement``); from there on they make the same, and those of the part's own encoder are
/// taken. Where they never agree, the encoder of the part before goes on to the part's end and takes it over.
///
/// So what is made of a part depends on its sound, on its settings, and on the sound of the part before from its lead-in
/// on; of those before that only where the part before was taken over.
final class PartEncoding {
  /// One part and its encoder.
  private final class Job: Sendable {
    /// What the encoder hears, in frames of the sound.
    let sound: Range<Int>
    private let channels: Int
    private let samples: Mutex<[Float]>
    private let encoder: Mutex<PartEncoder>
    private let failure = Mutex<(any Error)?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ samples: [Float], first: Int, settings: MP3Settings, format: SoundFormat, soundFrames: Int) throws {
      channels = format.channels
      sound = (first * soundFrames)..<(first * soundFrames + samples.count / format.channels)
      self.samples = Mutex(samples)
      encoder = Mutex(try PartEncoder(settings, format: format, first: first))
    }

    func run() {
      do {
        try goOn(with: self, sound)
      } catch {
        failure.withLock { $0 = error }
      }
      isDone.signal()
    }

    func wait() throws {
      isDone.wait()
      if let error = failure.withLock({ $0 }) { throw error }
    }

    /// - Parameter range: of the sound, which `job` holds; what follows what was encoded before.
    func goOn(with job: Job, _ range: Range<Int>) throws {
      let samples = job.samples.withLock { $0 }
      let start = job.sound.lowerBound
      let range = ((range.lowerBound - start) * channels)..<((range.upperBound - start) * channels)
      try encoder.withLock { try $0.encode(samples[range]) }
    }

    func finish() throws { try encoder.withLock { try $0.finish() } }

    /// MP3 frames that are made, and which of the sound is the first of them.
    var made: (pieces: [EncodedPart.Piece], first: Int) { encoder.withLock { ($0.pieces, $0.first) } }

    func forget(keeping count: Int) { encoder.withLock { $0.forget(keeping: count) } }

    /// What was encoded, which is not kept here.
    func handBack() -> [Float] { samples.withLock { swapped(&$0) } }

    private func swapped(_ samples: inout [Float]) -> [Float] {
      var empty: [Float] = []
      swap(&samples, &empty)
      return empty
    }
  }

  /// MP3 frames of sound that an encoder goes on by before it is looked whether it agrees with the next.
  private static let step = 4

  private let settings: MP3Settings
  private let format: SoundFormat
  private let soundFrames: Int
  private let agreement: Agreement
  private let queue = OperationQueue()
  private let most: Int
  /// Parts that nothing was given back of yet.
  private var jobs: [Job] = []
  /// The encoder whose MP3 frames are given back now.
  private var current: Job?
  /// Where the sound that it has heard ends, in frames.
  private var heard = 0
  /// MP3 frames that were given back.
  private var given = 0
  private var spare: [[Float]] = []
  /// Parts whose own encoder never agreed with the one before.
  private(set) var takenOver = 0

  /// - Parameters:
  ///   - soundFrames: in an MP3 frame.
  ///   - threads: 1 or more; the sound of no more parts than that is held in memory.
  init(_ settings: MP3Settings, format: SoundFormat, soundFrames: Int, threads: Int) {
    (self.settings, self.format, self.soundFrames) = (settings, format, soundFrames)
    agreement = Agreement(isConstant: settings.isConstant(for: format))
    queue.maxConcurrentOperationCount = max(1, threads)
    most = max(1, threads)
  }

  /// Whether ``next()`` must be called before another part is added.
  var isFull: Bool { jobs.count >= most }
  var isEmpty: Bool { jobs.isEmpty }

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - first: the MP3 frame that the lead-in begins with.
  func add(_ samples: [Float], first: Int) throws {
    let job = try Job(samples, first: first, settings: settings, format: format, soundFrames: soundFrames)
    jobs.append(job)
    queue.addOperation { job.run() }
  }

  /// Room for samples that was used before, so that no new memory is asked for with each part.
  func room() -> [Float] {
    var room = spare.popLast() ?? []
    room.removeAll(keepingCapacity: true)
    return room
  }

  /// Waits for the first part that was added and not looked at yet.
  /// - Returns: MP3 frames up to some place in it.
  func next() throws -> EncodedPart {
    let job = jobs.removeFirst()
    try job.wait()
    defer { spare.append(job.handBack()) }
    guard let current else {
      (current, heard) = (job, job.sound.upperBound)
      return EncodedPart([])
    }
    if try agree(current, job) {
      defer { (self.current, heard) = (job, job.sound.upperBound) }
      return give(current)
    }
    takenOver += 1
    defer { current.forget(keeping: Agreement.length) }
    return give(current)
  }

  /// - Parameter total: MP3 frames of the whole sound.
  /// - Returns: those not given back yet.
  func last(of total: Int) throws -> EncodedPart {
    guard let current else { return EncodedPart([]) }
    try current.finish()
    let part = give(current, before: total)
    guard given == total else { throw EncodeError.unsupported("libmp3lame made fewer MP3 frames than it should") }
    return part
  }

  /// Lets `current` go on into the part of `next`.
  /// - Returns: whether they agree where `current` has come to.
  private func agree(_ current: Job, _ next: Job) throws -> Bool {
    let theirs = next.made
    while true {
      let mine = current.made
      let count = mine.first + mine.pieces.count - theirs.first
      if count <= theirs.pieces.count, agreement.holds(mine.pieces[...], theirs.pieces.prefix(max(0, count))) {
        return true
      }
      guard heard < next.sound.upperBound else { return false }
      let end = min(heard + Self.step * soundFrames, next.sound.upperBound)
      try current.goOn(with: next, heard..<end)
      heard = end
    }
  }

  /// What `job` has made and was not given back.
  private func give(_ job: Job, before end: Int = .max) -> EncodedPart {
    let made = job.made
    let pieces = made.pieces.prefix(end - made.first).dropFirst(given - made.first)
    given += pieces.count
    return EncodedPart(Array(pieces))
  }

  /// Waits until no core is at work any more.
  func abandon() {
    queue.cancelAllOperations()
    queue.waitUntilAllOperationsAreFinished()
    jobs = []
  }
}
