import Dispatch
import PCM
import Synchronization

/// One part of a sound and its encoder. Runs on a thread of its own; after ``wait()`` it is the caller's alone.
final class PartJob: Sendable {
  /// What the encoder hears, in frames of the sound.
  let sound: Range<Int>
  private let count: Int
  private let settings: MP3Settings
  private let format: SoundFormat
  private let samples: Mutex<[Float]>
  private let encoder: Mutex<PartEncoder>
  private let cache: PartCache?
  private let partition: Partition
  private let recalled = Mutex(false)
  private let knownKey = Mutex<PartKey?>(nil)
  private let isOwn = Mutex(true)
  private let failure = Mutex<(any Error)?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - count: how many of them there are; what is behind is room.
  ///   - first: the MP3 frame that the lead-in begins with.
  init(
    _ samples: [Float], count: Int, first: Int, settings: MP3Settings, format: SoundFormat, partition: Partition,
    cache: PartCache?
  ) {
    (self.count, self.settings, self.format, self.cache) = (count, settings, format, cache)
    self.partition = partition
    let start = first * partition.soundFrames
    sound = start..<(start + count / format.channels)
    self.samples = Mutex(samples)
    encoder = Mutex(PartEncoder(settings, format: format, first: first))
  }

  /// - Parameter isNew: called as soon as it is known that the part is not in the cache.
  func run(isNew: () -> Void) {
    defer { isDone.signal() }
    do {
      let key = try key()
      if let key, recall([key.whole], asWhole: true) { return }
      if key != nil { isNew() }
      try goOn(with: self, sound)
      if let key { keep(from: 0, as: key.whole) }
    } catch {
      failure.withLock { $0 = error }
    }
  }

  /// What the part is kept under; nil without a cache, and once ``takeFurther()`` was called.
  func key() throws -> PartKey? {
    guard let cache, isOwn.withLock({ $0 }) else { return nil }
    return try knownKey.withLock { known in
      if let known { return known }
      let key = try samples.withLock {
        try PartKey($0[..<count], settings: settings, format: format, partition: partition, secret: cache.secret)
      }
      known = key
      return key
    }
  }

  /// To be called where the encoder has gone on for so long that what it makes is not of this part any more.
  func takeFurther() { isOwn.withLock { $0 = false } }

  /// Whether going on into `next` has to be done. To be asked before ``handBack()``.
  func isNewGoingOn(into next: PartJob) -> Bool {
    guard let cache, let key = try? key(), let nextKey = try? next.key() else { return true }
    return !key.goingOn(into: nextKey).contains { cache.has($0) }
  }

  func wait() throws {
    isDone.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Adds what the cache has under the first of `keys` to ``made``.
  /// - Parameters:
  ///   - asWhole: whether it is the part itself. Behind what follows it nothing will be encoded.
  ///   - isRight: whether it fits.
  /// - Returns: whether it has anything that does.
  func recall(
    _ keys: some Sequence<PartCache.Key>, asWhole: Bool = false,
    if isRight: ([EncodedPart.Piece]) -> Bool = { _ in true }
  ) -> Bool {
    guard let cache, let kept = keys.lazy.compactMap({ cache.pieces($0) }).first, isRight(kept) else { return false }
    // At once: who makes what was recalled puts it in the place of all that is there.
    encoder.withLock { encoder in
      encoder.recall(kept)
      recalled.withLock { $0 = asWhole }
    }
    return true
  }

  /// Keeps what was made from the `first` of ``made`` on.
  func keep(from first: Int, as key: PartCache.Key) { cache?.keep(Array(made.pieces.dropFirst(first)), as: key) }

  /// - Parameter range: of the sound, which `job` holds; what follows what was encoded before.
  func goOn(with job: PartJob, _ range: Range<Int>) throws {
    try makeWhatWasRecalled()
    let samples = job.samples.withLock { $0 }
    let start = job.sound.lowerBound
    let range = ((range.lowerBound - start) * format.channels)..<((range.upperBound - start) * format.channels)
    try encoder.withLock { try $0.encode(samples[range]) }
  }

  func finish() throws {
    try makeWhatWasRecalled()
    try encoder.withLock { try $0.finish() }
  }

  /// Whether nothing was encoded yet, and ``handBack()`` must wait: the encoder can't go on behind what was recalled.
  var isRecalled: Bool { recalled.withLock { $0 } }

  /// Where the part was recalled, encodes it after all, so that its encoder can go on behind it.
  func makeWhatWasRecalled() throws {
    guard isRecalled else { return }
    try encoder.withLock {
      let samples = samples.withLock { $0 }
      guard isRecalled, !samples.isEmpty else { return }
      var made = PartEncoder(settings, format: format, first: $0.first)
      try made.encode(samples[..<count])
      $0 = made
      recalled.withLock { $0 = false }
    }
  }

  /// MP3 frames that are made, and which of the sound is the first of them.
  var made: (pieces: [EncodedPart.Piece], first: Int) { encoder.withLock { ($0.pieces, $0.first) } }

  func forget(keeping count: Int) { encoder.withLock { $0.forget(keeping: count) } }

  /// What was encoded, which is not kept here.
  func handBack() -> [Float] {
    samples.withLock { samples in
      var empty: [Float] = []
      swap(&samples, &empty)
      return empty
    }
  }
}
