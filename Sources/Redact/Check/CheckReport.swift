import PCM

/// What an independent check found: whether anything of the original is left where it should be covered.
package struct CheckReport: Hashable, Sendable {
  package struct Leak: Hashable, Sendable {
    /// In the original.
    package let time: Range<MediaTime>
    /// From 1.
    package let originalChannel, redactedChannel: Int
    /// How like the original it is: 1 is the same but for its level.
    package let correlation: Double
    /// Its level beside the original's.
    package let decibels: Double
  }

  package struct Stretch: Hashable, Sendable {
    package let time: Range<MediaTime>
    package let leaks: [Leak]

    /// The leaks as stretches of time, those that meet made one.
    package var surviving: [Range<MediaTime>] {
      leaks.map(\.time).sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, time in
        if let last = merged.last, time.lowerBound <= last.upperBound {
          merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, time.upperBound)
        } else {
          merged.append(time)
        }
      }
    }
  }

  /// How much later the sound is in the redacted file than in the original.
  package let delay: FrameCount
  package let stretches: [Stretch]
  package var isCovered: Bool { stretches.allSatisfy(\.leaks.isEmpty) }
}
