import Foundation

/// When likeness counts as a leak. Speech resembles itself by chance, the more so the shorter the window: short windows
/// must be much alike, and every window more so at its own place than anywhere near.
enum Thresholds {
  struct Scale {
    let seconds: Double
    let correlation: Double
    /// How much more alike than at the next best place within ``reach``.
    let margin: Double

    /// The same for less sound: of that, more is alike by chance. Fisher's z, the artanh of a correlation, spreads as
    /// 1/√n where n samples are independent.
    func fitted(to seconds: Double) -> Scale {
      let growth = (self.seconds / seconds).squareRoot()
      let (here, elsewhere) = (tanh(growth * atanh(correlation)), tanh(growth * atanh(correlation / margin)))
      return Scale(seconds: seconds, correlation: here, margin: here / elsewhere)
    }
  }

  /// Longest first: what a long window finds, no short one needs to look at.
  static let scales = [
    Scale(seconds: 0.5, correlation: 0.2, margin: 1.5), Scale(seconds: 0.1, correlation: 0.4, margin: 1.3),
    Scale(seconds: 0.02, correlation: 0.8, margin: 1.12), Scale(seconds: 0.01, correlation: 0.95, margin: 1.05),
    Scale(seconds: 0.005, correlation: 0.985, margin: 1.02),
  ]

  /// Those that fit into a stretch, behind one for all of it, unless it is longer than any.
  static func scales(within seconds: Double) -> [Scale] {
    let fitting = scales.filter { $0.seconds <= seconds }
    guard fitting.count < scales.count else { return scales }
    return [scales[scales.count - fitting.count - 1].fitted(to: seconds)] + fitting
  }
  /// In windows shorter than this only sound at about its own level counts.
  static let short = 0.015
  static let fullLevel = 0.5...2.0
  /// The same samples but for their last bit, and no others a little like them, whatever is near.
  static let same = 0.9999
  static let sameLevel = 0.99...1.01
  /// So much alike and at about its own level, 20 ms are a leak whatever is near.
  static let plain = 0.93
  /// How much more energy must be unlike at any other place near than at its own, where little is at either.
  static let clearly = 4.0
  /// Seconds by which a leak is followed to where it ends, and the energy beside the original's that may be left there
  /// when the original is taken away.
  static let edge = 0.001
  static let rest = 0.25
  /// Seconds of a steady tone without which a shorter window is none, and what there may be besides it, as energy: in
  /// a window of that length or more, and in a shorter one, where an encoder's smear is all in one place.
  static let steadyTone = 0.03
  static let besideTone = 0.005
  static let besideShortTone = 0.05
  /// Seconds of steady noise without which a shorter window is none: no voice hisses so long without a change. Then how
  /// much more energy there may be in one band than in another, and at one moment than at another, as a factor.
  static let steadyNoise = 0.1
  static let noiseSpread = 4.0
  /// Energy beside that of noise that is nothing.
  static let besideNoise = 0.001
  /// In hertz, where a hiss of the mouth is never flat.
  static let noiseBand = 600.0
  static let noiseBands = stride(from: 300, to: 4_500, by: noiseBand)
  /// Seconds to either side where chance likeness is measured.
  static let reach = 0.15
  /// Seconds around a window's own place that are no chance: sound resembles itself a moment later.
  static let own = 0.004
  /// Softer than this, full scale being 1, there is nothing in the original to leak.
  static let silence = 0.0001
  /// Louder than this nothing is played, whatever a file says.
  static let loudest: Float = 8
  /// Softer than this beside the original is not heard.
  static let inaudible = 0.005
  /// Softer than this beside the loudest, a stretch says nothing of where the recording is.
  static let pause = 0.1
  /// Likeness outside the ranges without which two files are not the same recording.
  static let sameRecording = 0.3
  /// Beside the likeness that there is elsewhere: of a window that lies where it should, and of one that may.
  static let surely = 0.9
  static let probably = 0.7
  /// Likeness of half a second that is no chance anywhere within a second.
  static let recognised = 0.7
  /// Louder than this beside the loudest, every encoder keeps a stretch like what it was.
  static let wellHeard = 0.3

  /// Characters of a tag below which it is no text that names anybody.
  static let shortestTag = 3
  /// Characters up to which digits alone are a rate, a year or a count, and no telephone number.
  static let longestPlainNumber = 6
  /// Bytes that are not in another file's bytes by chance: in 2^30 places, once in 2^34 files.
  static let shortestBytes = 8
}
