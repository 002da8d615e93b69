import PCM

/// How libmp3lame encodes.
package struct MP3Settings: Hashable, Sendable {
  package enum Rate: Hashable, Sendable {
    /// The same for every MP3 frame, in kbit/s.
    case constant(Int)
    /// On average, in kbit/s: 8...320.
    case average(Int)
    /// V0 (best) to V9 (smallest).
    case variable(Int)
  }

  /// ISO/IEC 11172-3 and 13818-3, and MPEG-2.5.
  package static let rates = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

  /// nil: ``speechRate(channels:)``, constant.
  package var rate: Rate?
  /// LAME's own scale, 0 (slow) to 9 (fast), as `lame -q`.
  package var effort: Int
  /// Makes stereo mono.
  package var isMono: Bool
  /// Whether two channels may be encoded as their sum and difference.
  var couplesChannels: Bool

  package init(rate: Rate? = nil, effort: Int = 4, isMono: Bool = false) {
    self.init(rate: rate, effort: effort, isMono: isMono, couplesChannels: true)
  }

  init(rate: Rate?, effort: Int = 4, isMono: Bool = false, couplesChannels: Bool) {
    self.rate = rate
    self.effort = effort
    self.isMono = isMono
    self.couplesChannels = couplesChannels
  }

  /// What speech needs, in kbit/s: 64 for one voice channel, 128 for two.
  package static func speechRate(channels: Int) -> Int { channels == 1 ? 64 : 128 }

  func channels(of format: SoundFormat) -> Int { isMono ? 1 : format.channels }

  func rate(of format: SoundFormat) -> Rate { rate ?? .constant(Self.speechRate(channels: channels(of: format))) }
}
