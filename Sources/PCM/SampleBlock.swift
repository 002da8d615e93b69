/// A run of frames in memory: 32-bit float samples, interleaved (frame by frame, channel after channel), full scale ±1.
///
/// Interleaved because every container and libsndfile are; covering then touches one contiguous piece of memory.
package struct SampleBlock: ~Copyable {
  /// Frames that stages pass to each other at once: 64 KiB of stereo, which stays in the second-level cache.
  package static let usualCapacity = 8_192

  package let channels: Int
  /// How many frames fit.
  package let capacity: Int
  /// How many frames are there, from the start of ``samples`` on: `0...capacity`.
  package private(set) var frameCount: Int
  private let storage: UnsafeMutableBufferPointer<Float>

  /// - Parameters:
  ///   - channels: 1 or more.
  ///   - capacity: in frames, 1 or more.
  package init(channels: Int, capacity: Int = usualCapacity) {
    precondition(channels > 0 && capacity > 0)
    self.channels = channels
    self.capacity = capacity
    frameCount = 0
    storage = .allocate(capacity: channels * capacity)
    storage.initialize(repeating: 0)
  }

  deinit { storage.deallocate() }

  /// The samples of the frames that are there: `frameCount * channels` of them.
  package var samples: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: storage[..<(frameCount * channels)])
  }

  /// All the room there is, `capacity * channels` samples, to be filled before ``setFrameCount(_:)``.
  package var room: UnsafeMutableBufferPointer<Float> { storage }

  package mutating func setFrameCount(_ count: Int) {
    precondition((0...capacity).contains(count))
    frameCount = count
  }
}
