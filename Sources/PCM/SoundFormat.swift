/// The shape of a stream of sound: how many frames a second, how many samples a frame.
package struct SoundFormat: Hashable, Sendable {
  /// Mono up to 7.1.
  package static let supportedChannels = 1...8

  package let rate: SampleRate
  package let channels: Int

  /// - Returns: nil where `channels` is outside ``supportedChannels``.
  package init?(rate: SampleRate, channels: Int) {
    guard Self.supportedChannels.contains(channels) else { return nil }
    self.rate = rate
    self.channels = channels
  }
}
