/// How the tests were built: the gate runs them both ways.
package enum TestRun {
  /// Whether the compiler optimised. Where it did not, loops over samples take up to a hundred times as long: tests that
  /// go through many cases then go through a few of them, and leave the others to the optimised build.
  package static let isOptimised: Bool = {
    var isDebug = false
    assert({ isDebug = true }() == ())
    return !isDebug
  }()
}
