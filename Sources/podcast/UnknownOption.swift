import ArgumentParser
import Foundation

/// An option that a command does not have. Commands look at what they were given before ArgumentParser says that it knows
/// one of the options not: what they miss then is mostly what was misspelt.
struct UnknownOption {
  private let message: String

  /// - Parameter arguments: of the program, without its name.
  /// - Returns: nil where every option is known.
  init?(in arguments: ArraySlice<String>, of root: any ParsableCommand.Type) {
    var (command, arguments) = (root, arguments)
    while let next = command.configuration.subcommands.first(where: {
      $0.configuration.commandName == arguments.first
    }) {
      (command, arguments) = (next, arguments.dropFirst())
    }
    let known = Self.options(command)
    let given = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) }
    guard let unknown = given.first(where: { !known.contains($0) }) else { return nil }
    let near = known.map { (name: $0, distance: Self.distance($0, unknown)) }.filter { $0.distance < 4 }
    let hint = near.min { $0.distance < $1.distance }.map { " Did you mean '\($0.name)'?" } ?? ""
    message = "Unknown option '\(unknown)'.\(hint)"
  }

  /// - Parameter text: an error as ArgumentParser prints it, with the command's usage behind it.
  func message(insteadOf text: String) -> String {
    guard let usage = text.range(of: "\nUsage: ") else { return "Error: \(message)" }
    return "Error: \(message)\(text[usage.lowerBound...])"
  }

  /// As the command's help has them: at the start of a line, or behind a short name.
  private static func options(_ command: any ParsableCommand.Type) -> [String] {
    command.helpMessage(columns: 200).split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^ +(?:-[a-z], )?(--[a-z-]+)/).map { String($0.output.1) }
    }
  }

  /// How many letters must be put in, left out or changed.
  private static func distance(_ one: String, _ other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (index, letter) in one.enumerated() {
      var next = [index + 1]
      for column in other.indices {
        next.append(min(row[column] + (letter == other[column] ? 0 : 1), row[column + 1] + 1, next[column] + 1))
      }
      row = next
    }
    return row[other.count]
  }
}
