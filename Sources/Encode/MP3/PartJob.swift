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
  private let soundFrames: Int
  private let recalled = Mutex(false)
  private let currentKey = Mutex<PartKey?>(nil)
  private let isHashed = DispatchSemaphore(value: 0)
  private let failure = Mutex<(any Error)?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - samples: interleaved, from the lead-in on.
  ///   - count: how many of them there are; what is behind is room.
  ///   - first: the MP3 frame that the lead-in begins with.
  init(
    _ samples: [Float], count: Int, first: Int, settings: MP3Settings, format: SoundFormat, soundFrames: Int,
    cache: PartCache?
  ) {
    (self.count, self.settings, self.format, self.cache) = (count, settings, format, cache)
    self.soundFrames = soundFrames
    sound = (first * soundFrames)..<(first * soundFrames + count / format.channels)
    self.samples = Mutex(samples)
    encoder = Mutex(PartEncoder(settings, format: format, first: first))
  }

  /// What the part is kept under; nil without a cache, and where its encoder has gone on for so long that what it makes
  /// is not of this part any more.
  var key: PartKey? {
    get { currentKey.withLock { $0 } }
    set { currentKey.withLock { $0 = newValue } }
  }

  /// - Parameter isNew: called as soon as it is known that the part is not in the cache.
  func run(isNew: () -> Void) {
    do {
      let key = try hashed()
      if let key, recall([key.whole]) {
        recalled.withLock { $0 = true }
      } else {
        if key != nil { isNew() }
        try goOn(with: self, sound)
        if let key { keep(from: 0, as: key.whole) }
      }
    } catch {
      failure.withLock { $0 = error }
    }
    isDone.signal()
  }

  private func hashed() throws -> PartKey? {
    defer { isHashed.signal() }
    guard let cache else { return nil }
    key = try samples.withLock {
      try PartKey(
        $0[..<count], settings: settings, format: format, step: PartSize.period * soundFrames, secret: cache.secret)
    }
    return key
  }

  /// Whether going on into `next`, which runs already, has to be done. To be asked while this part has begun to run.
  func isNewGoingOn(into next: PartJob) -> Bool {
    isHashed.wait()
    isHashed.signal()
    guard let cache, let key, let nextKey = next.key else { return true }
    return !key.goingOn(into: nextKey).contains { cache.has($0) }
  }

  func wait() throws {
    isDone.wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Adds what the cache has under the first of `keys` to ``made``.
  /// - Returns: whether it has anything.
  func recall(_ keys: some Sequence<PartCache.Key>) -> Bool {
    guard let cache, let kept = keys.lazy.compactMap({ cache.pieces($0) }).first else { return false }
    encoder.withLock { $0.recall(kept) }
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
