import MPEG
import PCM
import ShowModel

/// MP3 frames of tone or noise, made once for a file and laid where sound is covered.
///
/// The first and the last two granules of a run are silent: no granule that stays overlaps one with tone in it.
struct FillFrames {
  private static let edge = 8
  private static let quietGranules = 2

  private let format: SoundFormat
  /// In kbit/s: a tone repeats and needs few of them; noise must fit into the smallest MP3 frame.
  private let toneRate, noiseRate: Int
  private let level: Float
  private var made: [Key: [EncodedPart.Piece]] = [:]

  private struct Key: Hashable {
    let fill: Fill
    let count: Int
  }

  /// - Parameters:
  ///   - header: of any MP3 frame of the file.
  ///   - lowest: of all bit rates in the file, in kbit/s.
  ///   - level: the peak of tone and noise.
  init(like header: FrameHeader, lowest: Int, level: Float) throws {
    guard let rate = SampleRate(hertz: header.rate), let format = SoundFormat(rate: rate, channels: header.channels)
    else { throw Uneditable.damaged }
    (self.format, self.level) = (format, level)
    toneRate = header.version == .one ? 64 : 32
    noiseRate = min(toneRate, lowest)
  }

  /// - Parameter count: MP3 frames wanted.
  mutating func pieces(_ fill: Fill, count: Int, granules: Int) throws -> [EncodedPart.Piece?] {
    guard fill != .silence, count * granules > 2 * Self.quietGranules else {
      return [EncodedPart.Piece?](repeating: nil, count: count)
    }
    let isLong = fill == .bip && count > 3 * Self.edge
    let key = Key(fill: fill, count: isLong ? 3 * Self.edge : count)
    let pieces = try made[key] ?? encode(key, granules: granules)
    if fill == .bip { made[key] = pieces }
    guard isLong else { return pieces }
    // The tone's period divides a granule: in its midst, all MP3 frames are alike.
    let steady = [EncodedPart.Piece](repeating: pieces[Self.edge], count: count - 2 * Self.edge)
    return pieces.prefix(Self.edge) + steady + pieces.suffix(Self.edge)
  }

  private func encode(_ key: Key, granules: Int) throws -> [EncodedPart.Piece] {
    let soundFrames = 576 * granules
    // A decoder's frame t is made from frame t - 1105 of what was encoded: LAME's delay and the decoder's.
    let delay = Partition.encoderDelay + 529
    let wanted = Self.quietGranules * 576..<(key.count * granules - Self.quietGranules) * 576
    let length = (key.count * granules + 1) * 576 + 224
    var samples = [Float](repeating: 0, count: length * format.channels)
    let tone = max(0, wanted.lowerBound - delay)..<max(0, wanted.upperBound - delay)
    samples.withUnsafeMutableBufferPointer { samples in
      let part = UnsafeMutableBufferPointer(
        rebasing: samples[(tone.lowerBound * format.channels)..<(tone.upperBound * format.channels)])
      fill(part, key.fill)
    }
    let settings = MP3Settings(rate: .constant(key.fill == .noise ? noiseRate : toneRate), couplesChannels: false)
    let part = try EncodedPart(
      samples, count: key.count, dropping: 0, settings: settings, format: format, usesReservoir: false)
    let last = key.count * granules - Self.quietGranules
    return part.pieces.enumerated().map { index, piece in
      let granule = index * soundFrames / 576
      return granule >= last ? piece.silenced : piece
    }
  }

  private func fill(_ samples: UnsafeMutableBufferPointer<Float>, _ fill: Fill) {
    let channels = format.channels
    switch fill {
    case .bip:
      Kernels.tone(ToneTable(rate: format.rate, level: level), from: .zero, channels: channels, into: samples)
    case .noise: Kernels.noise(level: level, from: .zero, channels: channels, into: samples)
    case .silence: return
    }
    let count = min(samples.count / channels / 2, format.rate.hertz / 200)
    let edges = [(Fade.rising(count: count), 0), (Fade.falling(count: count), samples.count - count * channels)]
    for (gains, start) in edges {
      let part = UnsafeMutableBufferPointer(rebasing: samples[start..<(start + count * channels)])
      gains.withUnsafeBufferPointer { Kernels.multiply(part, channels: channels, byFrameGains: $0) }
    }
  }
}

extension EncodedPart.Piece {
  /// The same MP3 frame with nothing in it.
  var silenced: Self { Self(header: header, sideInfo: SideInfo(silenceFor: header), mainData: []) }
}
