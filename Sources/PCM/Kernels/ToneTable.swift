/// A sine whose period divides 576 frames, the length of an MP3 granule: steady tone then makes MP3 frames that repeat.
package struct ToneTable: Sendable {
  /// Frames after which the table repeats: one granule (ISO/IEC 11172-3, 2.4.2).
  package static let length = 576

  /// As near to 1 kHz as a whole number of periods in ``length`` comes: 1000 Hz at 48 kHz, 995.3 Hz at 44.1 kHz.
  package let hertz: Double
  /// One sample a frame, peak `level`.
  package let samples: [Float]

  package init(rate: SampleRate, level: Float) {
    let periods = max(1, (1_000 * Self.length + rate.hertz / 2) / rate.hertz)
    hertz = Double(periods * rate.hertz) / Double(Self.length)
    samples = (0..<Self.length).map { frame in
      level * Float(Sine.ofTurn(Double((frame * periods) % Self.length) / Double(Self.length)))
    }
  }
}

/// Sine in plain arithmetic: the same bits on every machine, whatever its C library.
enum Sine {
  /// `turn` in whole turns: 0.25 gives 1.
  static func ofTurn(_ turn: Double) -> Double {
    let within = turn - turn.rounded(.down)
    let half = within >= 0.5 ? within - 0.5 : within
    let quarter = half > 0.25 ? 0.5 - half : half
    let value = series(quarter * 2 * Double.pi)
    return within >= 0.5 ? -value : value
  }

  /// Taylor's series; `angle` up to π/2, where 13 terms are exact to the last bits of a double.
  private static func series(_ angle: Double) -> Double {
    var term = angle
    var sum = angle
    var index = 1
    while index <= 13 {
      term *= -angle * angle / Double(2 * index * (2 * index + 1))
      sum += term
      index += 1
    }
    return sum
  }
}

/// Raised-cosine gains, one a frame, strictly between 0 and 1.
package enum Fade {
  package static func rising(count: Int) -> [Float] {
    (0..<max(0, count)).map { index in
      // 0.5 - 0.5 cos(π x), and cos(π x) is the sine a quarter turn on.
      Float(0.5 - 0.5 * Sine.ofTurn(Double(index + 1) / Double(count + 1) / 2 + 0.25))
    }
  }

  package static func falling(count: Int) -> [Float] { rising(count: count).reversed() }
}
