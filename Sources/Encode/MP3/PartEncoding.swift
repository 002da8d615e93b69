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
/// on; of those before that only where the part before was taken over. What was made of it before can therefore be
/// taken from a cache, all but that; and of what follows a part no more than its beginning matters to it, as long as both
/// agree in the end.
final class PartEncoding {
  /// MP3 frames of sound that an encoder goes on by before it is looked whether it agrees with the next.
  private static let step = 4

  private let settings: MP3Settings
  private let format: SoundFormat
  private let partition: Partition
  private let agreement: Agreement
  private let cache: PartCache?
  private let queue = OperationQueue()
  private let most: Int
  /// Parts that nothing was given back of yet.
  private var jobs: [PartJob] = []
  /// Added last.
  private var before: PartJob?
  /// The encoder whose MP3 frames are given back now.
  private var current: PartJob?
  /// Where the sound that it has heard ends, in frames.
  private var heard = 0
  /// MP3 frames that were given back.
  private var given = 0
  private var spare: [[Float]] = []
  /// Parts whose own encoder never agreed with the one before.
  private(set) var takenOver = 0

  /// - Parameters:
  ///   - threads: 1 or more; the sound of no more parts than that is held in memory.
  init(_ settings: MP3Settings, format: SoundFormat, partition: Partition, threads: Int, cache: PartCache?) {
    (self.settings, self.format, self.partition, self.cache) = (settings, format, partition, cache)
    agreement = Agreement(isConstant: settings.isConstant(for: format))
    queue.maxConcurrentOperationCount = max(1, threads)
    // Recalling a part takes a moment, in which another should be there to be looked for.
    most = max(1, threads) + (cache == nil ? 0 : 1)
  }

  /// Whether ``next()`` must be called before another part is added.
  var isFull: Bool { jobs.count >= most }
  var isEmpty: Bool { jobs.isEmpty }

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - count: how many of them there are; what is behind is room.
  ///   - first: the MP3 frame that the lead-in begins with.
  func add(_ samples: [Float], count: Int, first: Int) {
    let job = PartJob(
      samples, count: count, first: first, settings: settings, format: format, partition: partition, cache: cache)
    jobs.append(job)
    let before = before
    self.before = job
    queue.addOperation { [queue] in
      // What goes on into a new part must be there to go on. If it can't be made, that is found when it is needed.
      job.run {
        guard let before, before.isNewGoingOn(into: job) else { return }
        queue.addOperation { try? before.makeWhatWasRecalled() }
      }
    }
  }

  /// Room for samples that was used before, so that no new memory is asked for with each part.
  func room() -> [Float] { spare.popLast() ?? [] }

  /// Waits for the first part that was added and not looked at yet.
  /// - Returns: MP3 frames up to some place in it.
  func next() throws -> EncodedPart {
    let job = jobs.removeFirst()
    try job.wait()
    guard let current else {
      follow(with: job)
      return EncodedPart([])
    }
    if try agree(current, job) {
      defer { follow(with: job) }
      return give(current)
    }
    takenOver += 1
    takeBack(job)
    defer { current.forget(keeping: Agreement.length) }
    return give(current)
  }

  private func follow(with job: PartJob) {
    if let current { takeBack(current) }
    // What was not encoded may have to be, if the next part is another than before.
    if !job.isRecalled { takeBack(job) }
    (current, heard) = (job, job.sound.upperBound)
  }

  private func takeBack(_ job: PartJob) {
    let samples = job.handBack()
    if samples.capacity > 0 { spare.append(samples) }
  }

  /// - Parameter total: MP3 frames of the whole sound.
  /// - Returns: those not given back yet.
  func last(of total: Int) throws -> EncodedPart {
    guard let current else { return EncodedPart([]) }
    let key = try current.key()?.atTheEnd
    if key.map({ current.recall([$0]) }) != true {
      let before = current.made.pieces.count
      try current.finish()
      if let key { current.keep(from: before, as: key) }
    }
    let part = give(current, before: total)
    guard given == total else { throw EncodeError.unsupported("libmp3lame made fewer MP3 frames than it should") }
    return part
  }

  /// Lets `current` go on into the part of `next`.
  /// - Returns: whether they agree where `current` has come to.
  private func agree(_ current: PartJob, _ next: PartJob) throws -> Bool {
    guard let key = try current.key(), let nextKey = try next.key() else { return try goOn(current, next) }
    let (mine, theirs) = (current.made, next.made)
    let isKept = current.recall(key.goingOn(into: nextKey)) { kept in
      isAgreed((mine.pieces.suffix(Agreement.length) + kept)[...], mine.first + mine.pieces.count + kept.count, theirs)
    }
    guard !isKept else { return true }
    guard try goOn(current, next) else { return false }
    if let key = key.goingOn(into: nextKey, upTo: heard - next.sound.lowerBound) {
      current.keep(from: mine.pieces.count, as: key)
    }
    return true
  }

  /// - Parameter end: of `mine`, in MP3 frames of the sound.
  private func isAgreed(
    _ mine: ArraySlice<EncodedPart.Piece>, _ end: Int, _ theirs: (pieces: [EncodedPart.Piece], first: Int)
  ) -> Bool {
    let count = end - theirs.first
    return count <= theirs.pieces.count && agreement.holds(mine, theirs.pieces.prefix(max(0, count)))
  }

  private func goOn(_ current: PartJob, _ next: PartJob) throws -> Bool {
    let theirs = next.made
    while true {
      let mine = current.made
      if isAgreed(mine.pieces[...], mine.first + mine.pieces.count, theirs) { return true }
      guard heard < next.sound.upperBound else {
        current.takeFurther()
        return false
      }
      let end = min(heard + Self.step * partition.soundFrames, next.sound.upperBound)
      try current.goOn(with: next, heard..<end)
      heard = end
    }
  }

  /// What `job` has made and was not given back.
  private func give(_ job: PartJob, before end: Int = .max) -> EncodedPart {
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
