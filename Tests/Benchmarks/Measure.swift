import Foundation

/// What one run took.
struct Cost {
  /// In seconds.
  var wall, cpu: Double
  /// Most memory at once, in MiB (`ru_maxrss`).
  var peak: Double
}

enum Measure {
  /// Runs each once unmeasured, then all of them `rounds` times in turn, so that a slow moment of the machine meets all;
  /// each time another one is first, since what follows a long run finds memory that the machine has given back.
  /// - Returns: the median of each.
  static func medians(rounds: Int = 6, _ bodies: [() throws -> Cost]) throws -> [Cost] {
    for body in bodies { _ = try body() }
    var costs = bodies.map { _ in [Cost]() }
    for round in 0..<rounds {
      for turn in bodies.indices {
        let index = (round + turn) % bodies.count
        costs[index].append(try bodies[index]())
      }
    }
    return costs.map { costs in
      Cost(wall: median(costs.map(\.wall)), cpu: median(costs.map(\.cpu)), peak: costs.map(\.peak).max() ?? 0)
    }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  static func seconds(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let time = clock.measure(body).components
    return Double(time.seconds) + Double(time.attoseconds) / 1e18
  }

  /// Runs a program to its end, silently.
  /// - Throws: `Failure` where it does not end with 0.
  static func run(_ program: String, _ arguments: [String]) throws -> Cost {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var (child, status, usage) = (pid_t(), Int32(), rusage())
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawnp(&child, program, &actions, nil, words, environ) == 0, wait4(child, &status, 0, &usage) == child
    else { throw Failure(what: "\(program) does not start: .ci/install tests installs it") }
    let time = (clock.now - start).components
    guard status == 0 else { throw Failure(what: "\(program) \(arguments.joined(separator: " ")) failed") }
    let cpu = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    return Cost(
      wall: Double(time.seconds) + Double(time.attoseconds) / 1e18, cpu: cpu, peak: Double(usage.ru_maxrss) / 1_024)
  }
}

struct Failure: Error, CustomStringConvertible {
  let what: String
  var description: String { what }
}

/// Numbers as the tables print them.
enum Figure {
  static func seconds(_ value: Double) -> String { String(format: value < 1 ? "%.3f s" : "%.2f s", value) }
  static func ratio(_ value: Double) -> String {
    String(format: value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : "%.0f", value)
  }
  static func mebibytes(_ value: Double) -> String { String(format: "%.0f MiB", value) }
}
