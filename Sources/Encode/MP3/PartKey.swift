import CLame
import Crypto
import Foundation
import PCM

/// What the MP3 frames of a part were made of: a digest of the covered sound that its encoder heard, and of the settings.
///
/// One of the part as a whole, and one of its beginning up to each ``PartSize/period``: what the encoder of the part before
/// makes of it, up to where both agree, depends on no more than it has heard, and stays as it is where a range is added
/// further behind.
///
/// The sound of a period goes through GMAC (NIST SP 800-38D), which has five times the speed of SHA-256; SHA-256 goes over
/// what comes out of it. To whoever does not know the secret GMAC is an almost universal hash: that any two periods give
/// the same has a chance below 2^-100, whatever they are made of.
struct PartKey: Sendable {
  /// Changes whenever the same sound is cut or encoded in another way.
  private static let form = "podcast part 2"
  /// GMAC over many messages with one nonce tells its secret to whoever sees what comes out, and nobody does.
  private static let nonce = [UInt8](repeating: 0, count: 12)

  /// In front of what follows the digest of the part.
  private static let (ends, goesOn) = ([UInt8(0)], [UInt8(1)])

  /// In frames of sound from the part's first on, in order; the last is the whole part.
  private let beginnings: [(end: Int, digest: [UInt8])]

  /// - Parameters:
  ///   - samples: interleaved, all that the encoder heard.
  ///   - secret: 256 bits, unknown to whoever chose the sound.
  init(
    _ samples: ArraySlice<Float>, settings: MP3Settings, format: SoundFormat, partition: Partition, secret: SymmetricKey
  ) throws {
    var hash = SHA256()
    let lame = String(cString: get_lame_version())
    let made = "\(settings) \(format.rate.hertz) \(format.channels) \(partition.size)"
    hash.update(data: Data("\(Self.form) \(lame) \(made) ".utf8))
    let step = PartSize.period * partition.soundFrames
    let nonce = try AES.GCM.Nonce(data: Self.nonce)
    let frame = format.channels * MemoryLayout<Float>.stride
    beginnings = try samples.withUnsafeBytes { bytes in
      try stride(from: 0, to: max(1, bytes.count), by: step * frame).map { start in
        let end = min(start + step * frame, bytes.count)
        let period = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        hash.update(data: try AES.GCM.seal(Data(), using: secret, nonce: nonce, authenticating: period).tag)
        return (end / frame, Array(hash.finalize()))
      }
    }
  }

  /// For the part itself.
  var whole: PartCache.Key { PartCache.Key(digest: beginnings.last?.digest ?? []) }

  /// For what the encoder of this part made of the next one until the encoders agreed: under one of these, the one that
  /// depends on least of the next part first.
  func goingOn(into next: PartKey) -> some Sequence<PartCache.Key> {
    next.beginnings.lazy.map { followed(by: Self.goesOn + $0.digest) }
  }

  /// - Parameter end: how far it has heard the next part, in frames from the first that the other encoder heard.
  func goingOn(into next: PartKey, upTo end: Int) -> PartCache.Key? {
    next.beginnings.first { $0.end >= end }.map { followed(by: Self.goesOn + $0.digest) }
  }

  /// For what the encoder of this part made last, where the sound ends.
  var atTheEnd: PartCache.Key { followed(by: Self.ends) }

  private func followed(by rest: [UInt8]) -> PartCache.Key {
    var hash = SHA256()
    hash.update(data: whole.digest + rest)
    return PartCache.Key(digest: Array(hash.finalize()))
  }
}
