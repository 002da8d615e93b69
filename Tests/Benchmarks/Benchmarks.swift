import Foundation

/// `swift run -c release bench [kernels|wav|mp3|inplace|memory|feed|serve]…`: speed and memory beside the tools people
/// use, as ratios.
@main struct Benchmarks {
  static func main() {
    do { try run() } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() throws {
    let wanted = Set(CommandLine.arguments.dropFirst())
    let all: [(name: String, run: () throws -> [[String]])] = [
      // First, since a child counts the memory that this program held when it was started.
      ("memory", MemoryBenchmark.run), ("wav", EpisodeBenchmark.wav), ("mp3", EpisodeBenchmark.mp3),
      ("inplace", EpisodeBenchmark.inPlace), ("kernels", KernelBenchmark.run),
      ("feed", FeedBenchmark.run), ("serve", ServeBenchmark.run),
    ]
    guard wanted.isSubset(of: all.map(\.name)) else {
      FileHandle.standardError.write(Data("bench [\(all.map(\.name).joined(separator: "|"))]…\n".utf8))
      exit(64)
    }
    for benchmark in all where wanted.isEmpty || wanted.contains(benchmark.name) {
      print("\n\(benchmark.name)")
      print(table(try benchmark.run()))
      fflush(nil)
    }
  }

  /// Columns as wide as their widest cell.
  private static func table(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
