import Foundation

package enum Tools {
  package static var isCI: Bool { ProcessInfo.processInfo.environment["CI"] != nil }

  /// In CI every tool must be there; elsewhere tests that need one are skipped by name.
  package static func here(_ names: String...) -> Bool { isCI || names.allSatisfy { path(of: $0) != nil } }

  package static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }
}

/// How a program ended, and what it said.
package struct Ended: Sendable {
  /// The exit status; the negative number of the signal that ended it.
  package let status: Int32
  package let output, errors: [UInt8]

  package var outputText: String { String(decoding: output, as: UTF8.self) }
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

package struct ToolFailed: Error, CustomStringConvertible {
  let tool: String
  let ended: Ended

  package var description: String { "\(tool) ended with \(ended.status): \(ended.errorText)" }
}

/// A program that was started, and is read until it ends.
package final class Tool {
  private let process = Process()
  private let scratch: URL
  private var streams: [FileHandle] = []

  /// - Parameters:
  ///   - environment: in addition to this process's own.
  ///   - input: what it finds on standard input.
  /// - Note: What it says goes through files, so that a full pipe can't hold it up.
  package init(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    input: [UInt8] = []
  ) throws {
    scratch = FileManager.default.temporaryDirectory.appendingPathComponent("tool-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    for (name, bytes) in [("input", input), ("output", []), ("errors", [])] {
      try Data(bytes).write(to: scratch.appendingPathComponent(name))
      streams.append(try FileHandle(forUpdating: scratch.appendingPathComponent(name)))
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = streams[0]
    process.standardOutput = streams[1]
    process.standardError = streams[2]
    try Self.hearingSignals { try process.run() }
  }

  /// Threads of Dispatch block signals, and what they start would inherit that.
  private static func hearingSignals(_ body: () throws -> Void) rethrows {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  deinit { try? FileManager.default.removeItem(at: scratch) }

  package var isRunning: Bool { process.isRunning }

  package var identifier: Int32 { process.processIdentifier }

  package func send(signal: Int32) { kill(process.processIdentifier, signal) }

  /// What it has said on standard error until now.
  package var errorsSoFar: String {
    (try? String(contentsOf: scratch.appendingPathComponent("errors"), encoding: .utf8)) ?? ""
  }

  @discardableResult
  package func wait() throws -> Ended {
    process.waitUntilExit()
    for stream in streams { try? stream.close() }
    let status = process.terminationStatus
    return Ended(
      status: process.terminationReason == .exit ? status : -status,
      output: Array(try Data(contentsOf: scratch.appendingPathComponent("output"))),
      errors: Array(try Data(contentsOf: scratch.appendingPathComponent("errors"))))
  }

  @discardableResult
  package static func run(
    _ program: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    input: [UInt8] = []
  ) throws -> Ended {
    try Tool(program, arguments, in: folder, environment: environment, input: input).wait()
  }
}
