import Foundation
import PCM

/// One channel of a stretch of sound as it is compared, or several channels that are the same.
struct CheckedPlane {
  private(set) var channels: [Int]
  private let samples: [Float]
  /// Whether most of what counts lies far below a voice.
  private let rumbles: Bool
  /// Without what lies there; nil where no channel has much of it.
  private var quiet: [Float]?

  /// - Parameters:
  ///   - original: one plane a channel.
  ///   - redacted: likewise.
  static func pair(
    _ original: [[Float]], _ redacted: [[Float]], hertz: Int
  ) -> (original: [CheckedPlane], redacted: [CheckedPlane]) {
    var (one, two) = (distinct(original, hertz), distinct(redacted, hertz))
    if (one + two).contains(where: \.rumbles) {
      for index in one.indices { one[index].quiet = Rumble.taken(from: one[index].samples, hertz: hertz) }
      for index in two.indices { two[index].quiet = Rumble.taken(from: two[index].samples, hertz: hertz) }
    }
    return (one, two)
  }

  /// Channels that are the same are looked at once: a bip is the same everywhere, and so is one voice.
  private static func distinct(_ planes: [[Float]], _ hertz: Int) -> [CheckedPlane] {
    planes.map(heard).enumerated().reduce(into: []) { distinct, plane in
      if let same = distinct.firstIndex(where: { isSame($0.samples, plane.element) }) {
        distinct[same].channels.append(plane.offset)
      } else {
        let rumbles = Rumble.isStrong(in: plane.element, hertz: hertz)
        distinct.append(CheckedPlane(channels: [plane.offset], samples: plane.element, rumbles: rumbles))
      }
    }
  }

  /// One damaged sample of a float file or an MP3 can be so large that beside it nothing else would be left of a sum.
  private static func heard(_ plane: [Float]) -> [Float] {
    guard plane.withUnsafeBufferPointer(Kernels.peak) > Thresholds.loudest else { return plane }
    return plane.map { max(-Thresholds.loudest, min(Thresholds.loudest, $0)) }
  }

  /// To the last bit.
  private static func isSame(_ one: [Float], _ other: [Float]) -> Bool {
    one.withUnsafeBytes { one in
      other.withUnsafeBytes { other in
        guard one.count == other.count, let first = one.baseAddress, let second = other.baseAddress else {
          return one.count == other.count
        }
        return memcmp(first, second, one.count) == 0
      }
    }
  }

  /// Of the original.
  struct Signals {
    let plane: CheckedPlane
    private let plain: Signal
    private let quiet: Signal?

    init(_ plane: CheckedPlane) {
      (self.plane, plain, quiet) = (plane, Signal(plane.samples), plane.quiet.map(Signal.init))
    }

    /// What is compared with what. Two sounds that both rumble are alike, whatever is said; one that does and one that
    /// does not are little alike, though the same is said in both, unless it is the rumble itself that was left.
    func eachLook(at forms: Forms) -> [(original: Signal, redacted: [Float])] {
      let asTheyAre = plane.rumbles && forms.plane.rumbles ? [] : forms.plain.map { (plain, $0) }
      guard let quiet, plane.rumbles || forms.plane.rumbles else { return asTheyAre }
      return asTheyAre + forms.quiet.map { (quiet, $0) }
    }
  }

  /// Of what was redacted: as it is, and without tones, under which something may be left. As it is as well, since taking a
  /// tone out adds it where it had not begun.
  struct Forms {
    let plane: CheckedPlane
    let plain, quiet: [[Float]]

    init(_ plane: CheckedPlane) {
      (self.plane, plain, quiet) = (plane, Self.all(plane.samples), plane.quiet.map(Self.all) ?? [])
    }

    private static func all(_ samples: [Float]) -> [[Float]] { [samples] + LineRemoval.withoutTones(samples) }
  }
}
