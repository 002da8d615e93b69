import Foundation

/// Levels as people give them.
enum Decibels {
  static func of(_ gain: Double) -> Double { gain > 0 ? 20 * log10(gain) : -.infinity }
}
