/// Encoders distort what is past full scale, or let it wrap around.
enum FullScale {
  static func clamp(_ samples: UnsafeBufferPointer<Float>, into clamped: UnsafeMutablePointer<Float>) {
    guard let source = samples.baseAddress else { return }
    var index = 0
    while index < samples.count {
      let sample = source[index] < 1 ? source[index] : 1
      clamped[index] = sample >= -1 ? sample : -1
      index += 1
    }
  }
}
