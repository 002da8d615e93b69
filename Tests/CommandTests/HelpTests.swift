import Foundation
import TestSupport
import Testing

@Suite struct HelpTests {
  @Test(
    "the help of each command is what was reviewed, and has an example",
    arguments: [
      "", "redact", "verify", "ranges", "inspect", "new", "build", "publish", "withdraw", "feed", "export", "serve",
      "nginx", "systemd", "link", "link grant", "link list", "link show", "link revoke", "link rotate", "link requests",
      "link approve", "link refuse", "link audit",
    ])
  func help(subcommand: String) throws {
    let command = try Command()
    let ended = try command.start(subcommand.split(separator: " ").map(String.init) + ["--help"]).wait()
    #expect(ended.status == 0 && ended.errors.isEmpty)
    let name = subcommand.isEmpty ? "podcast" : subcommand.replacingOccurrences(of: " ", with: "-")
    #expect(try ended.outputText == Golden.text("Goldens/help-\(name).txt", now: ended.outputText))
    #expect(subcommand.isEmpty || ended.outputText.contains("Example"))
  }
}
