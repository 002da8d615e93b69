import Dispatch

/// Work that falls apart into pieces, done on all cores.
package enum AllCores {
  /// - Parameter body: called once for each number below `count`, at the same time and in any order.
  /// - Returns: what `body` returned, in the order of the numbers.
  /// - Throws: of what `body` threw, what came for the lowest number.
  package static func map<Value, Failure>(
    _ count: Int, _ body: (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    var results = [Result<Value, Failure>?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { results in
      // Safe: each number writes a place of its own, `body` is only called, and nobody looks before all are done.
      nonisolated(unsafe) let (results, body) = (results, body)
      DispatchQueue.concurrentPerform(iterations: count) { index in
        results[index] = Result { () throws(Failure) in try body(index) }
      }
    }
    var values: [Value] = []
    for result in results { if let result { values.append(try result.get()) } }
    return values
  }
}
